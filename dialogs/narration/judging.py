"""Judges how likely a place answers a question, from few plain signs weighed by what was learnt of many questions.

A single threshold on the words in common declined what old people say in their own words, and answered what no
document tells. The weights are a logistic regression's (bench/narration_judging.py), over documents of every shape, on
the signs and on each with each: rather little words in common are enough where the kind of answer fits.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from typing import cast

import numpy as np
from numpy.typing import NDArray

from dialogs.narration.data import load
from dialogs.narration.evidence import Evidence

SIGNS = (
    "words", "among_best", "rival", "spoken_of", "itself", "document", "other_document", "fits", "misfits", "heading",
    "longer", "meant_for", "missing", "missing_next", "points", "amount", "says_whether",
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


def likelihood(signs: Signs) -> Signs:
    """For each place (a row of its signs in the order of SIGNS) the likelihood, 0 to 1, that it answers."""
    always, weights = _learnt()
    tendency = two_by_two(signs) @ weights + always
    return np.asarray(1 / (1 + np.exp(-tendency)), dtype=np.float64)


def two_by_two(signs: Signs) -> Signs:
    """The signs, and behind them each with each: words in common tell much less where what was asked for is missing."""
    first, second = np.triu_indices(len(SIGNS))
    return np.hstack([signs, signs[:, first] * signs[:, second]])


def names() -> tuple[str, ...]:
    """What the columns of `two_by_two` are called in judging.toml."""
    first, second = np.triu_indices(len(SIGNS))
    return (*SIGNS, *(f"{SIGNS[one]}*{SIGNS[other]}" for one, other in zip(first, second, strict=True)))


@cache
def _learnt() -> tuple[float, Signs]:
    learnt = cast(Mapping[str, float], load("judging")["weights"])
    return learnt["always"], np.array([learnt[name] for name in names()])
