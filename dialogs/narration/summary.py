"""What a document means for its members, in a minute and a half of speech, in its own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dialogs.narration.compress import Piece, is_broken, statements_of
from dialogs.narration.lists import listings
from dialogs.narration.model import Narration, Sentence, Summary, SummarySentence
from dialogs.narration.opening import opening
from dialogs.narration.worth import Worth, worth_of

CHARACTERS_A_SECOND = 330 / 90
"""How fast a summary is spoken to old ears, pauses included."""
_LONGEST = 100
_SHORTEST = 8
_PAUSE = 8
_SAID_AGAIN = 0.25
_SAME_TOPIC = 0.2
_LEAST_GAIN = 0.05
_LIST, _COUNTED_LIST = 3.5, 9.0
_LAST = 99


@dataclass(frozen=True)
class Candidate:
    """A shortened sentence that could stand in the summary."""

    text: str
    """With its full stop."""
    sources: tuple[int, ...]
    """Numbers of the sentences it comes from."""
    pieces: frozenset[tuple[int, int]]
    """Which pieces of which sentences it holds; two that overlap are not both taken."""
    worth: Worth
    """What it tells."""


def summarise(narration: Narration, seconds: float = 90) -> Summary:
    """The sentences a member needs most, shortened, within `seconds` of speech; what concerns members first.

    Nothing is invented: every sentence keeps characters of its sources, in their order. A document shorter than
    the limit is still shortened, not read out whole.
    """
    budget = int(seconds * CHARACTERS_A_SECOND)
    first = opening(narration, budget // 4)
    left = budget - sum(len(sentence.text) for sentence in first)
    found = [*candidates(narration.sentences), *_lists(narration.sentences)]
    chosen = sorted(_choose(found, left), key=lambda one: (one.worth.order, one.sources, min(one.pieces)))
    return Summary((*first, *(SummarySentence(one.text, one.sources) for one in chosen)))


def candidates(sentences: Sequence[Sentence]) -> Iterator[Candidate]:
    """Every run of pieces within one statement of a sentence that makes a whole sentence."""
    for sentence in sentences:
        if sentence.heading or not sentence.text.endswith(("。", "；", "！", "?", "？")):
            continue
        start = 0
        for pieces in statements_of(sentence.text):
            for first, piece in enumerate(pieces):
                if piece.text and not piece.leans:
                    yield from _runs(pieces, first, sentence.number, start)
            start += len(pieces)


def _runs(pieces: Sequence[Piece], first: int, source: int, start: int) -> Iterator[Candidate]:
    for last in range(first, len(pieces)):
        text = "，".join(piece.text for piece in pieces[first : last + 1] if piece.text)
        if len(text) > _LONGEST:
            return
        if len(text) >= _SHORTEST and not pieces[last].waits and not is_broken(f"{text}。"):
            held = frozenset((source, at) for at in range(start + first, start + last + 1))
            yield Candidate(f"{text}。", (source,), held, worth_of(f"{text}。"))


def _lists(sentences: Sequence[Sentence]) -> Iterator[Candidate]:
    """What a part goes through, in one breath, as the document's own headings have it."""
    for listing in listings(sentences):
        told = worth_of(listing.text)
        facts = {**told.facts, ("list", listing.text): _COUNTED_LIST if listing.counted else _LIST}
        held = frozenset((source, 0) for source in listing.sources)
        yield Candidate(listing.text, listing.sources, held, Worth(facts, told.cost, min(told.order, _LAST)))


def _choose(found: list[Candidate], budget: int) -> list[Candidate]:
    """Again and again the candidate that tells most that is new for its length, until nothing fits."""
    chosen: list[Candidate] = []
    told: Counter[tuple[str, str]] = Counter()
    topics: Counter[str] = Counter()
    while True:
        fitting = [one for one in found if len(one.text) <= budget and not _overlaps(one, chosen)]
        best = max(fitting, key=lambda one: _gain(one, told, topics), default=None)
        if best is None or _gain(best, told, topics) < _LEAST_GAIN:
            return chosen
        chosen.append(best)
        budget -= len(best.text)
        told.update(best.worth.facts.keys())
        topics.update({topic for topic, _ in best.worth.facts})


def _gain(one: Candidate, told: Counter[tuple[str, str]], topics: Counter[str]) -> float:
    news = sum(
        weight * (_SAID_AGAIN if told[fact] else 1.0) / (1 + _SAME_TOPIC * topics[fact[0]])
        for fact, weight in one.worth.facts.items()
    )
    return (news - one.worth.cost) / (len(one.text) + _PAUSE)


def _overlaps(one: Candidate, chosen: Sequence[Candidate]) -> bool:
    return any(one.pieces & other.pieces for other in chosen)
