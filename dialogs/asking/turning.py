"""Which kind of question it is: what was understood, unless its words are not there and another's are."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs import words
from dialogs.asking.asked import Asked
from dialogs.asking.saying import Words
from dialogs.asking.sounded import SHARED, heard
from dialogs.asking.whom import Group

HELD, SEARCH, PARTICULARS = "query_attendance", "query_log", "member_find"
TURNS = ("query_care", "query_dues", "member_find", "query_attendance")
"""Kinds of question that turn to what was held where a session is named and nothing of their own is."""
OWN = ("topics", "last", "before_last", "last_time")
"""Cues that name a thing, not a kind of question."""


def turned(intent: str, said: Words, titles: Sequence[str], group: Group) -> str:
    """The kind of question: where the words of the one that was understood are not there, that of those that are."""
    text = said.text
    held = any(heard(title, text) for title in titles)
    if intent == SEARCH and any(heard(cue, text) for cue in words.lists(SHARED, "searched")["cues"]):
        return intent
    vague = intent == SEARCH or (intent in (PARTICULARS, HELD) and not _of(intent, text))
    if vague and not (held and intent == HELD):
        intent = subject(text) or intent
    own = words.lists(SHARED, "subjects").get(intent, [])
    if intent not in TURNS or any(heard(cue, text) for cue in own):
        return intent
    if held:
        return HELD
    return PARTICULARS if group.narrows and not _of(intent, text) else intent


def subject(text: str) -> str:
    """The kind of question that the words alone turn to; empty for none."""
    subjects = words.lists(SHARED, "subjects").items()
    return next((intent for intent, own in subjects if any(heard(cue, text) for cue in own)), "")


def says_how(asked: Asked) -> bool:
    """Whether the words alone say what is to be counted or listed."""
    return _of(asked.intent, asked.text)


def _of(intent: str, text: str) -> bool:
    own = words.lists(f"skills/{intent}", "cues")
    return any(heard(cue, text) for key, cues in own.items() if key not in OWN for cue in cues)
