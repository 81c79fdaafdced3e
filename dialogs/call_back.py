"""When a member wants to be called back, and by whom: 下午三点以后, 让周敏打, 请书记来坐坐."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from dialogs import words
from dialogs.skill import Desk
from dialogs.understanding.features import bare
from dialogs.understanding.numbers import chinese_number
from dialogs.understanding.times import Time, as_span, find_time, say_time
from storage.members import Officer

NOON = 12

_CLAUSE = re.compile(r"[^，。！？；,.!?;\s]+")


@dataclass(frozen=True)
class Moment:
    """A time for the call, as the member said it."""

    due: datetime
    """By then the call is to be made: the end of an afternoon, the hour itself of 三点以后."""
    said: str
    """How it is said back."""


def moment(text: str, now: datetime, near: datetime | None = None) -> Moment | None:
    """The time that suits; a time at which one sleeps or is out, or of which others spoke, is none.

    A bare 七点半 is the one nearest to what was wanted before (`near`).
    """
    for clause in _suiting(text, now):
        found = find_time(clause, now)
        if found is None:
            continue
        span = as_span(found)
        if near and not found.day_said and span.end is None and chinese_number(found.matched[0]) is not None:
            halves = [
                near.replace(hour=found.start.hour % NOON + half, minute=found.start.minute) for half in (0, NOON)
            ]
            due = min(halves, key=lambda each: abs(each - near))
            if due > now:
                return Moment(due, say_time(due, now))
            continue
        due = datetime.fromisoformat(span.end or span.start or found.start.isoformat())
        if due > now:
            return Moment(due, _said(clause, found, now))
    return None


def wanted(text: str, desk: Desk) -> Officer | None:
    """The officer who is named, where it is another than who is on duty; None for whoever is."""
    others = desk.officers[1:]
    named = [each for each in others if any(name and name in text for name in (each.name, each.spoken))]
    of_office = [each for each in others if each.title and each.title in text and each.title != desk.officers[0].title]
    return next(iter([*named, *of_office]), None)


def for_whom(text: str) -> str:
    """他 of 刘德福让书记给他回个电话; empty where the speaker is to be called."""
    found = re.search(_cues("for_whom")[0], text)
    return found["who"] if found else ""


def asks_when(text: str) -> bool:
    """什么时候打给我, after a call was asked for."""
    return _has("when", text) and _has("call", text)


def asks_to_come(text: str) -> bool:
    """Whether somebody is to come, and not only to call: 请书记有空来坐坐."""
    return any(re.search(cue, text) for cue in _cues("visit"))


def _suiting(text: str, now: datetime) -> Iterator[str]:
    """The clauses that may name the time: those that speak of the call first, then those that name only a time."""
    clauses = [each for each in _CLAUSE.findall(text) if not _has("unsuited", each)]
    calls = [each for each in clauses if _has("call", each)]
    yield from calls
    yield from (each for each in clauses if each not in calls and _is_only_a_time(each, now))


def _is_only_a_time(clause: str, now: datetime) -> bool:
    found = find_time(clause, now)
    rest = bare(clause[: found.begin] + clause[found.finish :]) if found else ""
    return found is not None and re.fullmatch(_cues("beside_time")[0], rest) is not None


def _said(clause: str, found: Time, now: datetime) -> str:
    """In the member's own words; an hour of another day with its date and weekday."""
    say = words.load("skills/contact_secretary", "times").say
    after = next((side for side in _cues("side") if clause.startswith(side, found.finish)), "")
    if as_span(found).end is None and found.start.date() != now.date():
        return say_time(found.start, now) + after
    key = "today" if found.start.date() == now.date() and not found.day_said else "said"
    return say(key, when=found.matched) + after


def _has(name: str, clause: str) -> bool:
    return any(cue in clause for cue in _cues(name))


def _cues(name: str) -> Sequence[str]:
    return words.lists("skills/contact_secretary", "cues")[name]
