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
DOUBTFUL = 2
"""Characters, wherever they stand, from which a question that was heard is not sure to have been understood."""
_BREAKS = re.compile(r"[，,。；;！？?!、\s：:]+")


def weighty(asked: Asked) -> str:
    """The first word that turns a question and was not read (平均, 除了, 最多); empty for none."""
    if len(left := _apart(asked)) >= SHORTEST:
        return left
    for word in words.lists(SHARED, "unread")["turning"]:
        for match in re.finditer(word, asked.text):
            if not _inside(asked, match.span()) and not any(match[0] in time for time in asked.times):
                return match[0]
    return ""


def _apart(asked: Asked) -> str:
    """What was excepted and is neither a name nor a word of this kind of question."""
    if any(places(word, asked.apart) for word in _known(asked)):
        return ""
    left = asked.apart
    for word in words.lists(SHARED, "unread")["small"]:
        left = left.replace(word, "")
    return left


def passed_over(asked: Asked) -> str:
    """The longest stretch of the question that was not read; empty for none, and where people tell a story."""
    if len(asked.text) > LONGEST and not asked.follows:
        return ""
    bare = asked.intent == PARTICULARS and asked.people and not asked.read  # of a person anything may be asked
    least = 1 if bare else SHORTEST
    gaps = [asked.text[begin:finish] for begin, finish in _unread(asked)]
    if asked.spoken and sum(map(len, gaps)) >= DOUBTFUL:  # 剪免费了的有水: a syllable here and there
        least = 1
    return max((gap for gap in reversed(gaps) if len(gap) >= least), key=len, default="")


def unread(asked: Asked) -> int:
    """How many characters of a reading nobody can read."""
    return sum(finish - begin for begin, finish in _unread(asked, whole=True))


def _unread(asked: Asked, *, whole: bool = False) -> list[Place]:
    """Where nothing was read; the clauses around the question, which tell why it is asked, count for a `whole` only."""
    said = {at for place in asked.read for at in range(*place)}
    read = set(said)
    silent = words.lists(SHARED, "unread")
    small = (*silent["small"], *(silent["heard"] if asked.spoken else ()))
    for word in (*asked.times, *_known(asked), *(word for word in small if len(word) > 1)):
        for place in places(word, asked.text):
            read.update(range(*place))
    particles = {at for at, char in enumerate(asked.text) if char in small}
    edges = {at for place in _BREAKS.finditer(asked.text) for at in range(*place.span())} | {-1, len(asked.text)}
    stands = particles | read | edges
    between = {at for at in particles - read if stands.isdisjoint((at - 1, at + 1))}  # 老 in 养老院
    read |= particles - between
    clauses = list(_clauses(asked.text))
    last = clauses[-1:] if asked.follows else []
    return [
        gap
        for clause in clauses
        if whole or asked.spoken or not said or said.intersection(range(*clause)) or clause in last
        for gap in _gaps(clause, read)
    ]


def _clauses(text: str) -> Iterator[Place]:
    at = 0
    for match in _BREAKS.finditer(text):
        if match.start() > at:
            yield at, match.start()
        at = match.end()
    if at < len(text):
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
