"""The clauses of a question: its story, what it is asked of, and the question itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dialogs import words
from dialogs.asking.sounded import SHARED, Place

LONGEST = 22
"""Characters of a clause from which a story may stand before the question."""
BREAKS = re.compile(r"[，,。；;！？?!、\s：:]+")
"""Between two clauses."""


def restricts(clause: str) -> bool:
    """Whether a clause says of whom or of what it is asked: 四零年以前出生的, 党员里头."""
    return any(re.search(each, clause) for each in words.lists(SHARED, "unread")["restricting"])


def asks(clause: str) -> bool:
    """Whether a clause asks something itself: of such a one no word is a story."""
    return any(re.search(each, clause) for each in words.lists(SHARED, "unread")["asking"])


def tells(clause: str) -> bool:
    """Whether in a clause somebody tells why they ask, and asks nothing: 我就怕漏了人, 小周说他跑了两趟."""
    telling = any(re.search(each, clause) for each in words.lists(SHARED, "unread")["telling"])
    return telling and not asks(clause) and not restricts(clause)


def clauses_of(text: str) -> Iterator[Place]:
    """The clauses; of a long one what follows 到底 or 你看看: before it somebody tells why they ask."""
    at = 0
    for match in (*BREAKS.finditer(text), None):
        end = match.start() if match else len(text)
        if end - at > LONGEST:
            leads = (
                lead for each in words.lists(SHARED, "unread")["lead_in"] for lead in re.finditer(each, text[at:end])
            )
            at += max((lead.end() for lead in leads), default=0)
        if end > at:
            yield at, end
        at = match.end() if match else end


def gaps(clause: Place, read: set[int]) -> Iterator[Place]:
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
