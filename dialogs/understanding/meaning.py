"""What understanding takes and gives: the situation in which something was said, and what it meant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Role = Literal["member", "secretary"]

CARE_INTENTS = ("care_emergency", "care_bereavement", "care_illness", "care_hardship")
"""Intents because of which a human is told, most urgent first."""


@dataclass(frozen=True)
class Person:
    """Somebody on the branch's roster."""

    name: str
    """Full name as the roster spells it."""
    gender: str = ""
    """男 or 女, empty where unknown."""
    birth_year: int | None = None
    """Year of birth, to tell people who sound alike apart."""
    title: str = ""
    """Office by which people address them (书记, 主任), empty for none."""


@dataclass(frozen=True)
class Title:
    """A document that can be asked for."""

    id: str
    """The document's key."""
    title: str
    """Full title."""
    nicknames: tuple[str, ...] = ()
    """What people call it."""


@dataclass(frozen=True)
class Span:
    """A stretch of time as the contract prints it; either end may be open."""

    start: str | None
    """ISO local, to the minute: 2026-11-25T15:00."""
    end: str | None
    """ISO local, inclusive; None for a point in time."""


def interval(span: Span) -> str:
    """A stretch in one string, as ISO 8601 writes it: 2026-11-25T00:00/2026-11-25T23:59."""
    return f"{span.start or ''}/{span.end or ''}"


def span_of(written: str) -> Span:
    """What `interval` wrote."""
    start, _, end = written.partition("/")
    return Span(start or None, end or None)


SlotValue = str | float | int | Span | tuple[str, ...]
Slots = Mapping[str, SlotValue]


@dataclass(frozen=True)
class Said:
    """One thing said, with everything the recogniser thought it might be."""

    text: str
    """The best reading."""
    alternatives: tuple[str, ...] = ()
    """Other readings, best first."""
    unlikely: tuple[str, ...] = ()
    """Names that something in it sounds like, and that the recording itself speaks against."""


@dataclass(frozen=True)
class Situation:
    """Who speaks, when, to whom it may refer, and what can be said here."""

    role: Role
    """The speaker's role; limits the intents."""
    now: datetime
    """Local time to which 明天 refers."""
    roster: tuple[Person, ...] = ()
    """Members of the speaker's branch."""
    titles: tuple[Title, ...] = ()
    """Documents of the speaker's branch."""
    expecting: tuple[str, ...] = ()
    """Intents that fit what was just asked or read out; they become likelier."""
    asked_slot: str | None = None
    """The slot that was just asked for, if one was: a bare 星期三 then fills it."""
    region: str = ""
    """The branch profile's region, chooses the accent weights; empty for all."""
    prefer: Literal["future", "past", ""] = ""
    """Which way a bare 星期三 looks; empty lets the intent decide."""


@dataclass(frozen=True)
class Guess:
    """An intent that could have been meant."""

    intent: str
    """Name as in the intents list."""
    confidence: float
    """Calibrated probability, 0..1."""


@dataclass(frozen=True)
class Understanding:
    """What was meant."""

    text: str
    """The reading that was understood (one of what was said)."""
    intent: str
    """The first or main wish."""
    slots: Slots
    """Values found for the intent's slots; a slot that was not said is absent."""
    confidence: float
    """Calibrated probability that `intent` is right."""
    alternatives: tuple[Guess, ...] = ()
    """Next best intents, best first, without `intent`."""
    danger: str | None = None
    """The care intent because of which a human is told, even where `intent` is another; None for none."""
    also: tuple[str, ...] = ()
    """Further wishes in the same breath."""
    doubts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Slots for which several values sound right (two members alike): slot -> candidates, best first."""
    unsure: bool = False
    """True in the band in which the dialogue asks which of the two likeliest meanings was meant."""
