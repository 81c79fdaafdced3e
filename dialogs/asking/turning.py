"""Which kind of question it is: what was understood, unless its words are not there and another's are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dialogs import words
from dialogs.asking.asked import Asked
from dialogs.asking.saying import Words
from dialogs.asking.sounded import SHARED, heard
from dialogs.asking.whom import Group

HELD, SEARCH, PARTICULARS, CARE = "query_attendance", "query_log", "member_find", "query_care"
DUES = "query_dues"
TURNS = ("query_care", "query_dues", "member_find", "query_attendance")
"""Kinds of question that turn to what was held where a session is named and nothing of their own is."""
OWN = ("topics", "last", "before_last", "last_time")
"""Cues that name a thing, not a kind of question."""


def turned(intent: str, said: Words, titles: Sequence[str], group: Group) -> str:
    """The kind of question: where the words of the one that was understood are not there, that of those that are."""
    text = said.text
    held = any(heard(title, text) for title in titles)
    if told := _by_its_form(intent, said, titles):
        return told
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
    if subject(text) == DUES:  # 四季度未交名单, taken for who is to be visited
        return DUES
    return PARTICULARS if group.narrows and not _of(intent, text) else intent


def _by_its_form(intent: str, said: Words, titles: Sequence[str]) -> str:
    """What the form of the words alone tells, whatever they were taken for; empty where it tells nothing.

    开了几次 asks what was held, 上一次来是什么时候 when somebody came, 去看过 who was visited, 女的多还是男的多 for the
    roster where no time was said; 重阳节那回 is what was held on that day.
    """
    shapes = words.lists(SHARED, "shapes")
    own = {one: any(re.search(each, said.text) for each in patterns) for one, patterns in shapes.items()}
    if intent in (SEARCH, DUES, PARTICULARS) and own["held"] and not own["search"]:
        return HELD
    titled = any(title in said.text for title in titles)
    if intent == SEARCH and titled and own["which_one"] and not own["search"]:
        return HELD
    if intent == SEARCH and titled and _of(HELD, said.text) and not own["search"]:
        return HELD
    if said.people and own["went"] and intent != CARE:
        return CARE
    if said.people and own["came_last"] and intent in (SEARCH, PARTICULARS):
        return HELD
    if own["visited"] and not own["search"] and intent in (SEARCH, PARTICULARS, HELD):
        return CARE
    if (own["ill"] or (own["happened"] and said.people)) and not own["search"]:
        return CARE
    if own["relief"] and intent != DUES:
        return DUES
    if own["roster"] and not said.times:
        return PARTICULARS
    of_a_day = any(each.matched in title for each in said.times for title in titles)
    return HELD if intent == CARE and of_a_day and own["that_time"] else ""


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
