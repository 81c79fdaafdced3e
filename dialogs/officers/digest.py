"""The morning digest: what is in it, and how it is put so that it can be heard in well under a minute.

Written it has a line for each thing with all the names; spoken it names three, and where that is still too long the
last things are only counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dialogs import telling, words
from dialogs.care.festivals import next_own_day
from dialogs.hours import number
from dialogs.office import Office
from dialogs.understanding.times import say_time
from storage import care, in_touch, news, own_days, rounds, tasks, terms, visits

MOST_SPOKEN = 130
"""Characters that take at most about 40 seconds to be said at an old person's pace."""
MOST_WRITTEN = 12
"""Names on a written line."""


@dataclass(frozen=True)
class Item:
    """One thing a secretary is told in the morning."""

    key: str
    """Its sentence in digest.toml."""
    names: tuple[str, ...]
    """Who or what, each as it is said."""
    values: tuple[tuple[str, str], ...] = ()
    """What else fills the sentence."""


def items(desk: Office, since: datetime) -> list[Item]:
    """Everything there is to tell, most pressing first; what is empty is left out."""
    found = [
        _cases("new", news.reported_since(desk.db, desk.branch_id, since), desk),
        _cases("overdue", news.overdue(desk.db, desk.branch_id, desk.now), desk),
        Item("today", tuple(_planned(desk))),
        *_rounds(desk),
        Item("silent", tuple(_silent(desk))),
        *_own_days(desk),
        _cards(desk),
        Item("terms", tuple(_terms(desk))),
    ]
    return [item for item in found if item.names]


def written(name: str, found: list[Item]) -> str:
    """The message as it is read: a line for each thing."""
    lines = [_say("hello", name=name), *(_line(item, MOST_WRITTEN) for item in found)]
    return "\n".join(lines if found else [*lines, _say("nothing")])


def spoken(name: str, found: list[Item]) -> str:
    """The message as it is heard; never longer than MOST_SPOKEN, as long as each thing can be counted in it."""
    hello = _say("hello", name=name)
    if not found:
        return hello + _say("nothing")
    for named in range(len(found), -1, -1):
        text = hello + "".join(
            _line(item, telling.MOST_NAMED) if place < named else _count(item) for place, item in enumerate(found)
        )
        if len(text) <= MOST_SPOKEN:
            return text
    return text


def _line(item: Item, most: int) -> str:
    values = {**dict(item.values), "count": str(len(item.names)), "names": telling.few(item.names, most)}
    return _say(item.key, **values)


def _count(item: Item) -> str:
    return _say(f"{item.key}_count", **{**dict(item.values), "count": str(len(item.names))})


def _cases(key: str, ids: list[int], desk: Office) -> Item:
    cases = [care.the_case(desk.db, desk.branch_id, each) for each in ids]
    return Item(key, tuple(_say("case", who=case.who, why=_say(case.trigger)) for case in cases))


def _planned(desk: Office) -> Iterator[str]:
    morning = datetime.combine(desk.now.date(), time())
    for visit in visits.planned_between(desk.db, desk.branch_id, morning, morning + timedelta(days=1)):
        case = care.the_case(desk.db, desk.branch_id, visit.case_id)
        at = datetime.fromisoformat(visit.planned_at or morning.isoformat())
        yield _say("visit", who=case.who, at=say_time(at, desk.now).rpartition("，")[2])


def _rounds(desk: Office) -> Iterator[Item]:
    for each in rounds.progress(desk.db, desk.branch_id, desk.now.date()):
        if each.unvisited and each.festival not in own_days.KINDS:
            values = (("festival", each.festival), ("day", _day(each.day)))
            yield Item("round", ("",) * each.unvisited, values)


def _silent(desk: Office) -> Iterator[str]:
    for each in news.silent(desk.db, desk.branch_id):
        if heard := in_touch.last_heard(desk.db, each.member_id):
            yield _say("silence", who=each.name, days=str(heard.silent_days(desk.now)))


def _own_days(desk: Office) -> Iterator[Item]:
    today = desk.now.date()
    for kind in own_days.KINDS:
        days = [own for own in own_days.own_days(desk.db, desk.branch_id) if own.kind == kind]
        named = tuple(_own_day(own, today) for own in days if next_own_day(own, today) == today)
        yield Item(kind, named)


def _own_day(own: own_days.OwnDay, today: date) -> str:
    years = today.year - own.year if own.year else 0
    return _say(f"years_{own.kind}", who=own.name, years=str(years)) if years else own.name


def _cards(desk: Office) -> Item:
    waiting = [task for task in tasks.open_tasks(desk.db, desk.branch_id) if task.kind == "card_call"]
    return Item("cards", tuple(task.name for task in waiting))


def _terms(desk: Office) -> Iterator[str]:
    for term in terms.expiring(desk.db, desk.branch_id, desk.now.date(), number(desk.profile, "digest.term_days")):
        yield _say("term", who=term.name, title=term.title, day=_day(term.valid_to))


def _day(iso: str) -> str:
    day = date.fromisoformat(iso)
    return _say("month_day", month=str(day.month), day=str(day.day))


def _say(key: str, **values: str) -> str:
    return words.load("officers/digest", "parts").say(key, **values)
