"""The branch log, searched freely: by words or their sound, by member, by stretch."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlite_utils import Database

from dialogs.asking.asked import Asked
from dialogs.asking.sought import FEW, MOST, SHORTEST, beside_kind, nearly_holding, rarest, sought_words, weighty
from dialogs.asking.stretches import Stretch, spoken
from dialogs.asking.told import Told, say, table
from dialogs.reply import Table
from storage.log.search import Found
from storage.questions import Asker, entries

READ_OUT = 2
"""Entries that are read out."""
KINDS = {"suggestions": "suggested"}
"""Cue -> the kind of entry that is meant by it."""
WHOLE = Stretch(datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59))


def answer(asked: Asked, db: Database, asker: Asker) -> Told:
    """Answer with entries: of these words, of this member, of these days."""
    kind = asked.first(*KINDS)
    sought = sought_words(asked)
    sought = sought if weighty(sought) or len(sought) < SHORTEST else ""  # 六月三十号记了些什么
    if kind and (asked.fits("of_kind") or not beside_kind(asked, kind, sought)):
        rest = beside_kind(asked, kind, sought)
        if not rest:
            return _of_kind(asked, db, asker, kind)
        sought = rest
    person = asked.people[0] if asked.people else None
    stretch = asked.stretch
    if sought:
        found = _with_words(asked, db, asker, sought)
    else:
        within = stretch or WHOLE
        found = entries.latest(
            db, asker, within.start, within.end, member_id=person.id if person else None, limit=MOST + 1
        )
    if sought and not found and (near := nearly_holding(asked, db, asker, sought)):
        return _listed(asked, db, asker, near, sought)
    told = _listed(asked, db, asker, found, sought)
    if sought and not found and (part := rarest(db, asker, sought)):
        near = entries.find(db, asker, part, limit=MOST + 1)
        listed = _listed(asked, db, asker, near, part)
        return replace(listed, said=say(asked, "none_but", what=sought, near=listed.said), answered=False)
    return told


def holding(asked: Asked, db: Database, asker: Asker) -> Told | None:
    """The few entries that hold nearly all of the words of a question that nothing else answers; None for none.

    愿意教毛笔字的是哪位 sounds like the roster, but it stands in the log alone.
    """
    found = nearly_holding(asked, db, asker, asked.text)
    if not found or len(found) > FEW or len(weighty(asked.text)) < SHORTEST:
        return None
    return _listed(asked.saying(asked.text, intent="query_log"), db, asker, found, weighty(asked.text))


def _of_kind(asked: Asked, db: Database, asker: Asker, kind: str) -> Told:
    """Entries of one kind, of a stretch or a member: 三月份谁提过建议."""
    within = asked.stretch or WHOLE
    person = asked.people[0] if asked.people else None
    found = entries.latest(
        db, asker, within.start, within.end, member_id=person.id if person else None, kind=KINDS[kind], limit=MOST + 1
    )
    return _listed(asked, db, asker, found, say(asked, kind))


def _with_words(asked: Asked, db: Database, asker: Asker, sought: str) -> list[Found]:
    """The words beside the member's name or among the entries about the member; else the words alone."""
    start, end = (asked.stretch.start, asked.stretch.end) if asked.stretch else (None, None)
    if not asked.people:
        return entries.find(db, asker, sought, start=start, end=end, limit=MOST + 1)
    person = asked.people[0]
    beside = entries.find(db, asker, f"{person.name} {sought}", start=start, end=end, limit=MOST + 1)
    about = entries.find(db, asker, sought, member_id=person.id, start=start, end=end, limit=MOST + 1)
    found = {each.id: each for each in (*beside, *about)}
    return sorted(found.values(), key=lambda each: -each.id)[: MOST + 1]


def _listed(asked: Asked, db: Database, asker: Asker, found: list[Found], sought: str) -> Told:
    shown = found[:MOST]
    period = spoken(asked.stretch, asked.now) if asked.stretch else say(asked, "in_all")
    count = len(shown) if len(found) <= MOST else 0
    if asked.stretch and not sought and not asked.people and not count:
        count = sum(entries.counted(db, asker, asked.stretch.start, asked.stretch.end).values())
    key = "none" if not shown else "found" if count else "found_many"
    told = "；".join(f"{each.at[5:10]} {each.sentence}" for each in shown[:READ_OUT])
    if shown and shown[0].by_sound:
        key = f"{key}_by_sound"
    what = sought or "、".join(person.name for person in asked.people) or say(asked, "anything")
    if not shown and asked.stretch:
        told = _nearest(asked, db, asker)
    said = say(asked, key, period=period, what=what, count=count, most=MOST, told=told)
    health = entries.about_health(db, asker, [each.number for each in shown])
    # Words that stand nowhere may have been misheard, and a question that is none to the log has none there.
    sure = bool(shown) or not sought or (not asked.spoken and asked.fits("searching"))
    numbers = tuple(each.number for each in shown)
    return Told(said, _table(asked, shown), entries=numbers, health=health, answered=sure)


def _nearest(asked: Asked, db: Database, asker: Asker) -> str:
    """The last entry before the stretch in which there was none."""
    until = asked.stretch.start if asked.stretch else asked.now
    found = entries.latest(db, asker, WHOLE.start, until, limit=1)
    return say(asked, "nearest", day=found[0].at[5:10], told=found[0].sentence) if found else ""


def _table(asked: Asked, found: list[Found]) -> Table:
    return table(asked, "entries", [(each.number, each.at[:16].replace("T", " "), each.sentence) for each in found])
