"""A sum or a time in the answer to a question, as it was asked for."""

from __future__ import annotations

from dialogs.handlers import heard_whole
from dialogs.handlers.sounding import by_sound
from dialogs.scene import Scene
from dialogs.talk import Question
from dialogs.understanding.amounts import Amount, find_amount
from dialogs.understanding.features import bare
from dialogs.understanding.meaning import SlotValue
from dialogs.understanding.times import as_span, find_time
from dialogs.words import lists

BESIDE = 5
"""Characters beside a number without its unit that may still be a sum: 不对，是九十."""


def time_told(scene: Scene, question: Question, name: str) -> SlotValue | None:
    """A time as this wish looks for it: 三季度 of the dues lies behind."""
    meant_here = scene.as_meant(scene.text, question.wish.intent).slots.get(name)
    if meant_here is not None:
        return meant_here
    when = find_time(scene.text, scene.utterance.now)
    if when is None and question.options:
        when = find_time(by_sound(scene.text), scene.utterance.now)
    return as_span(when) if when else None


def amount_told(scene: Scene, question: Question) -> Amount | None:
    """The sum in an answer, as written or as it sounds; a telephone number is none."""
    if heard_whole.hearing(scene.text):
        return None
    written = find_amount(scene.text, bare=True)
    if written and question.slot != "amount" and not _is_a_sum(scene.text, written):
        return None
    if written or question.slot != "amount":
        return written
    return find_amount(by_sound(scene.text), bare=True)


def _is_a_sum(text: str, found: Amount) -> bool:
    """Whether a number has its unit or stands nearly alone: 一 of 跟你说一声 puts no sum right."""
    rest = bare(text[: found.begin] + text[found.finish :])
    return len(rest) <= BESIDE or any(
        unit in text[found.begin : found.finish] for unit in lists("manager", "cues")["units"]
    )


def is_the_clock(scene: Scene, question: Question) -> bool:
    """下午三点 and nothing else, where the hour was asked for, is that hour, whatever else it may sound like."""
    found = find_time(scene.text, scene.utterance.now) if question.slot == "clock" else None
    return found is not None and not bare(scene.text[: found.begin] + scene.text[found.finish :])


def is_the_amount(scene: Scene, question: Question) -> bool:
    """三十块 and nothing else, where an amount was asked for, is that amount, whatever else it may sound like."""
    found = find_amount(scene.text, bare=True) if question.slot == "amount" else None
    return found is not None and not bare(scene.text[: found.begin] + scene.text[found.finish :])
