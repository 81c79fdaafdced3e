"""Who is in need, who has not been visited, who has, and how long it has waited; told to those who care only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from sqlite_utils import Database

from dialogs.asking import care_counted, visiting, visits_counted
from dialogs.asking.asked import Asked
from dialogs.asking.care_counted import as_meant
from dialogs.asking.cases_told import cases_table, history, keys, listed
from dialogs.asking.stretches import spoken
from dialogs.asking.told import WHEN, Told, heeds, say
from storage.care import TRIGGERS
from storage.questions import Asker, care
from storage.questions.care import Case

HOLIDAY = ("holiday",)
NO_WORDS = (
    "emergency",
    "bereavement",
    "holiday",
    "waiting",
    "overdue",
    "not_taken",
    "reported",
    "closed",
    "urgent",
    "open",
    "visited",
    "longest",
)
"""Cues by which no case is told from another, whatever its report says."""
OF_SOMEBODY = (
    "happened",
    "who_reported",
    "taken_by",
    "ill_now",
    "open",
    "waiting",
    "visited",
    "reported",
    "been",
    "closed",
    "taken_on",
    "when_was",
    "ever",
)
"""Cues that are answered by what stands about somebody."""
SAID_AS = {
    "overdue": ("waiting", "days", "weeks", "reported", "not_taken", "open"),
    "not_taken": ("waiting", "open"),
    "longest": ("waiting", "open"),
    "waiting": ("open", "ill_now", "visited", "never_visited"),
}
"""Way -> cues that may be said beside it without asking for anything else."""


def answer(asked: Asked, db: Database, asker: Asker) -> Told:
    """Answer from the care cases of the branch; whoever does not care for members is told that it is not for them."""
    if not asker.cares(db):
        return Told(say(asked, "not_yours"), refused=True, answered=False)
    return replace(_answer(asked, db, asker), health=True)


def _answer(asked: Asked, db: Database, asker: Asker) -> Told:
    if asked.people and not asked.visited and asked.fits("visitor"):  # 周敏去看过谁: who is named is who went
        return visiting.visited(asked, db, asker)
    if len(asked.people) > 1 and asked.fits("visited_often"):
        return visits_counted.visitors(asked, db, asker)
    if not asked.people and asked.fits("who_went"):
        return visits_counted.visitors(asked, db, asker)
    if asked.people and asked.fits("taken_on"):
        return _taken_by(asked, care.cases(db, asker))
    cases = [case for case in care.cases(db, asker) if asked.chosen(case.who)]
    if asked.has("not_kept"):
        near = listed(asked, [case for case in cases if case.waits], "waiting")
        return Told(say(asked, "cannot", near=near.said), near.table, near.names, answered=False)
    if asked.has("compare") and len(care_counted.kinds(asked)) < 2 and not asked.group.both:
        return visiting.compared(asked, db, asker)
    if way := None if asked.people else care_counted.counted_way(asked):
        return way(asked, db, asker)
    if asked.has("gifts"):
        return visiting.gifts(asked, db, asker)
    if len(asked.stretches) > 1 and asked.fits("beside"):
        return visiting.compared(asked, db, asker)
    return _of_cases(asked, cases, db, asker)


def _of_cases(asked: Asked, cases: Sequence[Case], db: Database, asker: Asker) -> Told:
    """What stands about those named, who was visited, or the cases of the kind and the state that were said."""
    if number := asked.number("case_number"):
        return _numbered(asked, [case for case in cases if case.number == number])
    said = asked.part_of([case.said for case in cases], *NO_WORDS) if not asked.has("visited") or asked.people else ()
    cases = [case for case in cases if any(word in case.said for word in said)] if said else cases
    if asked.people:
        own = [case for case in cases if case.who in {each.name for each in asked.people} and not case.over]
        been = asked.has("visited") or asked.fits("been")
        if asked.fits("last_visit") or (been and (asked.stretch or not own)):
            return visiting.of_people(asked, db, asker)
        return _of_people(asked, cases)
    if asked.fits("last_visit"):
        return visiting.last(asked, db, asker)
    if asked.has("visited") and not asked.has("waiting", "reported"):
        return visiting.visited(asked, db, asker)
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
        chosen = _reported(asked, chosen)
    none = "holiday" if triggers(asked) == HOLIDAY and key in ("", "open", "waiting") else ""
    told = listed(asked, WAYS[key or "open"](asked, chosen), key or "open", none)
    if past and asked.stretch and key != "reported":
        told = replace(told, said=say(asked, "of_period", period=spoken(asked.stretch, asked.now), said=told.said))
    return replace(told, heeds=(WHEN, key or "open", *SAID_AS.get(key, ("open", "ill_now")), *TRIGGERS, "now"))


def _taken_by(asked: Asked, cases: Sequence[Case]) -> Told:
    """周敏接了还没去的: what each of those named has taken on, and what of it waits where that is asked."""
    waits = asked.has("waiting")
    takers = {each.name for each in asked.people}
    told = listed(asked, [case for case in cases if case.taken_by in takers and (case.waits or not waits)], "taken_on")
    return replace(told, heeds=("taken_on", "waiting", "open", "visited", *TRIGGERS))


@heeds("case_number", "who_reported", "taken_by", *TRIGGERS, *OF_SOMEBODY)
def _numbered(asked: Asked, cases: Sequence[Case]) -> Told:
    """45号那件怎么样了: the case of that number."""
    said = "".join(history(asked, case) for case in cases) or say(asked, "none_open")
    return Told(said, cases_table(asked, cases), tuple(case.who for case in cases), None, "care_case", keys(cases))


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


def _reported(asked: Asked, cases: Sequence[Case]) -> list[Case]:
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
        case for case in _reported(asked, cases) if case.state == "visited" or case.over
    ],
    "reported": _reported,
    "urgent": lambda _, cases: [case for case in cases if case.waits][:1],
    "waiting": lambda _, cases: [case for case in cases if case.waits],
    "open": lambda _, cases: [case for case in cases if not case.over],
}  # fmt: skip
"""Cue -> the cases that are meant by it, the first that is heard."""


@heeds(WHEN, *TRIGGERS, *OF_SOMEBODY)
def _of_people(asked: Asked, cases: Sequence[Case]) -> Told:
    """What stands about somebody: what is open, else what was last."""
    said = ""
    shown: list[Case] = []
    for person in asked.people:
        own = [case for case in cases if case.member_id == person.id or case.who == person.name]
        wanted = [case for case in own if case.trigger in triggers(asked)] or own
        past = asked.stretch is not None and not asked.has("now")
        pick = _reported(asked, wanted) if past else [case for case in wanted if not case.over] or wanted[:1]
        shown += pick
        none = "none_person_then" if past else "none_person"
        period = spoken(asked.stretch, asked.now) if asked.stretch else ""
        said += "".join(history(asked, case) for case in pick) or say(asked, none, name=person.name, period=period)
    names = tuple(person.name for person in asked.people)
    return Told(said, cases_table(asked, shown), names, None, "care_case", keys(shown))
