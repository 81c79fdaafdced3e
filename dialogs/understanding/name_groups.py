"""Names that are heard in the same stretch, together, with what the sentence spells aloud about them."""

from __future__ import annotations

from collections.abc import Collection

from dialogs.understanding.name_hints import Spelling
from dialogs.understanding.name_sounds import Hearing
from dialogs.understanding.sound import Sounds


def stretches(hearings: list[Hearing]) -> list[list[Hearing]]:
    """Group overlapping hearings under the likeliest of them; a hearing belongs to one group only."""
    groups: list[list[Hearing]] = []
    for hearing in hearings:
        home = next((g for g in groups if hearing.begin < g[0].finish and hearing.finish > g[0].begin), None)
        if home is None:
            groups.append([hearing])
        elif hearing.begin == home[0].begin:
            home.append(hearing)
    return sorted(groups, key=lambda group: group[0].begin)


def borne_out(group: list[Hearing], unlikely: Collection[str]) -> list[Hearing]:
    """A group without those whom the recording itself speaks against, and without all who sound less alike."""
    kept: list[Hearing] = []
    for hearing in group:
        if hearing.exact or hearing.person.name not in unlikely:
            kept.append(hearing)
        elif not kept:
            return [each for each in group if each.exact]
    return kept


def telling_characters(groups: list[list[Hearing]]) -> list[str]:
    """Characters in which people behind one stretch differ."""
    telling: list[str] = []
    for group in groups:
        alike = {hearing.person.name for hearing in group}
        telling += [char for name in alike for char in name if not all(char in other for other in alike)]
    return telling


def concerning(
    group: list[Hearing], groups: list[list[Hearing]], heard: Sounds, spelled: list[Spelling]
) -> list[Spelling]:
    """The spellings that stand nearest to this stretch."""
    starts = [heard.span(other[0].begin, other[0].finish)[0] for other in groups]
    own = heard.span(group[0].begin, group[0].finish)[0]
    mine: list[Spelling] = []
    for spelling in spelled:
        before = [start for start in starts if start <= spelling.place]
        if (max(before) if before else min(starts)) == own:
            mine.append(spelling)
    return mine
