"""What a dialogue hands back: words, choices, and what was written."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.understanding.meaning import Slots
from storage.outbox import Button


@dataclass(frozen=True)
class Unheard:
    """A voice message in which no words were found."""

    reason: str
    """too_short, silence, noise, invented, unreadable, too_large or failed."""


@dataclass(frozen=True)
class Effect:
    """A row that the turn wrote."""

    kind: str
    """What was done: registered, care_reported, dues_claimed …"""
    table: str
    """Where."""
    id: int
    """The row's key."""


@dataclass(frozen=True)
class Table:
    """The rows an answer rests on."""

    columns: tuple[str, ...]
    """What stands in each column."""
    rows: tuple[tuple[str | int | float | None, ...], ...]
    """The rows, each as long as `columns`."""


@dataclass(frozen=True)
class Chart:
    """What people would rather look at than hear: bars, one group a label."""

    title: str
    """What it shows."""
    unit: str
    """What is counted, as it stands at the axis."""
    labels: tuple[str, ...]
    """Under each group of bars."""
    series: tuple[tuple[str, tuple[float, ...]], ...]
    """Name and values of each bar of the groups, as many values as `labels`."""
    caption: str = ""
    """What is seen on it, in words: stands under it, and is read out to who cannot see it."""


@dataclass(frozen=True)
class Reply:
    """The answer to one thing said."""

    text: str
    """What is shown."""
    spoken: str = ""
    """What is said aloud; empty for the text."""
    again: str | None = None
    """What 再说一遍 says, where that is not the text: 好的，我说慢一点 is no part of what was said."""
    buttons: tuple[Button, ...] = ()
    """Choices offered under it."""
    intent: str = ""
    """The intent that was acted on."""
    slots: Slots | None = None
    """Its slots."""
    effects: tuple[Effect, ...] = ()
    """What was written."""
    table: Table | None = None
    """The rows a secretary's answer rests on."""
    chart: Chart | None = None
    """The same as a picture."""
    entries: tuple[int, ...] = ()
    """Numbers of the entries of the branch log behind it."""
    answered: bool = True
    """False where the branch's books do not hold what was asked, and only the nearest is told."""
    heard: str = ""
    """What was said, as it is written; empty where nothing was heard."""
