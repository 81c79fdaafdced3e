"""Reading the fields of a form; what cannot be used is said in one kind sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from bot.web.desk.visit import Unfit

Form = Mapping[str, object]
LONGEST = 20_000
"""Characters of the longest text that is written by hand."""
_YUAN = re.compile(r"(\d{1,6})(?:\.(\d{1,2}))?")


def text(form: Form, name: str, *, needed: str = "", longest: int = LONGEST) -> str:
    """A text; `needed` is the sentence of [unfit] for one that is empty. Raises Unfit."""
    value = str(form.get(name, "")).replace("\r\n", "\n").strip()
    if len(value) > longest:
        raise Unfit("too_long")
    if needed and not value:
        raise Unfit(needed)
    return value


def fen(form: Form, name: str, *, needed: str = "") -> int | None:
    """An amount in yuan (90, 90.5) as fen; None for an empty field that may be empty. Raises Unfit."""
    value = text(form, name, needed=needed, longest=20)
    if not value:
        return None
    found = _YUAN.fullmatch(value)
    if found is None:
        raise Unfit("amount")
    return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))


def number(form: Form, name: str, least: int, most: int) -> int | None:
    """A whole number between two others; None for an empty field. Raises Unfit."""
    value = text(form, name, longest=20)
    if not value:
        return None
    if not value.isdecimal() or not least <= int(value) <= most:
        raise Unfit("number")
    return int(value)


def moment(form: Form, day: str, clock: str) -> datetime:
    """A day and a time of day, from their two fields. Raises Unfit."""
    try:
        return datetime.fromisoformat(f"{text(form, day, needed='when')}T{text(form, clock, needed='when')}")
    except ValueError:
        raise Unfit("when") from None


def day(form: Form, name: str) -> datetime | None:
    """A day; None for an empty field. Raises Unfit."""
    value = text(form, name, longest=10)
    try:
        return datetime.fromisoformat(value) if value else None
    except ValueError:
        raise Unfit("when") from None


def choice(form: Form, name: str, allowed: tuple[str, ...]) -> str:
    """One of these values. Raises Unfit."""
    value = text(form, name)
    if value not in allowed:
        raise Unfit("choose")
    return value


def index(form: Form, name: str, allowed: tuple[str, ...]) -> int:
    """Which of these values. Raises Unfit."""
    return allowed.index(choice(form, name, allowed))


def unchanged(form: Form, stamp: str) -> None:
    """Raises Unfit where somebody else has written since the form was opened; `seen` in the form is the stamp then."""
    if "seen" in form and text(form, "seen") != stamp:
        raise Unfit("overtaken")
