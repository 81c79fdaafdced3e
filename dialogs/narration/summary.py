"""What a document means for its members, in a minute and a half of speech, in its own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dialogs.narration.compress import Atom, atoms_of, is_broken
from dialogs.narration.model import Narration, Sentence, Summary, SummarySentence
from dialogs.narration.opening import opening
from dialogs.narration.worth import Worth, worth_of

CHARACTERS_A_SECOND = 330 / 90
"""How fast a summary is spoken to old ears, pauses included."""
_LONGEST = 100
_SHORTEST = 8
_PAUSE = 4
_SAID_AGAIN = 0.25


@dataclass(frozen=True)
class Candidate:
    """A shortened sentence that could stand in the summary."""

    text: str
    """With its full stop."""
    source: int
    """Number of the sentence it comes from."""
    atoms: range
    """Which atoms of the sentence it holds; two that overlap are not both taken."""
    worth: Worth
    """What it tells."""


def summarise(narration: Narration, seconds: float = 90) -> Summary:
    """The sentences a member needs most, shortened, within `seconds` of speech; what concerns members first.

    Nothing is invented: every sentence keeps characters of its sources, in their order. A document shorter than
    the limit is still shortened, not read out whole.
    """
    budget = int(seconds * CHARACTERS_A_SECOND)
    first = opening(narration, budget // 4)
    left = budget - sum(len(sentence.text) for sentence in first)
    chosen = _choose(list(candidates(narration.sentences)), left)
    chosen.sort(key=lambda candidate: (candidate.worth.order, candidate.source, candidate.atoms.start))
    return Summary((*first, *(SummarySentence(one.text, (one.source,)) for one in chosen)))


def candidates(sentences: Sequence[Sentence]) -> Iterator[Candidate]:
    """Every run of atoms within one statement of a sentence that makes a whole sentence."""
    for sentence in sentences:
        if sentence.heading or not sentence.text.endswith(("。", "；", "！", "?", "？")):
            continue
        start = 0
        for atoms in atoms_of(sentence.text):
            for first in range(len(atoms)):
                yield from _runs(atoms, first, sentence.number, start)
            start += len(atoms)


def _runs(atoms: Sequence[Atom], first: int, source: int, start: int) -> Iterator[Candidate]:
    for last in range(first, len(atoms)):
        text = "，".join(atom.text for atom in atoms[first : last + 1])
        if len(text) > _LONGEST:
            return
        if len(text) >= _SHORTEST and not is_broken(text):
            yield Candidate(f"{text}。", source, range(start + first, start + last + 1), worth_of(text))


def _choose(found: list[Candidate], budget: int) -> list[Candidate]:
    """Again and again the candidate that tells most that is new for its length, until nothing fits."""
    chosen: list[Candidate] = []
    told: Counter[tuple[str, str]] = Counter()
    topics: Counter[str] = Counter()
    while True:
        fitting = [one for one in found if len(one.text) <= budget and not _overlaps(one, chosen)]
        best = max(fitting, key=lambda one: _gain(one, told, topics), default=None)
        if best is None or _gain(best, told, topics) <= 0:
            return chosen
        chosen.append(best)
        budget -= len(best.text)
        told.update(best.worth.facts.keys())
        topics.update({topic for topic, _ in best.worth.facts})


def _gain(one: Candidate, told: Counter[tuple[str, str]], topics: Counter[str]) -> float:
    news = sum(
        weight * (_SAID_AGAIN if told[fact] else 1.0) / (1 + 0.35 * topics[fact[0]])
        for fact, weight in one.worth.facts.items()
    )
    return (news - one.worth.cost) / (len(one.text) + _PAUSE)


def _overlaps(one: Candidate, chosen: Sequence[Candidate]) -> bool:
    return any(
        one.source == other.source and one.atoms.start < other.atoms.stop and other.atoms.start < one.atoms.stop
        for other in chosen
    )
