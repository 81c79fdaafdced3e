"""Who is in need, who has not been visited, who has, and how long it has waited; told to those who care only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlite_utils import Database

from dialogs.asking import care_counted, visiting, visits_counted
from dialogs.asking.asked import Asked
from dialogs.asking.care_listed import of_state, reported, triggers
from dialogs.asking.cases_told import cases_table, history, keys, listed
from dialogs.asking.stretches import spoken
from dialogs.asking.told import WHEN, Told, heeds, say
from storage.care import TRIGGERS
from storage.questions import Asker, care
from storage.questions.care import Case

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
    return of_state(asked, cases)


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


@heeds(WHEN, *TRIGGERS, *OF_SOMEBODY)
def _of_people(asked: Asked, cases: Sequence[Case]) -> Told:
    """What stands about somebody: what is open, else what was last."""
    said = ""
    shown: list[Case] = []
    for person in asked.people:
        own = [case for case in cases if case.member_id == person.id or case.who == person.name]
        wanted = [case for case in own if case.trigger in triggers(asked)] or own
        past = asked.stretch is not None and not asked.has("now")
        pick = reported(asked, wanted) if past else [case for case in wanted if not case.over] or wanted[:1]
        shown += pick
        none = "none_person_then" if past else "none_person"
        period = spoken(asked.stretch, asked.now) if asked.stretch else ""
        said += "".join(history(asked, case) for case in pick) or say(asked, none, name=person.name, period=period)
    names = tuple(person.name for person in asked.people)
    return Told(said, cases_table(asked, shown), names, None, "care_case", keys(shown))
