"""Which intents a recording points to: clear wordings, the classifier over all readings, the situation."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from dialogs.understanding.classifier import Classifier, Floats, softmax
from dialogs.understanding.danger import Danger
from dialogs.understanding.examples import examples
from dialogs.understanding.features import VIEWS, bare, features
from dialogs.understanding.matching import Matcher
from dialogs.understanding.meaning import Guess, Role, Said, Situation
from dialogs.understanding.questions import asked_not_done
from dialogs.understanding.sentences import IntentWords, fingerprint, load_words
from dialogs.understanding.training import Recipe, Told, train, unheard
from dialogs.understanding.values import Values, in_reading
from dialogs.understanding.variation import Draw

ROLES: tuple[Role, ...] = ("member", "secretary")
DRAW = Draw()
RECIPE = Recipe()
READING_WEIGHTS = (1.0, 0.4, 0.25, 0.15, 0.1)
"""How much each reading of a recording counts, best first."""
TEMPERATURE = 0.57
"""Divides the scores; fitted so that a confidence of 0.8 is right in 80 % of utterances (bench/understanding.py)."""
ELSEWHERE = "out_of_scope"
CAUTION = 0.7
"""Taken from the score of ELSEWHERE: to send somebody away who wanted something is the costlier mistake."""
CLEAR_WORDING = 0.9
"""Share of the probability that a matched sentence template takes."""
DANGER = 8.0
"""How much a danger that was heard raises the odds of its intent."""
DANGER_LEAST = 0.02
"""Share that it gets at least, so that it is among the alternatives."""
EXPECTED = 4.0
"""Factor on the odds of an intent that fits what was just asked."""

VERSIONS = 8
"""Learnt files of a role that are kept."""

Chances = Mapping[str, float]
"""Intent -> probability; they sum to one."""

_log = logging.getLogger(__name__)


class IntentReader:
    """The trained classifiers and the templates, for both roles."""

    def __init__(self, classifiers: Mapping[Role, Classifier], words: Sequence[IntentWords]) -> None:
        self._classifiers = classifiers
        self._matcher = Matcher(words)
        self._words = {each.intent: each for each in words}

    @classmethod
    def load(cls, cache_folder: Path | None, told: Told = unheard) -> IntentReader:
        """With the classifiers of the cache folder, or newly trained ones (which are then kept there)."""
        return cls({role: _classifier(role, cache_folder, told) for role in ROLES}, load_words())

    def words(self, intent: str) -> IntentWords:
        """What the .toml files say about an intent."""
        return self._words[intent]

    def classify(self, masked: str, role: Role) -> list[Guess]:
        """All intents of a role by the classifier alone, likeliest first; values are masked."""
        return self.rank(self.alone(masked, role), None, role)

    def alone(self, masked: str, role: Role) -> Chances:
        """What the classifier alone makes of a sentence or a part of one; values are masked."""
        classifier = self._classifiers[role]
        return dict(zip(classifier.labels, map(float, _chances(classifier, masked)), strict=True))

    def chances(self, said: Said, values: Values, situation: Situation) -> Chances:
        """Intent -> how likely it is here, over all readings: those open to the speaker, and every need."""
        classifier = self._classifiers[situation.role]
        chances = self._classified(classifier, said, values, situation)
        clear = self._matcher.intent(values, situation.role)
        if clear is not None:
            chances *= 1 - CLEAR_WORDING
            chances[classifier.labels.index(clear)] += CLEAR_WORDING
        raised = [EXPECTED if label in situation.expecting else 1.0 for label in classifier.labels]
        chances = chances * np.array(raised, dtype=np.float32)
        shares = dict(zip(classifier.labels, map(float, chances / chances.sum()), strict=True))
        if situation.role == "secretary":
            shares = asked_not_done(shares, said.text)
        own = self._matcher.own_wish(values) if situation.role == "secretary" and clear is None else None
        return shares if own is None else _with_own_wish(shares, own)

    def rank(self, chances: Chances, danger: Danger | None, role: Role) -> list[Guess]:
        """All intents open to the speaker, likeliest first; a danger that was heard raises its own."""
        odds = {intent: share for intent, share in chances.items() if self._open_to(intent, role)}
        if danger is not None and danger.intent in odds:
            odds[danger.intent] = odds[danger.intent] * (1 + DANGER * danger.confidence) + DANGER_LEAST
        total = sum(odds.values())
        guesses = [Guess(intent, share / total) for intent, share in odds.items()]
        return sorted(guesses, key=lambda guess: -guess.confidence)

    def _open_to(self, intent: str, role: Role) -> bool:
        """Whether a speaker of this role may mean it; an officer is a member too, where the wording says so."""
        words = self._words[intent]
        return words.for_role(role) or (role == "secretary" and bool(words.officer))

    def _classified(self, classifier: Classifier, said: Said, values: Values, situation: Situation) -> Floats:
        """Probabilities over all readings."""
        total = np.zeros(len(classifier.labels), dtype=np.float32)
        readings = (said.text, *said.alternatives)[: len(READING_WEIGHTS)]
        known: dict[str, Floats] = {}
        for number, (reading, weight) in enumerate(zip(readings, READING_WEIGHTS, strict=False)):
            words = bare(reading)
            if words not in known:  # one in three differs from another in its commas alone
                there = in_reading(values, reading, number, situation) if number else values
                known[words] = _chances(classifier, there.masked())
            total += weight * known[words]
        return np.asarray(total / total.sum(), dtype=np.float32)


def _with_own_wish(chances: Chances, own: str) -> Chances:
    """The chances with a member's wish that an officer has, which the officers' classifier does not know."""
    return {**{intent: share * (1 - CLEAR_WORDING) for intent, share in chances.items()}, own: CLEAR_WORDING}


def _chances(classifier: Classifier, masked: str) -> Floats:
    """Calibrated probabilities for one sentence."""
    scores = classifier.scores(features(masked))
    scores[classifier.labels.index(ELSEWHERE)] -= CAUTION
    return softmax(scores, TEMPERATURE)


def _classifier(role: Role, cache_folder: Path | None, told: Told) -> Classifier:
    path = cache_folder / f"meanings-{role}-{_version()}.npz" if cache_folder else None
    if path is not None and path.exists():
        try:
            return Classifier.read(path)
        except (OSError, ValueError, KeyError, EOFError, BadZipFile):
            _log.warning("The learnt intents in %s cannot be read and are learnt again.", path.name)
    learnt = learn(role, load_words(), told)
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        learnt.save(path)
        _forget(path.parent, role)
    return learnt


def _forget(folder: Path, role: Role) -> None:
    """Delete what was learnt from older sentences; a few stay, since several versions may share a machine."""
    kept = sorted(folder.glob(f"meanings-{role}-*.npz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in kept[VERSIONS:]:
        old.unlink(missing_ok=True)


def _version() -> str:
    """Changes with everything that changes what is learnt."""
    return fingerprint(DRAW, RECIPE, VIEWS)


def learn(role: Role, words: Sequence[IntentWords], told: Told = unheard) -> Classifier:
    """Train the classifier of a role from what people say; `told` hears how far it is, for each role from the start."""
    made = examples(words, role, DRAW)
    steps = len(made) * (1 + RECIPE.rounds)
    rows = []
    for number, example in enumerate(made):
        rows.append(features(example.text))
        if number % RECIPE.batch == 0:
            told(number, steps)
    return train(
        rows,
        [example.intent for example in made],
        [example.weight for example in made],
        RECIPE,
        lambda done, _: told(len(made) + done, steps),
    )
