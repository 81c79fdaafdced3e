"""The right thing, said with a denial: 星期五 of 不对，是星期五, and 陈玉珍 of 不是刘德福，是陈玉珍."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from dialogs import words
from dialogs.handlers.sounding import amount_heard, by_sound
from dialogs.scene import Scene
from dialogs.skill import Wish
from dialogs.understanding.features import bare
from dialogs.understanding.meaning import SlotValue, Span
from dialogs.understanding.names import find_people
from dialogs.understanding.numbers import chinese_number
from dialogs.understanding.slots import FREE, trimmed
from dialogs.understanding.times import as_span, find_time

NOON = 12


def takes_back(scene: Scene) -> bool:
    """取消 and nothing else is about what was done last, whatever else could be cancelled."""
    return bare(scene.text) in words.lists("manager", "cues")["take_back"]


def calls_off(scene: Scene) -> bool:
    """算了，不用打了 right after something was done is about that, and no 停."""
    short, cues = bare(scene.text), words.lists("manager", "cues")["call_off"]
    free = scene.talk.undo is not None and scene.talk.question is None
    return free and any(re.search(cue, short) for cue in cues)


def changes(scene: Scene, wish: Wish, right: str) -> dict[str, SlotValue]:
    """The slots of the wish that are said anew."""
    names = scene.understander.slots_of(wish.intent)
    found = _said(scene, wish, right)
    if not found and {"amount", "when", "period"} & set(names):
        found = {name: value for name, value in _said(scene, wish, by_sound(right)).items() if name not in FREE}
    if "amount" in names and (heard := amount_heard(right)):
        found["amount"] = heard.yuan
    if "when" in names and (hour := _same_day(scene, wish, right)):
        found["when"] = hour
    elif "when" in found and (day := _same_week(scene, wish, right)):
        found["when"] = day
    if isinstance(anew := found.get("when"), Span):
        found["when"] = _same_clock(wish, anew)
    if "person" in names and "person" not in found and (name := _addressed(scene, right)):
        found["person"] = name
    return found


def doubts(scene: Scene, wish: Wish, right: str) -> Mapping[str, tuple[str, ...]]:
    """Of what is said anew, that which may be several: 是桂兰, where there are two."""
    return {name: may_be for name, may_be in scene.as_meant(right, wish.intent).doubts.items() if may_be}


def _said(scene: Scene, wish: Wish, right: str) -> dict[str, SlotValue]:
    names = scene.understander.slots_of(wish.intent)
    said = scene.as_meant(right, wish.intent).slots
    return {name: value for name, value in said.items() if name in names}


def in_own_words(scene: Scene, wish: Wish, right: str) -> dict[str, SlotValue]:
    """Where all that was said is one thing in free words, what is said instead is that, however it was heard."""
    own = [name for name in wish.slots if name in scene.understander.slots_of(wish.intent)]
    said = trimmed(right)
    return {own[0]: said} if len(own) == 1 and own[0] in FREE and said else {}


def _same_day(scene: Scene, wish: Wish, right: str) -> Span | None:
    """A bare hour after a day and an hour is that day's: 不对，九点半."""
    before, found = wish.slots.get("when"), find_time(right, scene.utterance.now)
    if (
        found is None
        or found.day_said
        or found.precision != "minute"
        or not isinstance(before, Span)
        or not before.start
    ):
        return None
    day = datetime.fromisoformat(before.start)
    start = day.replace(hour=found.start.hour, minute=found.start.minute)
    if chinese_number(found.matched[0]) is not None:  # 四点, and not 下午四点: the one nearer to the hour before
        halves = [start.replace(hour=start.hour % NOON + half) for half in (0, NOON)]
        start = min(halves, key=lambda each: abs(each - day))
    return Span(start.isoformat(timespec="minutes"), None)


def _same_week(scene: Scene, wish: Wish, right: str) -> Span | None:
    """A bare weekday after a date means the same week, not the next such day."""
    cues = words.lists("manager", "cues")
    before = wish.slots.get("when")
    is_bare = any(cue in right for cue in cues["weekday"]) and not any(cue in right for cue in cues["which_week"])
    if not is_bare or not isinstance(before, Span) or not before.start:
        return None
    day = datetime.fromisoformat(before.start)
    monday = day - timedelta(days=day.weekday())
    found = find_time(right, max(scene.utterance.now, monday.replace(hour=0, minute=0)))
    return as_span(found) if found else None


def _same_clock(wish: Wish, day: Span) -> Span:
    """A day without a time of day keeps the clock time that was said before: 是星期四, after 星期三上午九点."""
    before = wish.slots.get("when")
    if not isinstance(before, Span) or not before.start or before.end is not None or not _whole_day(day):
        return day
    return Span(f"{(day.start or '')[:10]}{before.start[10:]}", None)


def _whole_day(span: Span) -> bool:
    start, end = span.start or "", span.end or ""
    return start[:10] == end[:10] and start.endswith("T00:00") and end.endswith("T23:59")


def _addressed(scene: Scene, right: str) -> str:
    """Somebody named by surname alone (老李), where only one member can be meant."""
    people = find_people(right, (), scene.roster, scene.profile.region)
    return people[0].person.name if len(people) == 1 and not people[0].rivals else ""
