"""Answers a question with the passage of a document that says it, or says that no document does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dialogs.narration.asking import Asked, asked
from dialogs.narration.index import Index
from dialogs.narration.model import NotInDocuments, Passage
from dialogs.narration.passages import passage_of
from dialogs.narration.ranking import Found, ranked

_SURE = 0.43
"""How likely a passage must be to answer, to be read out as the answer."""
_LIKELY = 0.3
"""And one of another document, to be read out beside it."""
_NEARLY_AS_GOOD = 0.9
_MOST_OTHERS = 3


def answer(question: str, index: Index) -> Passage | NotInDocuments:
    """The passage that answers, with its clause; NotInDocuments where none tells enough of what was asked."""
    found = ranked(question, index)
    if not found:
        return NotInDocuments()
    wanted = asked(question)
    passage = passage_of(index, index.places[found[0].place], wanted)
    if found[0].sureness < _SURE:
        return NotInDocuments(passage)
    return replace(passage, others=_others(index, found, wanted))


def _others(index: Index, found: Sequence[Found], wanted: Asked) -> tuple[Passage, ...]:
    """The best passages of other documents, where they answer nearly as well: localities differ."""
    seen = {index.places[found[0].place].key}
    others: list[Passage] = []
    for one in found[1:]:
        place = index.places[one.place]
        as_good = one.score >= _NEARLY_AS_GOOD * found[0].score and one.sureness >= _LIKELY
        if as_good and place.key not in seen and len(others) < _MOST_OTHERS:
            seen.add(place.key)
            others.append(passage_of(index, place, wanted))
    return tuple(others)
