"""Answers a question with the passage of a document that says it, or says that no document does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dialogs.narration.asking import Answers, asked
from dialogs.narration.index import Index
from dialogs.narration.model import NotInDocuments, Passage
from dialogs.narration.passages import passage_of
from dialogs.narration.ranking import Found, ranked

_SURE = 0.55
_AHEAD, _FAR_AHEAD = 0.2, 0.5
"""What it adds that no other passage comes near, and the lead over the second from which it adds no more."""
_NEARLY_AS_GOOD = 0.9
_MOST_OTHERS = 3


def answer(question: str, index: Index) -> Passage | NotInDocuments:
    """The passage that answers, with its clause; NotInDocuments where none tells enough of what was asked."""
    found = ranked(question, index)
    if not found:
        return NotInDocuments()
    best = found[0]
    wanted = asked(question).answers
    passage = passage_of(index, index.places[best.place], wanted)
    if best.sureness + _AHEAD * min(_lead(index, found), _FAR_AHEAD) < _SURE:
        return NotInDocuments(passage)
    return replace(passage, others=_others(index, found, wanted))


def _lead(index: Index, found: Sequence[Found]) -> float:
    """How far the best passage is ahead of the best of another sentence, as a share of its own score."""
    best = index.places[found[0].place]
    for one in found[1:]:
        place = index.places[one.place]
        if (place.key, place.sentence) != (best.key, best.sentence):
            return 1 - one.score / found[0].score
    return 1.0


def _others(index: Index, found: Sequence[Found], wanted: Answers) -> tuple[Passage, ...]:
    """The best passages of other documents, where they answer nearly as well: localities differ."""
    seen = {index.places[found[0].place].key}
    others: list[Passage] = []
    for one in found[1:]:
        if len(others) == _MOST_OTHERS or one.score < _NEARLY_AS_GOOD * found[0].score:
            break
        place = index.places[one.place]
        if one.sureness >= _SURE - _AHEAD * _FAR_AHEAD and place.key not in seen:
            seen.add(place.key)
            others.append(passage_of(index, place, wanted))
    return tuple(others)
