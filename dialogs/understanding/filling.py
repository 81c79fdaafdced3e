"""The slots of an intent, filled from the values and stretches of the sentence."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.understanding.meaning import Situation, SlotValue
from dialogs.understanding.sentences import IntentWords
from dialogs.understanding.slots import FREE, find_span
from dialogs.understanding.times import as_span, find_times, for_slot
from dialogs.understanding.values import Values

Doubts = Mapping[str, tuple[str, ...]]


def fill_slots(words: IntentWords, values: Values, situation: Situation) -> tuple[dict[str, SlotValue], Doubts]:
    """Slot -> value for what was said, and slot -> candidates where several sound right."""
    slots: dict[str, SlotValue] = {}
    doubts: dict[str, tuple[str, ...]] = {}
    for name in words.slots:
        value = _person(values, doubts) if name == "person" else _value(name, words, values, situation)
        if value is not None:
            slots[name] = value
    if values.title and values.title.rivals and "title" in slots:
        doubts["title"] = (values.title.id, *values.title.rivals)
    return slots, doubts


def _person(values: Values, doubts: dict[str, tuple[str, ...]]) -> SlotValue | None:
    named = [who for who in values.people if not who.loose and not who.speaker]
    for who in values.people:
        if who.rivals and not who.speaker:
            doubts["person"] = (who.person.name, *(rival.name for rival in who.rivals))
    names = tuple(dict.fromkeys(who.person.name for who in named))
    if not names:
        return None
    return names[0] if len(names) == 1 else names


def _value(name: str, words: IntentWords, values: Values, situation: Situation) -> SlotValue | None:
    if name in ("when", "period"):
        prefer = situation.prefer or words.prefer
        times = list(values.times)
        if prefer == "past":  # values were looked for with the future preferred
            times = find_times(values.text, situation.now, prefer, values.names())
        time = for_slot(times, name, situation.now, prefer)
        return as_span(time) if time else None
    if name == "title":
        return values.title.said if values.title else None
    return find_span(name, words.intent, values.text, values.taken()) if name in FREE else None
