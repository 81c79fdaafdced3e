"""Learns anew by what signs a passage is taken for an answer: a conditional logit over all documents with questions.

Prints what each folder of documents would come to if the weights were learnt from the other folders alone, and writes
the weights learnt from all to dialogs/narration/judging.toml (`--write`).
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).parents[1]))

from dialogs.narration import build_index, narrate
from dialogs.narration.judging import SIGNS, by_document, names, two_by_two
from dialogs.narration.model import Passage
from dialogs.narration.questions import read_out
from dialogs.narration.ranking import ranked

HERE = Path(__file__).parents[1]
TESTS = HERE / "tests/narration"
SHARED = HERE.parent / "shared" / "documents"
LEARNT_FROM = (
    "unseen",
    "fresh",
    "everyday",
    "everyday_later",
    "everyday_last",
    "everyday_held",
    "forms",
    "forms_later",
    "papers",
    "papers_later",
)
COUNT = {"known": 6, "asked": 3, "everyday_held": 2, "forms": 2, "forms_later": 2, "papers": 3, "papers_later": 3}
"""How often a question counts in learning: more where documents are real, and where nobody has tuned words to it."""
TARGET = HERE / "dialogs/narration/judging.toml"
_HELD_BACK = 60.0
"""How strongly the weights are held near 0."""

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """One question."""

    group: str
    """Folder it comes from."""
    nowhere: bool
    """Whether no document answers it."""
    signs: Matrix
    """A row for each passage that was judged."""
    good: NDArray[np.bool_]
    """Which of them answer."""
    passages: tuple[Passage, ...]
    """What would be read out of each."""
    left: Matrix
    """What is left of the likelihood of each for other reasons."""


def cases(documents: Path, questions: Path, group: str) -> Iterator[Case]:
    """The questions of a .tsv to the documents of a folder."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(documents.glob("*.txt"))}
    index = build_index({name: narrate(text) for name, text in texts.items()})
    with questions.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    for row in rows:
        holders, patterns = row.get("doc") or row["docs"], row.get("patterns") or row.get("holds") or ""
        found = ranked(row["question"], index)
        passages = tuple(one.passage for one in found)
        good = [
            holders != "none" and each.key in holders.split("|") and matches(patterns, each.text) for each in passages
        ]
        signs = np.array([one.signs for one in found]).reshape(-1, len(SIGNS))
        yield Case(
            group, holders == "none", signs, np.array(good, dtype=bool), passages, np.array([one.left for one in found])
        )


def matches(patterns: str, text: str) -> bool:
    return any(all(re.search(part.strip(), text) for part in one.split("&&")) for one in patterns.split("||"))


def learn(some: Sequence[Case]) -> tuple[Matrix, float]:
    """Weights of the signs as they are, and the constant: in each document what answers is to win, or “none of it”."""
    signs = two_by_two(np.vstack([case.signs for case in some]))
    asked = [(at, each.key) for at, case in enumerate(some) for each in case.passages]
    numbers = {one: number for number, one in enumerate(dict.fromkeys(asked))}
    question = np.array([numbers[one] for one in asked])
    mean, spread = signs.mean(axis=0), signs.std(axis=0) + 1e-9
    scaled = np.hstack([(signs - mean) / spread, np.ones((len(signs), 1))])
    good = np.concatenate([case.good for case in some])
    answered = np.bincount(question, good) > 0
    count = np.array([COUNT.get(some[at].group, 1) for at, _ in numbers], dtype=np.float64)

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        winning = np.exp(np.clip(scaled @ weights, -30, 30))
        every = 1 + np.bincount(question, winning)
        right = np.where(answered, np.bincount(question, winning * good), 1.0)
        of_right = np.where(good, winning / right[question], 0.0)
        slope = scaled.T @ (count[question] * (winning / every[question] - of_right))
        held = np.append(weights[:-1], 0.0) * _HELD_BACK
        return float(count @ np.log(every / right) + held @ weights / 2), slope + held

    found = minimize(loss, np.zeros(scaled.shape[1]), jac=True, method="L-BFGS-B").x
    weights = found[:-1] / spread
    return weights, float(found[-1] - weights @ mean)


def outcome(some: Sequence[Case], weights: Matrix, always: float) -> tuple[int, int, int]:
    """Questions answered right, wrong, and declined although a document answers."""
    right = wrong = declined = 0
    for case in some:
        likely = (
            by_document(two_by_two(case.signs) @ weights + always, [each.key for each in case.passages]) * case.left
        )
        told = read_out(case.passages, likely.tolist())
        if not told:
            right, declined = right + case.nowhere, declined + (not case.nowhere)
        else:
            good = any(case.good[case.passages.index(each)] for each in told)
            right, wrong = right + good, wrong + (not good)
    return right, wrong, declined


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="keep the weights learnt from all")
    parser.add_argument("--documents", type=Path, default=SHARED, help="the folder with the known documents")
    options = parser.parse_args()
    every = [case for name in LEARNT_FROM for case in cases(TESTS / name, TESTS / name / "questions.tsv", name)]
    if options.documents.exists():
        every += cases(options.documents, options.documents / "questions.tsv", "known")
        every += cases(options.documents, TESTS / "asked.tsv", "asked")
    total = np.zeros(3, dtype=int)
    for group in dict.fromkeys(case.group for case in every):
        own = [case for case in every if case.group == group]
        result = outcome(own, *learn([case for case in every if case.group != group]))
        total += result
        print(f"{group:16}{len(own):5} right {result[0]:4} wrong {result[1]:4} declined {result[2]:4}")
    print(f"{'all':16}{len(every):5} right {total[0]:4} wrong {total[1]:4} declined {total[2]:4}")
    weights, always = learn(every)
    lines = [
        "# Learnt by bench/narration_judging.py: how much each sign tells that a passage answers.",
        "[weights]",
        f"always = {always:.3f}",
        *(f'"{name}" = {weight:.4f}' for name, weight in zip(names(), weights, strict=True)),
    ]
    if options.write:
        TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
