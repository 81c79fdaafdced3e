"""What an officer says about a visit: made, planned or over and done with, and whom they met."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from dialogs import words
from dialogs.understanding.meaning import Span
from dialogs.understanding.numbers import chinese_number
from dialogs.understanding.times import as_span, find_time, readings, say_time, time_of
from storage.visits import Outcome

Matter = Literal["made", "planned", "over", "false_alarm"]
"""A visit that was made; one that is to be; a case to be closed; a report that proved wrong."""
_MATTERS: tuple[Matter, ...] = ("over", "planned")
_OUTCOMES: tuple[Outcome, ...] = ("family", "not_met", "by_phone")


@dataclass(frozen=True)
class Moment:
    """When a visit is to be."""

    at: datetime
    """Local time: the usual hour where only the day was said, the middle of a part of the day."""
    spoken: str
    """How it is said back."""
    doubtful: tuple[Span, ...] = ()
    """What may be meant, where that is not certain."""


def matter_of(text: str) -> Matter:
    """What is told. Who says 看过了 or 送了 tells of a visit that was made, whatever else is said."""
    if _has("false_alarm", text):
        return "false_alarm"
    if _has("made", text):
        return "made"
    return next((matter for matter in _MATTERS if _has(matter, text)), "made")


def outcome_of(text: str) -> Outcome:
    """How it went: the family met instead, nobody met, spoken with by telephone, or met."""
    return next((outcome for outcome in _OUTCOMES if _has(outcome, text)), "met")


def each_of(text: str) -> bool:
    """Whether a sum is for each of several people (各送了三百)."""
    return _has("each", text)


def case_number(text: str) -> int | None:
    """The number by which an officer names a case: 12号那件, 3号求助; a bare 12号 is a day."""
    for pattern in words.lists("care/visiting", "cues")["case_number"]:
        if found := re.search(pattern, text):
            return chinese_number(found["number"])
    return None


def speaks_of_visit(text: str) -> bool:
    """Whether a visit is spoken of at all: made, planned, or a case to be closed."""
    return any(_has(cue, text) for cue in ("made", "recorded", "planned", "over", "false_alarm"))


def went_along(name: str, text: str) -> bool:
    """我和周敏去看了刘德福: who is named beside the speaker went to see, and was not seen."""
    cues = words.lists("care/visiting", "cues")["along"]
    return any(re.search(pattern.replace("{name}", name), text) for pattern in cues)


def tells_of_visit(text: str) -> bool:
    """Whether words say no more than that somebody was there (走访过了)."""
    return _has("made", text) or _has("each", text) or _has("planned", text)


def also_over(text: str) -> bool:
    """Whether a case is said to be over (看过了，可以销号了)."""
    return _has("over", text)


def reason_in(text: str, name: str) -> str:
    """Why a case is closed: what is said besides the order to close it, word for word; empty where nothing is."""
    clauses = [clause for clause in re.split("[，。；,;！!]", text.replace(name, "")) if clause.strip()]
    kept = [clause for clause in clauses if not _has("over", clause) and not _has("order_only", clause)]
    return "，".join(dict.fromkeys(kept))


def planned_for(text: str, now: datetime, usual_hour: int) -> Moment | None:
    """When a visit is to be: 星期五上午 is the next one. None where no time was said, or one that is over."""
    found = find_time(text, now, "future")
    if found is None:
        return None
    may_be = readings(found) if found.doubt else (as_span(found),)
    to_come = [span for span in may_be if moment_of(span, now, usual_hour)]
    settled = not found.doubt or len(may_be) > len(to_come) == 1
    moment = moment_of(to_come[0], now, usual_hour) if to_come else None
    if moment is None:
        return None
    if found.side:
        moment = replace(moment, spoken=say_time(replace(found, doubt=""), now))
    return moment if settled else replace(moment, doubtful=tuple(to_come))


def moment_of(span: Span, now: datetime, usual_hour: int) -> Moment | None:
    """When a visit is within a stretch; None where that is over."""
    when = time_of(span)
    at = when.start
    if when.part and when.end:
        at += (when.end - at) / 2
    elif when.precision == "day":
        at = at.replace(hour=usual_hour, minute=0)
    return Moment(at, say_time(when, now)) if at > now else None


def made_at(start: str | None, now: datetime) -> datetime:
    """When a visit was: the moment that was said, as far as it is over; else now."""
    if not start:
        return now
    return min(now, datetime.fromisoformat(start))


def _has(cue: str, text: str) -> bool:
    cues = words.lists("care/visiting", "cues")
    family = "|".join(cues["who"])
    return any(re.search(pattern.replace("{family}", family), text) for pattern in cues[cue])
