"""The slots of an intent, filled from the values and stretches of the sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dialogs.understanding.amounts import find_amount
from dialogs.understanding.meaning import Situation, SlotValue, interval
from dialogs.understanding.ordinals import find_ordinal
from dialogs.understanding.phones import find_phone
from dialogs.understanding.sentences import IntentWords
from dialogs.understanding.slots import FREE, find_span
from dialogs.understanding.times import Time, as_span, find_times, for_slot, names_unfixed_day, readings
from dialogs.understanding.times.time import ONE_OF_TWO
from dialogs.understanding.values import Values

TIMES = ("when", "period")
"""Slots that hold a stretch of time."""
Doubts = Mapping[str, tuple[str, ...]]


def fill_slots(words: IntentWords, values: Values, situation: Situation) -> tuple[dict[str, SlotValue], Doubts]:
    """Slot -> value for what was said, and slot -> candidates where several sound right.

    The candidates of a time are stretches as `interval` writes them, in order; a single one where it is known of no
    other and only this one is doubtful, and none where a day was said that cannot be fixed.
    """
    slots: dict[str, SlotValue] = {}
    doubts = _doubts(words, values)
    for name in words.slots:
        if name not in TIMES:
            value = _FILLERS[name](name, words, values, situation)
        elif (time := _time(name, words, values, situation)) is None:
            if names_unfixed_day(values.text, situation.now, values.names()):
                doubts[name] = ()
            continue
        else:
            value = as_span(time)
            if _is_open(time, name):
                doubts[name] = tuple(interval(span) for span in readings(time))
        if value is not None:
            slots[name] = value
    return slots, doubts


def _is_open(time: Time, name: str) -> bool:
    """Whether it may be another: 春节前 names no day. Two periods are compared, or meant both (今年和去年)."""
    return bool(time.side) or (time.doubt != "" and not (name == "period" and time.doubt == ONE_OF_TWO))


def _doubts(words: IntentWords, values: Values) -> dict[str, tuple[str, ...]]:
    doubts: dict[str, tuple[str, ...]] = {}
    if "person" in words.slots:
        for who in values.people:
            if who.rivals and not who.speaker:
                doubts["person"] = (who.person.name, *(rival.name for rival in who.rivals))
    if "title" in words.slots and values.title and values.title.rivals:
        doubts["title"] = (values.title.id, *values.title.rivals)
    return doubts


def _people(_: str, __: IntentWords, values: Values, ___: Situation) -> SlotValue | None:
    """One name as a string, several as a tuple; the speaker's own name and a bare 老张 are none."""
    named = [who.person.name for who in values.people if not who.loose and not who.speaker]
    names = tuple(dict.fromkeys(named))
    if not names:
        return None
    return names[0] if len(names) == 1 else names


def _time(name: str, words: IntentWords, values: Values, situation: Situation) -> Time | None:
    prefer = situation.prefer or words.prefer
    times = list(values.times)
    if prefer == "past":  # the values were looked for with the future preferred
        times = find_times(values.text, situation.now, prefer, values.names())
    return for_slot(times, name, situation.now, prefer)


def _amount(name: str, _: IntentWords, values: Values, situation: Situation) -> SlotValue | None:
    amount = find_amount(values.text, bare=situation.asked_slot == name)
    return amount.yuan if amount else None


def _phone(_: str, __: IntentWords, values: Values, ___: Situation) -> SlotValue | None:
    return find_phone(values.text)


def _ordinal(_: str, __: IntentWords, values: Values, ___: Situation) -> SlotValue | None:
    return find_ordinal(values.text)


def _title(_: str, __: IntentWords, values: Values, ___: Situation) -> SlotValue | None:
    return values.title.said if values.title else None


def _span(name: str, words: IntentWords, values: Values, _: Situation) -> SlotValue | None:
    return find_span(name, words.intent, values.text, values.taken())


_Filler = Callable[[str, IntentWords, Values, Situation], SlotValue | None]
_FILLERS: dict[str, _Filler] = {
    "person": _people,
    "amount": _amount,
    "phone": _phone,
    "ordinal": _ordinal,
    "title": _title,
    **dict.fromkeys(FREE, _span),
}
"""Slot -> how it is filled; every slot of every intent stands here or in TIMES."""
