"""The words of which an officer's questions are made, by how they sound."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from dialogs import words
from dialogs.asking import whom
from dialogs.asking.cued import ENDS
from dialogs.asking.sounded import SHARED
from dialogs.understanding.accents import accent
from dialogs.understanding.sound import sounds
from storage.questions import Asker, reading
from storage.questions.attendance import titles
from storage.questions.people import roster

KINDS = ("query_attendance", "query_care", "query_dues", "query_log", "member_find", "report_make")
SHORTEST, LONGEST = 2, 8
"""Characters of a word that may be meant where it only sounds so."""
NOT_ASKED = ("not_kept", "log_silent", "as_written", "lives", "which")
"""Lists of what questions cannot be answered about, and of single characters: nobody is taken to have meant those."""
_WORD = re.compile(r"[\u4e00-\u9fff]+")
_SLOT = re.compile(r"\{\w+\}")


@dataclass(frozen=True)
class Sounding:
    """Words of one length."""

    words: tuple[str, ...]
    """As they are written."""
    rows: NDArray[np.intp]
    """Their syllables in the table of distances, one word a line."""


@dataclass(frozen=True)
class Lexicon:
    """The words that may be said."""

    written: frozenset[str]
    """All of them as they are written."""
    small: frozenset[str]
    """Characters that stand in every question."""
    lengths: Mapping[int, Sounding]
    """Those of each length that may be meant where something only sounds so."""


@lru_cache(maxsize=8)
def lexicon(own: tuple[str, ...]) -> Lexicon:
    """The words of all questions, and what this branch calls its own sessions and places."""
    often = Counter(each for each in _asked() if SHORTEST <= len(each) <= LONGEST)
    spelt: dict[tuple[str, ...], str] = {}
    for word in (*own, *(word for word, _ in often.most_common())):
        spelt.setdefault(sounds(word).syllables, word)  # of those that sound the same what is written most
    by_length: dict[int, list[str]] = {}
    for sound, word in spelt.items():
        if len(sound) == len(word) and SHORTEST <= len(word) <= LONGEST:
            by_length.setdefault(len(word), []).append(word)
    lengths = {length: Sounding(tuple(known), _rows(known)) for length, known in by_length.items()}
    small = frozenset(each for each in words.lists(SHARED, "unread")["small"] if len(each) == 1)
    return Lexicon(frozenset((*spelt.values(), *(word for word in _exact() if len(word) > 1))), small, lengths)


def _rows(known: Iterable[str]) -> NDArray[np.intp]:
    spoken = accent()
    return np.stack([spoken.rows(sounds(word).syllables) for word in known])


def _asked() -> Iterator[str]:
    """Every word by which questions are told apart, and what stands in the sentences from which they are learnt."""
    for kind in KINDS:
        yield from _cues(f"skills/{kind}", "cues")
        templates = words.lists(f"skills/{kind}", "understanding")
        for template in (*templates.get("sentences", ()), *templates.get("examples", ())):
            yield from _WORD.findall(_SLOT.sub(" ", template))
    for table in ("cues", "subjects", "themes", "sound"):
        yield from _cues(SHARED, table)
    yield from words.lists(SHARED, "begins")


def _cues(name: str, table: str) -> Iterator[str]:
    for key, cues in words.lists(name, table).items():
        if key not in NOT_ASKED:
            yield from cues


def _exact() -> Iterator[str]:
    """Words that are left alone where they are written, and meant nowhere else."""
    for kind in KINDS:
        yield from words.lists(f"skills/{kind}", "cues").get("not_kept", ())
    yield from words.lists(SHARED, "sound")["as_written"]
    for key in ("small", "turning", "lead_in"):
        yield from words.lists(SHARED, "unread")[key]
    yield from words.lists(SHARED, "dialect")


def own_words(db: Database, speaker_id: int, now: datetime) -> tuple[str, ...]:
    """What this person's branch calls its sessions, where its members live, and what they can do."""
    asker = Asker(speaker_id, now)
    with reading(db) as read_only:
        called, everybody = titles(read_only, asker), roster(read_only, asker)
    ends = (title[-length:] for title in called for length in ENDS if len(title) > length)
    homes = sorted(whom.homes(everybody))
    lives = (lives + home for home in homes for lives in words.lists(SHARED, "sound")["lives"])
    return tuple(dict.fromkeys((*called, *ends, *homes, *lives, *sorted(whom.skills(everybody)))))
