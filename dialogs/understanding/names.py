"""Who of the roster is spoken of: by sound, with what the sentence itself says to tell people apart."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from dialogs.understanding.given_names import given_names, is_reported
from dialogs.understanding.meaning import Person
from dialogs.understanding.name_choice import choose
from dialogs.understanding.name_groups import borne_out, concerning, stretches, telling_characters
from dialogs.understanding.name_hints import addresses, is_denied, is_speaker, spellings
from dialogs.understanding.name_sounds import hear_names
from dialogs.understanding.sound import Sounds, sounds

JOINTS = ("", "和", "跟", "与", "同", "、", "，", ",")
"""What stands between two names of one list."""
SAME_PLACE = 0.12
"""Names in two readings of one recording stand at the same place if their relative positions differ by less."""
BY_GIVEN_NAME = 0.85
"""Score of a given name said alone."""
WRITTEN = 1.0
"""Score of a name that is written as on the roster."""
SHIFTED = 1
"""Characters by which a name may stand elsewhere in another reading."""
SURE_ELSEWHERE = 1.0
"""How far off a name heard only in an alternative reading may be."""


@dataclass(frozen=True)
class PersonMatch:
    """Somebody of the roster who was named."""

    person: Person
    """The likeliest."""
    begin: int
    """First character of the name in the reading it was found in."""
    finish: int
    """Character after the last."""
    score: float
    """1 for the name as the roster writes it, less the farther the sound is off."""
    rivals: tuple[Person, ...] = ()
    """Others who sound as near and whom no written character rules out: ask."""
    loose: bool = False
    """Only a surname or a bare given name was said (老张): not a name to act upon without rhythms."""
    speaker: bool = False
    """The speaker's own name (我是黄月娥)."""
    reading: int = 0
    """0 for the best reading, n for the n-th alternative."""


def find_people(
    text: str,
    alternatives: Sequence[str],
    roster: Sequence[Person],
    region: str = "",
    unlikely: Collection[str] = (),
) -> list[PersonMatch]:
    """Everybody of the roster who is named in what was said, in the order of the sentence.

    Names are found by sound in every reading of the recording; the written characters, and what the sentence
    spells out (弓长张, 黎明的黎), decide between those who sound alike. Names that are denied (不是汪桂兰) are
    left out, unless nobody else is named; so are those that the recording itself speaks against (`unlikely`), unless
    they are written. `begin` and `finish` count characters of the reading that `PersonMatch.reading` tells.
    """
    people = tuple(roster)
    found, denied = _in_one_reading(text, people, region, tuple(map(sounds, alternatives)), unlikely)
    for number, other in enumerate(alternatives, start=1):
        for match in _in_one_reading(other, people, region, unlikely=unlikely)[0]:
            if match.loose or 1 - match.score > SURE_ELSEWHERE:
                continue
            if match.score == WRITTEN:
                found = [_with_rival(known, match) if _same_name(known, match, text) else known for known in found]
            if _is_news(match, other, [*found, *denied], text):  # 不识黎发科 names nobody who is denied in 不是黎发科
                found.append(replace(match, reading=number))
    return sorted(found, key=lambda match: match.begin)


def _same_name(known: PersonMatch, other: PersonMatch, text: str) -> bool:
    """Whether another reading writes another member where this one stands: 谭根发 for 唐根发."""
    spelled = any(spellings(text, [char for char in known.person.name if char not in other.person.name]))
    length = len(other.person.name) == len(known.person.name)
    return not known.loose and length and abs(known.begin - other.begin) <= SHIFTED and not spelled


def _with_rival(known: PersonMatch, other: PersonMatch) -> PersonMatch:
    """The name with the other one, which the recogniser wrote in its place, as a rival."""
    if other.person == known.person or other.person in known.rivals:
        return known
    return replace(known, rivals=(*known.rivals, other.person))


def _is_news(match: PersonMatch, reading: str, found: list[PersonMatch], text: str) -> bool:
    """Whether no name stands at the same place of the sentence already."""
    place = match.begin / max(1, len(reading))
    return all(
        match.person.name != known.person.name and abs(place - known.begin / max(1, len(text))) > SAME_PLACE
        for known in found
    )


def _in_one_reading(
    text: str,
    roster: tuple[Person, ...],
    region: str,
    others: Sequence[Sounds] = (),
    unlikely: Collection[str] = (),
) -> tuple[list[PersonMatch], list[PersonMatch]]:
    """The people named in one reading, and those who are denied; `others` are the other readings of the recording."""
    heard = sounds(text)
    found = (borne_out(group, unlikely) for group in stretches(hear_names(heard, roster, region)))
    groups = [group for group in found if group]
    spelled = list(spellings(text, telling_characters(groups)))
    named: list[PersonMatch] = []
    denied: list[PersonMatch] = []
    for group in groups:
        begin, finish = heard.span(group[0].begin, group[0].finish)
        choice = choose(group, heard, concerning(group, groups, heard, spelled), others)
        speaker = is_speaker(text, begin, finish)
        match = PersonMatch(choice.best.person, begin, finish, choice.score, choice.rivals, speaker=speaker)
        (denied if is_denied(text, begin, finish) else named).append(match)
    named = _once(_two_joined(named or denied, text))
    taken = [(match.begin, match.finish) for match in [*named, *denied]]
    called = [*_addressed(text, roster, taken), *_by_given_name(text, roster, region, taken)]
    return named + [match for match in _once(called) if not _known(match, named)], denied


def _addressed(text: str, roster: tuple[Person, ...], taken: list[tuple[int, int]]) -> list[PersonMatch]:
    """People who are addressed (王书记, 老李头) where no full name is said."""
    matches: list[PersonMatch] = []
    for address in addresses(text, roster):
        if _overlaps(address.begin, address.finish, taken):
            continue
        first, *others = address.people
        # Of the only 老亓 there is it may be reported that he is ill: better he than nobody.
        loose = bool(others) or (address.loose and not is_reported(text, address.begin, address.finish))
        score = 0.5 if loose and address.loose else 0.9
        matches.append(PersonMatch(first, address.begin, address.finish, score, tuple(others), loose=loose))
    return matches


def _by_given_name(
    text: str, roster: tuple[Person, ...], region: str, taken: list[tuple[int, int]]
) -> Iterator[PersonMatch]:
    """People of whom something is reported by their given name alone (桂兰住院了); two of that sound are rivals."""
    for given in given_names(text, roster, region):
        if not _overlaps(given.begin, given.finish, taken):
            first, *others = given.people
            score = round(BY_GIVEN_NAME - given.cost, 3)
            yield PersonMatch(first, given.begin, given.finish, score, tuple(others), loose=bool(others))


def _overlaps(begin: int, finish: int, taken: list[tuple[int, int]]) -> bool:
    """Whether a stretch shares characters with one that is taken."""
    return any(begin < last and finish > first for first, last in taken)


def _known(match: PersonMatch, named: list[PersonMatch]) -> bool:
    """Whether an address fits somebody who is named in full anyway (隔壁老张，就是张建国)."""
    fitting = {match.person.name, *(person.name for person in match.rivals)}
    return any(other.person.name in fitting for other in named)


def _two_joined(matches: list[PersonMatch], text: str) -> list[PersonMatch]:
    """书卫东和书卫东 are two: who is named beside themselves is the other one who sounds so."""
    told: list[PersonMatch] = []
    for match in matches:
        before = told[-1] if told else None
        if before and before.person == match.person and match.rivals and text[before.finish : match.begin] in JOINTS:
            match = replace(match, person=match.rivals[0], rivals=())
            told[-1] = replace(before, rivals=())
        told.append(match)
    return told


def _once(matches: list[PersonMatch]) -> list[PersonMatch]:
    """Each person once, the best match of them."""
    best: dict[str, PersonMatch] = {}
    for match in matches:
        known = best.get(match.person.name)
        if known is None or match.score > known.score:
            best[match.person.name] = match
    return [match for match in matches if best[match.person.name] is match]
