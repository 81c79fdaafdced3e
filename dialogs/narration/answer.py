"""Answers a question with the passage of a document that says it, or says that no document does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from dialogs.narration.clause import spoken_clause
from dialogs.narration.data import load
from dialogs.narration.features import question_features
from dialogs.narration.index import Index, Place, sentence_of
from dialogs.narration.model import NotInDocuments, Passage

_SURE = 0.40
_NEARLY_AS_GOOD = 0.9
_WITHOUT_WHAT_WAS_ASKED = 0.55
_READ_OUT = 130


def answer(question: str, index: Index) -> Passage | NotInDocuments:
    """The passage that answers, with its clause; NotInDocuments where none tells enough of what was asked."""
    scores = _scores(question, index)
    if not len(scores):
        return NotInDocuments()
    best = int(scores.argmax())
    passage = _passage(index, index.places[best])
    if scores[best] < _SURE:
        return NotInDocuments(passage if scores[best] > 0 else None)
    return replace(passage, others=_others(index, scores, best))


def _scores(question: str, index: Index) -> NDArray[np.float32]:
    """For each place, the share of the question's weight that it accounts for."""
    scores = np.zeros(len(index.places), dtype=np.float32)
    asked = {name: weight * index.rarity(name) for name, weight in question_features(question).items()}
    total = sum(asked.values())
    if not total:
        return scores
    for name, weight in asked.items():
        if name in index.postings:
            at, share = index.postings[name]
            scores[at] += share * np.float32(weight / total)
    for holds in _expected(question):
        for at in np.argsort(scores)[::-1][:200]:
            if not holds.search(index.places[int(at)].text):
                scores[at] *= _WITHOUT_WHAT_WAS_ASKED
    return scores


@cache
def _expectations() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    tables = load("synonyms")["expected"]
    assert isinstance(tables, Mapping)
    return tuple((re.compile(table["asked"]), re.compile(table["holds"])) for table in tables.values())


def _expected(question: str) -> list[re.Pattern[str]]:
    """What an answer must hold: an amount of money to 多少钱, a month to 几月."""
    return [holds for asked, holds in _expectations() if asked.search(question)][:1]


def _passage(index: Index, place: Place) -> Passage:
    narration = index.documents[place.key]
    sentence = sentence_of(narration, place.sentence)
    text, sources = sentence.text, [sentence.number]
    if len(text) > _READ_OUT:
        text = place.text
    following = sentence.number + 1
    while sentence.heading and following <= len(narration.sentences) and len(sources) < 2:
        text, sources = f"{text}。{sentence_of(narration, following).text}", [*sources, following]
        following += 1
    return Passage(narration.title, spoken_clause(sentence.clause), text, tuple(sources), place.key)


def _others(index: Index, scores: NDArray[np.float32], best: int) -> tuple[Passage, ...]:
    """The best passages of other documents, where they answer nearly as well: localities differ."""
    seen = {index.places[best].key}
    found: list[Passage] = []
    for at in np.argsort(scores)[::-1][:50]:
        if scores[at] < max(_SURE, _NEARLY_AS_GOOD * scores[best]):
            break
        place = index.places[int(at)]
        if place.key not in seen:
            seen.add(place.key)
            found.append(_passage(index, place))
    return tuple(found)
