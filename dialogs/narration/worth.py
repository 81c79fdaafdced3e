"""What a statement tells a member: the topics it speaks of and the figures it gives."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import cast

from dialogs.narration.data import load


@dataclass(frozen=True)
class Topic:
    """One thing that members want to know about."""

    name: str
    """Its name in topics.toml."""
    weight: float
    """What saying something about it is worth."""
    order: int
    """Its place in the summary: what concerns members themselves comes first."""
    patterns: tuple[re.Pattern[str], ...]
    """How it is spoken of."""


@dataclass(frozen=True)
class Worth:
    """What one candidate sentence would bring."""

    facts: Mapping[tuple[str, str], float]
    """The things said, each (topic, words) with its weight; what was said already is worth nothing again."""
    cost: float
    """What its rhetoric takes away."""
    order: int
    """Place of its weightiest topic; behind all topics if it has none."""


@cache
def _topics() -> tuple[Topic, ...]:
    tables = cast(list[dict[str, object]], load("topics")["topic"])
    return tuple(
        Topic(
            str(table["name"]),
            float(cast(float, table["weight"])),
            order,
            tuple(re.compile(pattern) for pattern in cast(list[str], table["patterns"])),
        )
        for order, table in enumerate(tables)
    )


@cache
def _penalty(name: str) -> tuple[float, tuple[re.Pattern[str], ...]]:
    table = cast(Mapping[str, object], load("topics")[name])
    patterns = tuple(re.compile(pattern) for pattern in cast(list[str], table["patterns"]))
    return float(cast(float, table["cost"])), patterns


def worth_of(text: str) -> Worth:
    """Topics, figures and rhetoric of a text."""
    facts: dict[tuple[str, str], float] = {}
    best, order = 0.0, len(_topics())
    for topic in _topics():
        found = 0.0
        for at, pattern in enumerate(topic.patterns):
            for match in pattern.finditer(text):
                facts[topic.name, f"{at}:{match.group()}"] = topic.weight
                found += topic.weight
        if found > best:
            best, order = found, topic.order
    cost = 0.0
    for name in ("rhetoric", "officials", "empty", "frame", "vague", "between_offices"):
        each, patterns = _penalty(name)
        cost += each * sum(1 for pattern in patterns for _ in pattern.finditer(text))
    return Worth(facts, cost, order)
