"""The care cases of a kind and a state: waiting, overdue, taken on by nobody, reported in a stretch, over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from dialogs.asking.asked import Asked
from dialogs.asking.care_counted import as_meant
from dialogs.asking.cases_told import listed
from dialogs.asking.stretches import spoken
from dialogs.asking.told import WHEN, Told, say
from storage.care import TRIGGERS
from storage.questions.care import Case

HOLIDAY = ("holiday",)
SAID_AS = {
    "overdue": ("waiting", "days", "weeks", "reported", "not_taken", "open"),
    "not_taken": ("waiting", "open"),
    "longest": ("waiting", "open"),
    "waiting": ("open", "ill_now", "visited", "never_visited"),
}
"""Way -> cues that may be said beside it without asking for anything else."""


def of_state(asked: Asked, cases: Sequence[Case]) -> Told:
    """The cases of the kind and the state that were said."""
    left_out = {each for kind in TRIGGERS if asked.apart and asked.excepts(kind) for each in as_meant(kind)}
    chosen = [case for case in cases if case.trigger in triggers(asked) and case.trigger not in left_out]
    days = asked.number("days") or asked.number("weeks")
    key = "overdue" if days and not asked.has("longest") else asked.first(*WAYS)
    if key == "closed" and asked.fits("not_over"):
        key = "open"
    if key == "open" and triggers(asked) == TRIGGERS and not (asked.has("ill_now") or asked.fits("not_over")):
        key = "waiting"
    past = asked.stretch is not None and asked.stretch.start <= asked.now and not asked.has("now")
    if key in ("", "open") and past:
        key = "reported"
    if past:
        chosen = reported(asked, chosen)
    none = "holiday" if triggers(asked) == HOLIDAY and key in ("", "open", "waiting") else ""
    told = listed(asked, WAYS[key or "open"](asked, chosen), key or "open", none)
    if past and asked.stretch and key != "reported":
        told = replace(told, said=say(asked, "of_period", period=spoken(asked.stretch, asked.now), said=told.said))
    return replace(told, heeds=(WHEN, key or "open", *SAID_AS.get(key, ("open", "ill_now")), *TRIGGERS, "now"))


def triggers(asked: Asked) -> tuple[str, ...]:
    """The kinds of need that the words name, or all of them. Whoever fell or called for help may be ill as well."""
    found = tuple(trigger for trigger in TRIGGERS if asked.has(trigger))
    if found == ("illness",) and not asked.has("strictly_ill"):
        return as_meant("illness")
    return found or TRIGGERS


def _overdue(asked: Asked, cases: Sequence[Case]) -> list[Case]:
    """Past the time by which somebody was to be there, or unvisited for the days that were said."""
    now = asked.now.isoformat(timespec="seconds")
    if days := asked.number("days") or 7 * (asked.number("weeks") or 0):
        since = (asked.now - timedelta(days=days)).isoformat(timespec="seconds")
        return [case for case in cases if case.waits and case.reported_at < since]
    return [case for case in cases if case.waits and case.due_at < now]


def reported(asked: Asked, cases: Sequence[Case]) -> list[Case]:
    """What was reported in the stretch, the first first; without one the newest few."""
    if asked.stretch is None:
        return sorted(cases, key=lambda case: case.reported_at, reverse=True)[:5]
    start, end = asked.stretch.start.isoformat(), asked.stretch.end.isoformat()
    return sorted((case for case in cases if start <= case.reported_at <= end), key=lambda case: case.reported_at)


def _longest(_: Asked, cases: Sequence[Case]) -> list[Case]:
    return sorted((case for case in cases if case.waits), key=lambda case: case.reported_at)[:1]


WAYS: dict[str, Callable[[Asked, Sequence[Case]], list[Case]]] = {
    "longest": _longest,
    "overdue": _overdue,
    "not_taken": lambda _, cases: [case for case in cases if case.waits and not case.taken_by],
    "closed": lambda asked, cases: [
        case for case in reported(asked, cases) if case.state == "visited" or case.over
    ],
    "reported": reported,
    "urgent": lambda _, cases: [case for case in cases if case.waits][:1],
    "waiting": lambda _, cases: [case for case in cases if case.waits],
    "open": lambda _, cases: [case for case in cases if not case.over],
}  # fmt: skip
"""Cue -> the cases that are meant by it, the first that is heard."""
