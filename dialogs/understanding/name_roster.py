"""A roster made ready to be listened for, and which characters speak for and against a name."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dialogs.understanding.accents import Accent, accent, sound_data
from dialogs.understanding.meaning import Person
from dialogs.understanding.sound import sounds


@dataclass(frozen=True)
class RosterSounds:
    """A roster, ready to be listened for."""

    accent: Accent
    """How the region speaks."""
    groups: tuple[tuple[tuple[Person, ...], NDArray[np.intp]], ...]
    """People whose names have equally many syllables, and the rows of these, one line a person."""


@cache
def common_surnames() -> frozenset[str]:
    """Characters that are commonly surnames."""
    text = Path(__file__).with_name("names.toml").read_text(encoding="utf-8")
    return frozenset(str(tomllib.loads(text)["surnames"]).replace("\n", ""))


@cache
def everyday_characters() -> frozenset[str]:
    """Characters that speak against a name."""
    text = Path(__file__).with_name("names.toml").read_text(encoding="utf-8")
    return frozenset(str(tomllib.loads(text)["everyday"]))


@lru_cache(maxsize=64)
def roster_sounds(roster: tuple[Person, ...], region: str) -> RosterSounds:
    """Prepare a roster; both the usual reading of a character and its reading as a surname are listened for."""
    spoken = accent(region)
    by_length: dict[int, list[tuple[Person, tuple[str, ...]]]] = {}
    for person in roster:
        for reading in readings(person.name):
            by_length.setdefault(len(reading), []).append((person, reading))
    groups = tuple(
        (tuple(person for person, _ in lines), np.stack([spoken.rows(reading) for _, reading in lines]))
        for length, lines in sorted(by_length.items())
        if length >= 2
    )
    return RosterSounds(spoken, groups)


def readings(name: str) -> Iterator[tuple[str, ...]]:
    """The ways a name is read: as a phrase, and with the surname's own reading (单 shan)."""
    plain = sounds(name).syllables
    yield plain
    surnames = sound_data()["surnames"]
    for length in (2, 1):
        special = surnames.get(name[:length])
        if special and (*special.split(), *plain[length:]) != plain:
            yield (*special.split(), *plain[length:])
            return
