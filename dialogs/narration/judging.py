"""Judges of each place how surely it answers a question, from few plain signs weighed by what was learnt of many.

A single threshold on the words in common declined what old people say in their own words, and answered what no
document tells. The places of a document are judged together, for only one of them is the answer, or none: what one
wins, the others lose (a conditional logit over the places and “none of them”; bench/narration_judging.py learns it from
documents of every shape).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache
from typing import cast

import numpy as np
from numpy.typing import NDArray

from dialogs.narration.data import load
from dialogs.narration.evidence import Evidence
from dialogs.narration.meanings import nearness

SIGNS = (
    "words", "among_best", "rival", "spoken_of", "itself", "document", "other_document", "fits", "misfits", "heading",
    "longer", "meant_for", "missing", "missing_next", "points", "amount", "says_whether",
    "told", "alike", "untold", "told_less", "alike_less", "untold_more",
)  # fmt: skip
"""What is looked at, in the order of the rows that `signs` gives."""
_DOUBT = 0.4
_EASILY_HEARD = 40
_MOST_AMOUNT, _NO_RIVAL = 4.0, 1.5

Signs = NDArray[np.float64]


def from_evidence(evidence: Evidence) -> dict[str, Signs]:
    """Those of the signs that tell how much of the question the places speak of."""
    weights = evidence.weights.astype(np.float64)
    places = evidence.document.size
    total = float(weights.sum()) or 1.0
    if not len(weights):
        nothing = np.zeros(places)
        missing = np.vstack([np.ones(places), nothing])
        held = own = nothing
    else:
        held, own = weights @ evidence.held, weights @ evidence.own
        missing = -np.sort(-(weights[:, None] * (1 - evidence.held) / total), axis=0)
    return {
        "spoken_of": held / (total + _DOUBT),
        "itself": own / (total + _DOUBT),
        "document": evidence.document.astype(np.float64),
        "other_document": evidence.document.max() - evidence.document.astype(np.float64),
        "missing": missing[0],
        "missing_next": missing[1] if len(missing) > 1 else np.zeros(places),
        "points": np.full(places, math.log1p(len(weights))),
        "amount": np.minimum(held, _MOST_AMOUNT),
    }


def longer(length: int) -> float:
    """How often an easily heard sentence must be doubled to be as long."""
    return max(0.0, math.log2(max(1, length) / _EASILY_HEARD))


def rivalry(score: float, other: float) -> float:
    """How near another sentence comes: 1 is level."""
    return min(other / score, _NO_RIVAL) if score > 0 else _NO_RIVAL


def from_meaning(question: str, texts: Sequence[str]) -> dict[str, Signs]:
    """Those that tell how near each place comes in meaning, by itself and beside the nearest of them."""
    near = nearness(question, texts)
    told = np.array([each.told for each in near], dtype=np.float64)
    alike = np.array([each.alike for each in near], dtype=np.float64)
    untold = np.array([each.untold for each in near], dtype=np.float64)
    return {
        "told": told,
        "alike": alike,
        "untold": untold,
        "told_less": told - told.max(),
        "alike_less": alike - alike.max(),
        "untold_more": untold - untold.min(),
    }


def likelihood(signs: Signs, documents: Sequence[str]) -> Signs:
    """For each place (a row of its signs in the order of SIGNS; its document) the likelihood that it answers."""
    learnt = cast(Mapping[str, float], load("judging")["weights"])
    weights = np.array([learnt.get(name, 0.0) for name in names()])  # a sign nobody has learnt yet tells nothing
    return by_document(two_by_two(signs) @ weights + learnt["always"], documents)


def two_by_two(signs: Signs) -> Signs:
    """The signs, and behind them each with each: words in common tell much less where what was asked for is missing."""
    first, second = np.triu_indices(len(SIGNS))
    return np.hstack([signs, signs[:, first] * signs[:, second]])


@cache
def names() -> tuple[str, ...]:
    """What the columns of `two_by_two` are called in judging.toml."""
    first, second = np.triu_indices(len(SIGNS))
    return (*SIGNS, *(f"{SIGNS[one]}*{SIGNS[other]}" for one, other in zip(first, second, strict=True)))


def by_document(tendencies: Signs, documents: Sequence[str]) -> Signs:
    """Likelihoods out of tendencies. Each document is asked by itself: two that say the same are no rivals."""
    owners = np.array(documents)
    likely = np.zeros(len(tendencies))
    for document in set(documents):
        likely[owners == document] = shared_out(tendencies[owners == document])
    return likely


def shared_out(tendencies: Signs) -> Signs:
    """Likelihoods out of tendencies; that nothing answers has the tendency 0."""
    most = max(0.0, float(tendencies.max(initial=0.0)))
    counts = np.exp(tendencies - most)
    return np.asarray(counts / (np.exp(-most) + counts.sum()), dtype=np.float64)
