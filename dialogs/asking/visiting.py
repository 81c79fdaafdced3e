"""Visits that were made: how many, to whom, with what, and whether more or fewer than before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlite_utils import Database

from dialogs.asking.asked import Asked
from dialogs.asking.care_counted import as_meant
from dialogs.asking.stretches import Stretch, before_that, lately, spoken, this_year, year_before
from dialogs.asking.told import BESIDE, WHEN, Told, heeds, named, say, table
from dialogs.money import say_yuan
from dialogs.reply import Chart, Table
from storage.care import TRIGGERS
from storage.questions import Asker, care
from storage.questions.care import Visit

MADE = (WHEN, "strictly_ill", *TRIGGERS, "visited", "of_late", "visited_often")
"""Cues that every answer about visits heeds."""


@heeds(*MADE, "visitor")
def visited(asked: Asked, db: Database, asker: Asker) -> Told:
    """The visits of a stretch, this year's where none was said."""
    stretch, visits = _visits(asked, db, asker)
    names = tuple(dict.fromkeys(each.who for each in visits))
    said = say(
        asked, "visited_there" if visits else "visited_none", period=spoken(stretch, asked.now), count=len(visits),
        people=len(names), names=named(asked, names),
    )  # fmt: skip
    keys = tuple(each.case_id for each in visits)
    return Told(said, _table(asked, visits), names, None, "care_case", keys)


@heeds(*MADE, "last_visit", "when_was")
def last(asked: Asked, db: Database, asker: Asker) -> Told:
    """The visits of the last day on which there were any."""
    _, visits = _visits(asked, db, asker)
    found = [each for each in visits if each.at[:10] == visits[-1].at[:10]]
    names = tuple(dict.fromkeys(each.who for each in found))
    if not found:
        return Told(say(asked, "visited_none", period=spoken(this_year(asked.now), asked.now)), _table(asked, ()))
    said = say(asked, "last_visit", day=found[0].at[5:10], names=named(asked, names), visitor=found[0].visitor)
    return Told(said, _table(asked, found), names, None, "care_case", _keys(found))


@heeds(*MADE, "gifts")
def gifts(asked: Asked, db: Database, asker: Asker) -> Told:
    """Money brought along on visits."""
    stretch, visits = _visits(asked, db, asker)
    given = [each for each in visits if each.gift_fen]
    said = say(
        asked, "gifts" if given else "gifts_none", period=spoken(stretch, asked.now), count=len(given),
        sum=say_yuan(sum(each.gift_fen for each in given)),
    )  # fmt: skip
    if asked.has("visited") and visits:
        people = len({each.who for each in visits})
        period = spoken(stretch, asked.now)
        said = say(asked, "visits_made", period=period, count=len(visits), people=people) + said
    names = tuple(dict.fromkeys(each.who for each in given))
    return Told(said, _table(asked, given), names, None, "care_case", _keys(given))


def of_people(asked: Asked, db: Database, asker: Asker) -> Told:
    """How often each of those named was visited, and when last; since the books began where no time was said."""
    stretch = asked.stretch or Stretch(datetime(1, 1, 1), asked.now)
    visits = [each for each in care.visits(db, asker, stretch.start, stretch.end) if asked.chosen(each.who)]
    period = spoken(stretch, asked.now) if asked.stretch else say(asked, "in_all")
    said = ""
    for person in asked.people:
        own = [each for each in visits if each.who == person.name]
        said += say(
            asked, "been_there" if own else "not_been_there", name=person.name, period=period, count=len(own),
            day=own[-1].at[5:10] if own else "", visitor=own[-1].visitor if own else "",
        )  # fmt: skip
    names = tuple(each.name for each in asked.people)
    heeded = (WHEN, "visited", "visitor", "last_visit", "when_was", "ever", "never_visited", "waiting", "been", "gifts")
    return Told(said, _table(asked, visits), names, None, "care_case", _keys(visits), heeds=heeded)


@heeds(*MADE, BESIDE, "beside", "compare", "reported", "year_ago", "ill_now", "which_more", "higher_than")
def compared(asked: Asked, db: Database, asker: Asker) -> Told:
    """Visits, or reports where those are asked about, of two stretches beside each other."""
    asked.fits("beside")
    first = asked.stretch or this_year(asked.now)
    if len(asked.stretches) > 1:
        second, first = sorted(asked.stretches[:2], key=lambda each: each.start)
    else:
        second = year_before(first) if asked.has("year_ago") or not asked.stretch else before_that(first)
    what = "visits" if asked.has("visited") else "reports"
    counted = [_count(asked, db, asker, stretch, what) for stretch in (first, second)]
    key = "more" if counted[0] > counted[1] else "fewer" if counted[0] < counted[1] else "as_many"
    said = say(
        asked, f"{key}_{what}", period=spoken(first, asked.now), before=spoken(second, asked.now), count=counted[0],
        count_before=counted[1],
    )  # fmt: skip
    rows = [(spoken(stretch, asked.now), count) for stretch, count in zip((first, second), counted, strict=True)]
    labels = tuple(str(row[0]) for row in reversed(rows))
    unit = say(asked, f"unit_{what}")
    chart = Chart(unit, unit, labels, ((unit, tuple(float(count) for count in reversed(counted))),))
    return Told(said, table(asked, "compare", rows), (), chart)


def _count(asked: Asked, db: Database, asker: Asker, stretch: Stretch, what: str) -> int:
    wanted = tuple(trigger for trigger in TRIGGERS if asked.has(trigger)) or TRIGGERS
    wanted = as_meant(wanted[0]) if what == "reports" and len(wanted) == 1 else wanted
    if what == "visits":
        return sum(each.trigger in wanted for each in care.visits(db, asker, stretch.start, stretch.end))
    start, end = stretch.start.isoformat(), stretch.end.isoformat()
    return sum(case.trigger in wanted and start <= case.reported_at <= end for case in care.cases(db, asker))


def _visits(asked: Asked, db: Database, asker: Asker) -> tuple[Stretch, list[Visit]]:
    stretch = asked.stretch or (lately(asked.now) if asked.has("of_late") else this_year(asked.now))
    wanted = tuple(trigger for trigger in TRIGGERS if asked.has(trigger)) or TRIGGERS
    if wanted == ("holiday",):  # 春节慰问 is made before the day itself
        stretch = Stretch(datetime(stretch.start.year, 1, 1), datetime(stretch.start.year, 12, 31, 23, 59))
    visits = [each for each in care.visits(db, asker, stretch.start, stretch.end) if each.trigger in wanted]
    if asked.people and not asked.visited and asked.fits("visitor"):
        went = {each.name for each in asked.people}
        return stretch, [each for each in visits if each.visitor in went]
    return stretch, [each for each in visits if asked.chosen(each.who)]


def _keys(visits: Sequence[Visit]) -> tuple[int, ...]:
    return tuple(each.case_id for each in visits)


def _table(asked: Asked, visits: Sequence[Visit]) -> Table:
    return table(
        asked,
        "visits",
        [
            (each.who, each.at[:10], say(asked, each.trigger), each.visitor, say_yuan(each.gift_fen) if each.gift_fen
             else "", each.notes)
            for each in visits
        ],
    )  # fmt: skip
