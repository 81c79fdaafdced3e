"""Finds the passages nearest to a question, and judges of each how surely it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dialogs.narration.asking import Asked, asked
from dialogs.narration.evidence import Scores, gather, tells_whom_to_ask
from dialogs.narration.index import Index
from dialogs.narration.judging import SIGNS, Signs, from_evidence, from_meaning, likelihood, longer, rivalry
from dialogs.narration.levels import Ids
from dialogs.narration.looking import LookedAt, as_asked, discount, look_at
from dialogs.narration.model import Passage
from dialogs.narration.passages import passage_of
from dialogs.narration.places import kinds_meant, meant
from dialogs.narration.surroundings import headings_over, is_title

_LOOKED_AT = 200
_WORTH_A_LOOK = 0.3
_JUDGED = 8
"""So many of the best are judged closely."""
_WITHOUT_WHAT_WAS_ASKED = 0.4
_ONLY_A_HEADING = 0.9
_LONG_WINDED, _A_FEW_WORDS = 0.04, 8
"""What each doubling beyond what is easily heard takes from a place; and fewer characters than a statement has."""
_BY_DOCUMENT = 0.4
"""What a place loses if its document never speaks of anything the question is about."""
_MEANT_FOR, _FOR_OTHERS = 1.3, 0.6


@dataclass(frozen=True)
class Found:
    """A place that may answer, as it would be read out."""

    passage: Passage
    """What would be read out."""
    score: float
    """How much of the question it accounts for; by this places come into question."""
    sureness: float
    """How likely it answers, 0 to 1; by this they are ranked."""
    signs: tuple[float, ...] = ()
    """What that is judged by, in the order of judging.SIGNS."""
    left: float = 1.0
    """What was left of the likelihood for a reason that is not weighed: looking.discount."""


def ranked(question: str, index: Index) -> list[Found]:
    """The best places first; empty where nothing of the question stands in any document."""
    keys, rest = meant(question, index.localities)
    kind = kinds_meant(question, {key: narration.title for key, narration in index.documents.items()})
    keys = (keys & kind) or keys or kind
    wanted = asked(rest)
    weights = {name: weight * index.rarity(name) for name, weight in wanted.weights.items()}
    places = _likely(weights, index, keys)
    if not weights or not len(places):
        return []
    features = {*weights, *(name for point in wanted.points for name in (*point.features, *point.loose))}
    shares = {name: index.shares(name, places) for name in features}
    words = sum((shares[name] * np.float32(weight) for name, weight in weights.items()), np.zeros(len(places)))
    words = np.asarray(words / sum(weights.values()), dtype=np.float64)
    looked_at = as_asked(wanted, [look_at(index, int(place), wanted) for place in places])
    signs = from_evidence(gather(wanted.points, index, places, shares, looked_at))
    spoken = signs["spoken_of"] * (1 - _BY_DOCUMENT * (1 - signs["document"])) if wanted.points else words
    worth = np.array([_worth(each) for each in looked_at])
    scores = (words + spoken) / 2 * worth
    chosen = np.argsort(-scores, kind="stable")[:_JUDGED]
    signs |= _signs_of_places(wanted, looked_at, scores, words)
    passages = [passage_of(index, looked_at[at].place, wanted) for at in chosen]
    under = [_heard_under(index, looked_at[at]) for at in chosen]
    meaning = from_meaning(rest, [f"{over}。{each.text}" for over, each in zip(under, passages, strict=True)])
    judged = np.column_stack([meaning[name] if name in meaning else signs[name][chosen] for name in SIGNS])
    left = np.array([discount(index, looked_at[at], wanted) for at in chosen])
    sure = likelihood(judged, [each.key for each in passages]) * left
    found = [
        Found(passages[row], float(scores[at]), float(sure[row]), tuple(map(float, judged[row])), float(left[row]))
        for row, at in enumerate(chosen)
        if scores[at] > 0
    ]
    return sorted(found, key=lambda one: -one.sureness)


def _likely(weights: Mapping[str, float], index: Index, keys: frozenset[str]) -> Ids:
    """The places that come into question, by a quick sum over levels; only of the documents named, if any are."""
    scores = np.zeros(len(index.places), dtype=np.float32)
    for level in index.levels:
        sums = np.zeros(len(level.sizes), dtype=np.float32)
        for name, weight in weights.items():
            sums[level.holding(name)] += np.float32(weight * level.share)
        scores += sums[level.groups]
    if keys:
        scores[~np.array([key in keys for key in index.documents], dtype=bool)[index.owners]] = 0
    likely = np.flatnonzero(scores > _WORTH_A_LOOK * scores.max(initial=0.0))
    if len(likely) > _LOOKED_AT:
        likely = likely[np.argsort(-scores[likely], kind="stable")[:_LOOKED_AT]]
    return likely.astype(np.int32)


def _heard_under(index: Index, each: LookedAt) -> str:
    """The headings above a place; for a line that tells whom to ask what all of its document is about."""
    narration = index.documents[each.place.key]
    above = [one.text for one in headings_over(narration.sentences, each.sentence)]
    return "，".join([narration.title, *above] if tells_whom_to_ask(each.place.text) else above)


def _worth(each: LookedAt) -> float:
    """What a place is worth as an answer, its words apart: what it holds, whom it is meant for, how it is to hear."""
    if is_title(each.sentence):
        return 0.0  # a title names what its document answers, and answers nothing
    length = len(each.place.text)
    worth = (_WITHOUT_WHAT_WAS_ASKED if each.fits is False else 1.0) * (1 - _LONG_WINDED * longer(length))
    worth *= {None: 1.0, True: _MEANT_FOR, False: _FOR_OTHERS}[each.meant_for]
    return worth * (_ONLY_A_HEADING if each.sentence.heading or length < _A_FEW_WORDS else 1.0)


def _signs_of_places(wanted: Asked, places: Sequence[LookedAt], scores: Scores, words: Signs) -> dict[str, Signs]:
    """The signs that the evidence does not tell."""
    fits = np.array([each.fits is True for each in places], dtype=np.float64)
    return {
        "words": words,
        "among_best": words / (float(words.max(initial=0.0)) or 1.0),
        "rival": _rivals([(each.place.key, each.announced or each.place.sentence) for each in places], scores),
        "fits": fits,
        "misfits": (1 - fits) * (wanted.answers is not None),
        "heading": np.array([float(each.sentence.heading) for each in places]),
        "longer": np.array([longer(len(each.place.text)) for each in places]),
        "meant_for": np.array([float(each.meant_for is True) for each in places]),
        "says_whether": np.array([float(each.says_whether) for each in places]),
    }


def _rivals(sentences: Sequence[tuple[str, int]], scores: Scores) -> Signs:
    """For each place how near the best of another sentence comes to it; items of one list are no rivals."""
    order = np.argsort(-scores, kind="stable")
    best = sentences[order[0]]
    second = next((float(scores[at]) for at in order if sentences[at] != best), 0.0)
    first = float(scores[order[0]])
    return np.array(
        [rivalry(float(score), second if one == best else first) for one, score in zip(sentences, scores, strict=True)]
    )
