"""What of a question was not read: an answer that passes over it may be an answer to something else.

The words of a question are its names and times, the cues that were looked for, and the small words of every question.
Whatever else stands there is a condition, or a thing, of which the branch's books know nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dialogs import words
from dialogs.asking.asked import Asked
from dialogs.asking.sounded import SHARED, Place, places

SHORTEST = 2
"""Characters in a row from which a word was passed over; a single one is a particle."""
PARTICULARS = "member_find"
LONGEST = 22
"""Characters of a question from which it is a story, in which much may be passed over."""
_BREAKS = re.compile(r"[，,。；;！？?!、\s：:]+")


def weighty(asked: Asked) -> str:
    """The first word that turns a question and was not read (平均, 除了, 最多); empty for none."""
    for word in words.lists(SHARED, "unread")["turning"]:
        for match in re.finditer(word, asked.text):
            if not _inside(asked, match.span()) and not any(match[0] in time for time in asked.times):
                return match[0]
    return ""


def passed_over(asked: Asked) -> str:
    """The longest stretch of the question that was not read; empty for none, and where people tell a story."""
    if len(asked.text) > LONGEST:
        return ""
    said = {at for place in asked.read for at in range(*place)}
    read = set(said)
    for word in (*asked.times, *_known(asked), *words.lists(SHARED, "unread")["small"]):
        for place in places(word, asked.text):
            read.update(range(*place))
    bare = asked.intent == PARTICULARS and asked.people and not said  # of a person anything may be asked: 用的什么药
    left = [
        asked.text[begin:finish]
        for clause in _clauses(asked.text)
        if not said or said.intersection(range(*clause))  # what was said around the question
        for begin, finish in _gaps(clause, read)
        if finish - begin >= (1 if bare else SHORTEST)
    ]
    return max(reversed(left), key=len, default="")


def _clauses(text: str) -> Iterator[Place]:
    at = 0
    for match in _BREAKS.finditer(text):
        yield at, match.start()
        at = match.end()
    yield at, len(text)


def _gaps(clause: Place, read: set[int]) -> Iterator[Place]:
    """The stretches of a clause of which nothing was read."""
    begin = None
    for at in range(*clause):
        if at in read:
            if begin is not None:
                yield begin, at
            begin = None
        elif begin is None:
            begin = at
    if begin is not None:
        yield begin, clause[1]


def _known(asked: Asked) -> Iterator[str]:
    """Every cue of this kind of question: that it asks for nothing here does not make it a word nobody knows."""
    for cues in words.lists(f"skills/{asked.intent}", "cues").values():
        yield from cues
    yield from words.lists(SHARED, "subjects").get(asked.intent, ())
    yield from asked.titles


def _inside(asked: Asked, span: Place) -> bool:
    return any(begin < span[1] and span[0] < finish for begin, finish in asked.read)
