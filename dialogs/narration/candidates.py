"""What could stand in a summary: every whole sentence that can be cut from a document, and its lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dialogs.narration.compress import Piece, is_broken, statements_of
from dialogs.narration.lists import announced_items, listings
from dialogs.narration.model import Sentence
from dialogs.narration.worth import Worth, worth_of

_LONGEST = 100
_SHORTEST = 8
_LIST, _COUNTED_LIST, _NAMED = 2.0, 9.0, 0.5
_LIST_COST = 1.0
_LAST = 99
_AMOUNT = re.compile(r"\d元|\d%|免费")
_CALL = re.compile(r"(?:电话|热线|联系人)[^，。]{0,12}\d{7,12}|\d{3,4}-\d{7,8}")
"""Whom to call is told although such a line has no full stop."""


@dataclass(frozen=True)
class Candidate:
    """A shortened sentence that could stand in the summary."""

    text: str
    """With its full stop."""
    sources: tuple[int, ...]
    """Numbers of the sentences it comes from."""
    pieces: frozenset[tuple[int, int]]
    """Which pieces of which sentences it holds; two that overlap are not both taken."""
    statement: int
    """Number of the statement within its sentence; -1 for a list of headings."""
    worth: Worth
    """What it tells."""


def candidates(sentences: Sequence[Sentence]) -> Iterator[Candidate]:
    """Every run of pieces within one statement of a sentence that makes a whole sentence."""
    listed = announced_items(sentences)
    for sentence in sentences:
        if (
            sentence.heading
            or sentence in listed
            or not (sentence.text.endswith(("。", "；", "！", "?", "？")) or _CALL.search(sentence.text))
        ):
            continue
        start = 0
        statements = statements_of(sentence.text)
        whole = list(_whole(statements, sentence.number))
        yield from whole
        if whole and all(_AMOUNT.search("".join(piece.text for piece in pieces)) for pieces in statements):
            continue  # one case alone would sound as if it were all
        for statement, pieces in enumerate(statements):
            for first, piece in enumerate(pieces):
                if piece.text and not piece.leans:
                    yield from _runs(pieces, first, sentence.number, statement, start)
            start += len(pieces)


def _whole(statements: Sequence[Sequence[Piece]], source: int) -> Iterator[Candidate]:
    """A sentence that sets several cases side by side, whole: 书记的，300元；副书记的，250元；委员的，200元."""
    said = ["".join(f"{one.text}{one.mark}" for one in pieces if one.text).rstrip("，：") for pieces in statements]
    text = "；".join(said) + "。"
    if len(said) > 1 and all(said) and len(text) <= _LONGEST and not is_broken(text):
        held = frozenset((source, at) for at in range(sum(map(len, statements))))
        yield Candidate(text, (source,), held, 0, worth_of(text))


def _runs(pieces: Sequence[Piece], first: int, source: int, statement: int, start: int) -> Iterator[Candidate]:
    """From one piece on, every end; behind conditions what follows may begin with any piece that they also hold for."""
    ready = first
    while ready < len(pieces) and pieces[ready].condition:
        ready += 1
    for begin in range(ready, len(pieces)) if ready > first else (ready,):
        if begin > ready and pieces[begin - 1].binds:
            return
        between = "".join(piece.text for piece in pieces[ready:begin])
        if between and (not pieces[begin].follows or pieces[begin].text[:2] in between):
            continue  # it goes on with what would be left out
        for last in range(begin, len(pieces)):
            held = [*range(first, ready), *range(begin, last + 1)]
            said = [pieces[at] for at in held if pieces[at].text]
            text = "".join(f"{piece.text}{piece.mark}" for piece in said).rstrip("，：")
            if len(text) > _LONGEST:
                break
            if len(text) >= _SHORTEST and not pieces[last].waits and not is_broken(f"{text}。"):
                numbers = frozenset((source, start + at) for at in held)
                yield Candidate(f"{text}。", (source,), numbers, statement, worth_of(f"{text}。"))


def lists_of(sentences: Sequence[Sentence]) -> Iterator[Candidate]:
    """What a part goes through, in one breath, as the document's own headings have it."""
    for listing in listings(sentences):
        told = worth_of(listing.text)
        # A list names its matters and says nothing of them: what it names is not told by it.
        named = (1.0 if listing.whole else _NAMED) * sum(told.facts.values())
        facts = {("list", listing.text): (_COUNTED_LIST if listing.counted else _LIST) + named}
        held = frozenset((source, 0) for source in listing.sources)
        yield Candidate(
            listing.text, listing.sources, held, -1, Worth(facts, min(told.cost, _LIST_COST), min(told.order, _LAST))
        )
