"""The right thing, said with a denial: 星期五 of 不对，是星期五, and 陈玉珍 of 不是刘德福，是陈玉珍."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from dialogs import words
from dialogs.handlers.sounding import by_sound
from dialogs.scene import Scene
from dialogs.skill import Wish
from dialogs.understanding.features import bare
from dialogs.understanding.meaning import SlotValue, Span
from dialogs.understanding.names import find_people
from dialogs.understanding.numbers import chinese_number
from dialogs.understanding.slots import FREE, trimmed
from dialogs.understanding.sound import similarity, syllables
from dialogs.understanding.times import as_span, find_time

SOUNDS_LIKE = 0.8
"""Similarity from which a syllable is taken for the one that names the right thing."""


def takes_back(scene: Scene) -> bool:
    """取消 and nothing else is about what was done last, whatever else could be cancelled."""
    return bare(scene.text) in words.lists("manager", "cues")["take_back"]


def denied(text: str) -> tuple[str, bool]:
    """What is said after the denial, empty where nothing is denied; and whether it is named as the right thing."""
    cues = words.lists("manager", "cues")
    for cue in sorted(cues["denial"], key=len, reverse=True):
        if cue in text:
            rest = text.split(cue, 1)[1]
            marks = [mark for mark in cues["instead"] if mark in rest]
            if marks:
                return rest.split(marks[0], 1)[1], True
            right = bare(rest)
            return (right[1:], True) if _begins_like(right, cues["instead"]) else (rest, False)
    return "", False


def _begins_like(right: str, marks: Sequence[str]) -> bool:
    """不对，试星期五: recognisers write what sounds like 是. 十 and 四 sound so too, and are numbers."""
    if not right or chinese_number(right[0]) is not None:
        return False
    return any(len(mark) == 1 and similarity(syllables(right[0]), syllables(mark)) >= SOUNDS_LIKE for mark in marks)


def changes(scene: Scene, wish: Wish, right: str) -> dict[str, SlotValue]:
    """The slots of the wish that are said anew."""
    names = scene.understander.slots_of(wish.intent)
    found = _said(scene, wish, right)
    if not found and {"amount", "when", "period"} & set(names):
        found = {name: value for name, value in _said(scene, wish, by_sound(right)).items() if name not in FREE}
    if "when" in found and (day := _same_week(scene, wish, right)):
        found["when"] = day
    if "person" in names and "person" not in found and (name := _addressed(scene, right)):
        found["person"] = name
    return found


def doubts(scene: Scene, wish: Wish, right: str) -> Mapping[str, tuple[str, ...]]:
    """Of what is said anew, that which may be several: 是桂兰, where there are two."""
    return scene.as_meant(right, wish.intent).doubts


def _said(scene: Scene, wish: Wish, right: str) -> dict[str, SlotValue]:
    names = scene.understander.slots_of(wish.intent)
    said = scene.as_meant(right, wish.intent).slots
    return {name: value for name, value in said.items() if name in names}


def in_own_words(scene: Scene, wish: Wish, right: str) -> dict[str, SlotValue]:
    """Where all that was said is one thing in free words, what is said instead is that, however it was heard."""
    own = [name for name in wish.slots if name in scene.understander.slots_of(wish.intent)]
    said = trimmed(right)
    return {own[0]: said} if len(own) == 1 and own[0] in FREE and said else {}


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


def _addressed(scene: Scene, right: str) -> str:
    """Somebody named by surname alone (老李), where only one member can be meant."""
    people = find_people(right, (), scene.roster, scene.profile.region)
    return people[0].person.name if len(people) == 1 and not people[0].rivals else ""
