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

    A second document that answers as surely is read beside the first, for localities differ.
    """
    together: dict[tuple[str, str], float] = {}
    for passage, each in zip(passages, likely, strict=True):  # places of one passage are as likely as all of them
        together[passage.key, passage.text] = together.get((passage.key, passage.text), 0.0) + each
    if not together:
        return ()
    best, *others = sorted(together, key=lambda one: -together[one])
    short = [one for one in others if len(best[1]) + len(one[1]) <= _READ_OUT]
    told = [best]
    if together[best] >= _SURE:
        told += [one for one in short if one[0] != best[0] and together[one] >= _SURE][:1]
    else:
        own = [one for one in others if one[0] == best[0]][:1]
        if not own or own[0] not in short or together[best] + together[own[0]] < _SURE:
            return ()
        told += own
    named = {(passage.key, passage.text): passage for passage in passages}
    return tuple(named[one] for one in told)
