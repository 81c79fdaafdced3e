"""What each part of the intent classifier is worth: the same sentences, one part left out at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rich.table import Table

from bench.understanding_scores import Line
from dialogs.understanding.classifier import Classifier, Floats, softmax
from dialogs.understanding.examples import examples
from dialogs.understanding.features import VIEWS, features
from dialogs.understanding.intents import DRAW, READING_WEIGHTS, RECIPE, ROLES
from dialogs.understanding.meaning import Person, Role, Situation, Title
from dialogs.understanding.sentences import load_words
from dialogs.understanding.training import train
from dialogs.understanding.values import find_values, in_reading
from dialogs.understanding.variation import Draw

VARIANTS: tuple[tuple[str, str, Draw], ...] = (
    ("all of it", VIEWS, DRAW),
    ("no characters", VIEWS.replace("c", ""), DRAW),
    ("no syllables", VIEWS.replace("s", ""), DRAW),
    ("no confusion classes", VIEWS.replace("k", ""), DRAW),
    ("characters alone", "c", DRAW),
    ("no regional words", VIEWS, replace(DRAW, dialect=0.0)),
    ("nothing misheard", VIEWS, replace(DRAW, misheard=0.0)),
    ("nothing slurred", VIEWS, replace(DRAW, accent=DRAW.accent + DRAW.slurred, slurred=0.0)),
    ("nothing around the point", VIEWS, replace(DRAW, frame=0.0, chatter=0.0, denied=0.0)),
    ("three wordings a template", VIEWS, replace(DRAW, most=3)),
)

Masked = list[tuple[Line, list[str]]]


def ablation(written: Sequence[Line], heard: Sequence[Line], roster: Sequence[Person], docs: Sequence[Title]) -> Table:
    """First and first two right, written and heard, by the classifier alone (no templates, no danger)."""
    lines = {"text": _masked(written, roster, docs), "audio": _masked(heard, roster, docs)}
    table = Table("part", "text first", "first two", "audio first", "first two", title="What each part is worth")
    for name, views, draw in VARIANTS:
        learnt = {role: _learn(role, views, draw) for role in ROLES}
        table.add_row(name, *(cell for masked in lines.values() for cell in _shares(learnt, masked, views)))
    return table


def _masked(lines: Sequence[Line], roster: Sequence[Person], docs: Sequence[Title]) -> Masked:
    made: Masked = []
    for line in lines:
        situation = Situation(line.role, line.now, tuple(roster), tuple(docs))
        values = find_values(line.said, situation)
        others = line.said.alternatives[: len(READING_WEIGHTS) - 1]
        readings = [in_reading(values, text, number, situation) for number, text in enumerate(others, start=1)]
        made.append((line, [each.masked() for each in (values, *readings)]))
    return made


def _learn(role: Role, views: str, draw: Draw) -> Classifier:
    made = examples(load_words(), role, draw)
    texts = [features(example.text, views) for example in made]
    return train(texts, [example.intent for example in made], [example.weight for example in made], RECIPE)


def _shares(learnt: dict[Role, Classifier], masked: Masked, views: str) -> tuple[str, str]:
    first = two = 0
    for line, readings in masked:
        classifier = learnt[line.role]
        chances: list[Floats] = [
            weight * softmax(classifier.scores(features(text, views)))
            for text, weight in zip(readings, READING_WEIGHTS, strict=False)
        ]
        order = sum(chances[1:], start=chances[0]).argsort()[::-1]
        ranking = [classifier.labels[at] for at in order[:2]]
        first += ranking[0] in line.right
        two += bool(set(ranking) & line.right)
    count = max(1, len(masked))
    return f"{first / count:.1%}", f"{two / count:.1%}"
