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
LONGEST = 22
"""Characters of a clause from which it is a story, in which much may be passed over."""
_CLAUSES = re.compile(r"[，,。；;！？?!、\s：:]+")


def weighty(asked: Asked) -> str:
    """The first word that turns a question and was not read (平均, 除了, 最多); empty for none."""
    for word in words.lists(SHARED, "unread")["turning"]:
        for match in re.finditer(word, asked.text):
            if not _inside(asked, match.span()) and not any(match[0] in time for time in asked.times):
                return match[0]
    return ""


def passed_over(asked: Asked) -> str:
    """The longest stretch of the asking clause that was not read; empty for none, and where people tell a story."""
    begin, finish = _asking_clause(asked)
    if finish - begin > LONGEST:
        return ""
    read = {at for place in asked.read for at in range(*place)}
    for word in (*asked.times, *_known(asked), *words.lists(SHARED, "unread")["small"]):
        for place in places(word, asked.text):
            read.update(range(*place))
    text = "".join(" " if at in read else char for at, char in enumerate(asked.text))
    left = [part for part in _CLAUSES.split(text[begin:finish]) if len(part) >= SHORTEST]
    return max(left, key=len, default="")


def _known(asked: Asked) -> Iterator[str]:
    """Every cue of this kind of question: that it asks for nothing here does not make it a word nobody knows."""
    for cues in words.lists(f"skills/{asked.intent}", "cues").values():
        yield from cues
    yield from words.lists(SHARED, "subjects").get(asked.intent, ())
    yield from asked.titles


def _inside(asked: Asked, span: Place) -> bool:
    return any(begin < span[1] and span[0] < finish for begin, finish in asked.read)


def _asking_clause(asked: Asked) -> Place:
    """The clause in which most was read: around it people tell why they ask."""
    best, at, start = (0, len(asked.text)), 0, -1
    for match in [*_CLAUSES.finditer(asked.text), None]:
        end = match.start() if match else len(asked.text)
        count = sum(at <= begin < end for begin, _ in asked.read)
        if count > start and end > at:
            best, start = (at, end), count
        at = match.end() if match else end
    return best

