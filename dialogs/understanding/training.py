"""Training the classifier from sentences: a few seconds of numpy, no library of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dialogs.understanding.classifier import Classifier, Floats

Told = Callable[[int, int], None]
"""Hears how many of how many steps of the learning are done."""


def unheard(done: int, of: int) -> None:
    """Learning that nobody watches."""
    del done, of


@dataclass(frozen=True)
class Recipe:
    """How to train."""

    rounds: int = 3
    """Passes over the sentences."""
    batch: int = 128
    """Sentences a step."""
    rate: float = 0.3
    """Adagrad step length."""
    least: int = 3
    """A feature of fewer sentences is left out."""
    smooth: float = 0.05
    """Share of certainty spread over all labels."""
    balance: float = 0.4
    """How far a label's share of the sentences is taken out of its scores: 0 not at all, 1 wholly."""
    seed: int = 7
    """For the order of sentences."""


@dataclass(frozen=True)
class _Rows:
    """Sentences as rows of a sparse matrix."""

    starts: NDArray[np.int64]
    columns: NDArray[np.int32]
    values: Floats


@dataclass(frozen=True)
class _Batch:
    """Some sentences: their features one after the other."""

    columns: NDArray[np.int32]
    values: Floats
    line: NDArray[np.int64]
    """Which sentence of the batch each feature belongs to."""
    starts: NDArray[np.int64]
    """Where each sentence begins; none is empty."""


def train(
    sentences: Sequence[Sequence[str]],
    labels: Sequence[str],
    weights: Sequence[float],
    recipe: Recipe,
    told: Told = unheard,
) -> Classifier:
    """A classifier from featurised sentences, their labels and how much each counts; `told` hears of each batch.

    Raises ValueError where a sentence shares no feature with any other, so that nothing can be learnt from it.
    """
    names = tuple(sorted(set(labels)))
    counts = Counter(feature for sentence in sentences for feature in sentence)
    kept = sorted(feature for feature, count in counts.items() if count >= recipe.least)
    vocabulary = {feature: row for row, feature in enumerate(kept)}
    rarity = np.array([np.log((1 + len(sentences)) / (1 + counts[feature])) + 1 for feature in kept], dtype=np.float32)
    rows = _rows(sentences, vocabulary, rarity)
    wanted = np.array([names.index(label) for label in labels])
    counted = np.array(weights, dtype=np.float32)
    matrix, bias = _descend(rows, wanted, counted, len(kept), len(names), recipe, told)
    share = np.log(np.bincount(wanted, counted, len(names)))
    bias -= recipe.balance * (share - share.mean()).astype(np.float32)
    return Classifier(names, vocabulary, rarity, matrix, bias)


def _rows(sentences: Sequence[Sequence[str]], vocabulary: dict[str, int], rarity: Floats) -> _Rows:
    starts = [0]
    columns: list[int] = []
    values: list[Floats] = []
    for number, sentence in enumerate(sentences):
        known = [vocabulary[feature] for feature in sentence if feature in vocabulary]
        if not known:
            raise ValueError(f"sentence {number} has no feature that another has too: nothing is learnt from it")
        columns.extend(known)
        strength = rarity[known]
        values.append(strength / np.linalg.norm(strength))
        starts.append(len(columns))
    return _Rows(np.array(starts), np.array(columns, dtype=np.int32), np.concatenate(values))


def _descend(
    rows: _Rows, wanted: NDArray[np.int64], weight: Floats, features: int, labels: int, recipe: Recipe, told: Told
) -> tuple[Floats, Floats]:
    """Adagrad on the cross-entropy, each step on the features of its own batch only."""
    chance = np.random.default_rng(recipe.seed)
    matrix = np.zeros((features, labels), dtype=np.float32)
    squares = np.full((features, labels), 1e-2, dtype=np.float32)
    bias = np.zeros(labels, dtype=np.float32)
    target = np.full((len(wanted), labels), recipe.smooth / labels, dtype=np.float32)
    target[np.arange(len(wanted)), wanted] += 1 - recipe.smooth
    for turn in range(recipe.rounds):
        rate = recipe.rate * (1 - turn / recipe.rounds)
        order = chance.permutation(len(wanted))
        for begin in range(0, len(order), recipe.batch):
            chosen = order[begin : begin + recipe.batch]
            batch = _batch(rows, chosen)
            error = _guesses(batch, matrix, bias)
            error -= target[chosen]
            error *= weight[chosen, None]
            used, slope = _slope(batch, error)
            squares[used] += slope * slope
            matrix[used] -= rate * slope / np.sqrt(squares[used])
            bias -= 0.1 * rate * error.mean(axis=0)
            told(turn * len(order) + begin, recipe.rounds * len(order))
    return matrix, bias


def _batch(rows: _Rows, chosen: NDArray[np.int64]) -> _Batch:
    spans = [(rows.starts[row], rows.starts[row + 1]) for row in chosen]
    lengths = [end - begin for begin, end in spans]
    return _Batch(
        np.concatenate([rows.columns[begin:end] for begin, end in spans]),
        np.concatenate([rows.values[begin:end] for begin, end in spans])[:, None],
        np.repeat(np.arange(len(chosen)), lengths),
        np.concatenate([[0], np.cumsum(lengths[:-1])]).astype(np.int64),
    )


def _guesses(batch: _Batch, matrix: Floats, bias: Floats) -> Floats:
    """Probabilities of all labels for each sentence. Sums over runs, since a matrix product of this size wakes all
    threads of the linear algebra library for nothing."""
    scores = np.add.reduceat(batch.values * matrix[batch.columns], batch.starts) + bias
    scores -= scores.max(axis=1, keepdims=True)
    guess = np.exp(scores)
    return np.asarray(guess / guess.sum(axis=1, keepdims=True), dtype=np.float32)


def _slope(batch: _Batch, error: Floats) -> tuple[NDArray[np.int32], Floats]:
    """The features of the batch, and which way their weights must go."""
    order = np.argsort(batch.columns, kind="stable")
    used, first = np.unique(batch.columns[order], return_index=True)
    return used, np.add.reduceat(batch.values[order] * error[batch.line[order]], first)
