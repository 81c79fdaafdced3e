"""Whole talks, line by line, read from the .toml files of this folder; a mistake in one names its file and line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import timedelta
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BeforeValidator, ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

STRICT = ConfigDict(extra="forbid")
ACTS = ("says", "press", "silence", "noise", "later", "restart")
"""What a line can be; each is exactly one of them."""
EXPECTED = ("answers", "never", "intent", "buttons")
"""What can be expected of an answer; the database can be looked into after every line."""
UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}

_TALK = re.compile(r"^\[\[talk\]\]")
_LINE = re.compile(r"^\s+\{")


class TalkError(ValueError):
    """A talk is not written as it should be; the message begins with file and line."""


def _duration(value: object) -> object:
    """31 minutes, as a stretch of time."""
    found = re.fullmatch(r"(\d+) (second|minute|hour|day)s?", value) if isinstance(value, str) else None
    if found is None:
        raise ValueError('write it as "31 minutes", "5 hours" or "2 days"')
    return timedelta(seconds=int(found[1]) * UNITS[found[2]])


def _several(value: object) -> object:
    """One string may stand for a list of one."""
    return [value] if isinstance(value, str) else value


Words = Annotated[tuple[str, ...], BeforeValidator(_several)]
Rows = list[list[str | int | float | None]]
Table = Mapping[str, object]
Kind = TypeVar("Kind")


@dataclass(frozen=True, config=STRICT)
class Line:
    """One thing that happens, and what is true after it."""

    by: str = ""
    """Who says it; empty for the person whose talk it is."""
    says: str = ""
    """What is said. In writing, unless the talk runs by voice or `heard_as` is given."""
    heard_as: Words = ()
    """Said aloud, and these are the recogniser's readings, best first."""
    press: str = ""
    """The label of a button under this person's last answer, or its beginning."""
    silence: bool = False
    """A voice message in which nothing is said."""
    noise: bool = False
    """A voice message of nothing but noise."""
    later: Annotated[timedelta | None, BeforeValidator(_duration)] = None
    """So much time passes."""
    restart: bool = False
    """The program is stopped and started again."""
    soon: bool = False
    """Two seconds after the line before; else a while later."""
    channel: str = "cli"
    """telegram, web or cli."""
    answers: Words = ()
    """What the answer must hold."""
    never: Words = ()
    """What the answer must not hold."""
    intent: str = ""
    """The intent that was acted on."""
    buttons: tuple[str, ...] | None = None
    """The choices offered, in order, each by its label or a part of it; [] for none."""
    holds: Mapping[str, Rows] = field(default_factory=dict)
    """A query of the database, and exactly its rows."""
    place: str = ""
    """File and line, for messages."""

    @property
    def is_turn(self) -> bool:
        """Whether somebody says or does something that is answered."""
        return self.later is None and not self.restart


@dataclass(frozen=True, config=STRICT)
class Talk:
    """A talk from its first line to its last, on a fresh demo branch."""

    name: str
    """What happens, in a few words."""
    shows: str
    """One sentence: what it shows."""
    lines: tuple[Line, ...]
    """Line by line."""
    by: str = ""
    """Whose talk it is: who says the lines that name nobody."""
    given: Words = ()
    """What is different in this branch, as statements of SQL."""
    by_voice: bool = False
    """Also held by voice, through the real recogniser."""
    everywhere: bool = False
    """Also held on the web page, on Telegram and on the command line, which must answer alike."""
    awaits: str = ""
    """What has to be built before it can pass; it must fail until then."""
    place: str = ""
    """File and line, for messages."""

    @property
    def hears(self) -> bool:
        """Whether the real recogniser is needed."""
        return any(line.silence or line.noise for line in self.lines)


_LINES, _TALKS = TypeAdapter(Line), TypeAdapter(Talk)
_TABLES = TypeAdapter(list[dict[str, object]])


def read_folder(folder: Path) -> list[Talk]:
    """Every talk of the folder. Raises TalkError."""
    talks = [talk for file in sorted(folder.glob("*.toml")) for talk in read_talks(file)]
    first: dict[str, Talk] = {}
    for talk in talks:
        if talk.name in first:
            raise TalkError(f"{talk.place}: there is a talk {talk.name!r} already, at {first[talk.name].place}")
        first[talk.name] = talk
    return talks


def read_talks(file: Path) -> Iterator[Talk]:
    """The talks of one file. Raises TalkError."""
    text = file.read_text(encoding="utf-8")
    try:
        written = _TABLES.validate_python(tomllib.loads(text).get("talk", []))
    except tomllib.TOMLDecodeError as error:
        raise TalkError(f"{file.name}: {error}") from None
    for each, place, lines in zip(written, *_places(text, file.name), strict=True):
        yield _talk(each, place, lines)


def _places(text: str, name: str) -> tuple[list[str], list[list[str]]]:
    """File and line of each talk, and of each of its lines."""
    talks: list[str] = []
    lines: list[list[str]] = []
    for number, row in enumerate(text.splitlines(), 1):
        if _TALK.match(row):
            talks.append(f"{name}:{number}")
            lines.append([])
        elif _LINE.match(row) and lines:
            lines[-1].append(f"{name}:{number}")
    return talks, lines


def _talk(written: Table, place: str, places: list[str]) -> Talk:
    found = _TABLES.validate_python(written.get("lines", []))
    if len(found) != len(places):
        raise TalkError(f"{place}: write each line of the talk on a line of its own, indented, beginning with {{")
    lines = [_line(each, where, str(written.get("by", ""))) for each, where in zip(found, places, strict=True)]
    talk = _valid(_TALKS, {**written, "lines": [], "place": place}, place)
    if not lines:
        raise TalkError(f"{place}: the talk {talk.name!r} has no lines")
    return Talk(
        name=talk.name, shows=talk.shows, lines=tuple(lines), by=talk.by, given=talk.given, by_voice=talk.by_voice,
        everywhere=talk.everywhere, awaits=talk.awaits, place=place,
    )  # fmt: skip


def _line(written: Table, place: str, by: str) -> Line:
    line = _valid(_LINES, {"by": by, **written, "place": place}, place)
    acts = [act for act in ACTS if getattr(line, act)]
    if len(acts) != 1:
        raise TalkError(f"{place}: a line is one of {', '.join(ACTS)}; this one is {' and '.join(acts) or 'none'}")
    if line.is_turn and not line.by:
        raise TalkError(f"{place}: nobody says this; name somebody with `by`, here or for the whole talk")
    if line.heard_as and not line.says:
        raise TalkError(f"{place}: `heard_as` needs `says`: what was said in truth")
    if not line.is_turn and any(getattr(line, each) not in ((), "", None) for each in EXPECTED):
        raise TalkError(f"{place}: nothing is answered here, so {', '.join(EXPECTED)} can hold nothing")
    return line


def _valid(adapter: TypeAdapter[Kind], written: Table, place: str) -> Kind:
    try:
        return adapter.validate_python(written)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(each) for each in first["loc"])
        raise TalkError(f"{place}: `{key}`: {first['msg']}") from None
