"""Answers a question with the passage of a document that says it, or says that no document does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dialogs.narration.index import Index
from dialogs.narration.model import NotInDocuments, Passage
from dialogs.narration.ranking import ranked

_SURE = 0.55
"""How likely what is read out must be to hold the answer."""
_READ_OUT = 170
"""Characters of them all: three quarters of a minute of speech."""


def answer(question: str, index: Index) -> Passage | NotInDocuments:
    """The passage that answers, with its clause; NotInDocuments where none tells enough of what was asked."""
    found = ranked(question, index)
    told = read_out([one.passage for one in found], [one.sureness for one in found])
    if not told:
        return NotInDocuments(found[0].passage if found else None)
    return replace(told[0], others=told[1:])


def read_out(passages: Sequence[Passage], likely: Sequence[float]) -> tuple[Passage, ...]:
    """The passage that surely answers, or two of one document that may; none where these are not likely enough.

    A second document that answers as surely is read beside the first, for localities differ. Places of which the same
    is read out are together as likely as all of them.
    """
    together: dict[Passage, float] = {}
    for at in sorted(range(len(likely)), key=lambda at: -likely[at]):
        same = next((one for one in together if _tells_the_same(one, passages[at])), passages[at])
        together[same] = together.get(same, 0.0) + likely[at]
    if not together:
        return ()
    best, *others = sorted(together, key=lambda one: -together[one])
    short = [one for one in others if len(best.text) + len(one.text) <= _READ_OUT]
    if together[best] >= _SURE:
        return best, *[one for one in short if one.key != best.key and together[one] >= _SURE][:1]
    own = [one for one in others if one.key == best.key][:1]
    told = (best, *(one for one in own if one in short))
    return told if sum(together[one] for one in told) >= _SURE else ()


def _tells_the_same(one: Passage, other: Passage) -> bool:
    """Whether one passage is the other, or the other with what stands above it."""
    return one.key == other.key and (one.text in other.text or other.text in one.text)
