"""Rules that join notions into reports of danger, and the scopes that take a notion's meaning away."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import TypedDict, cast

from dialogs.understanding.danger_heard import Utterance, listen
from dialogs.understanding.danger_notions import Notion, spread, word_data
from dialogs.understanding.danger_words import Hit, find_notions

UNASKED = "unasked"
"""The scope of another wish that is denied; it takes nothing from a report."""
WITHIN = 45
"""Syllables in which the notions of a rule must stand, unless it says otherwise."""


class ScopeData(TypedDict, total=False):
    """One [scopes.NAME] of danger_rules.toml."""

    words: list[str]
    reach: int
    stops: str
    everywhere: bool
    clause: bool


class SilencedData(TypedDict, total=False):
    """One [[silenced]] of danger_rules.toml."""

    by: str
    role: str
    kinds: list[str]
    unless: list[str]


class RuleData(TypedDict):
    """danger_rules.toml."""

    figures: list[str]
    scopes: dict[str, ScopeData]
    rules: dict[str, dict[str, list[str]]]
    silenced: list[SilencedData]
    aside: dict[str, list[str]]


@dataclass(frozen=True)
class Rule:
    """Notions that together report danger."""

    intent: str
    """What they report."""
    sure: bool
    """Strong evidence, and not a mere sign."""
    notions: tuple[str, ...]
    """All of these must be found."""
    unless: tuple[str, ...]
    """None of these."""
    despite: frozenset[str]
    """Scopes that do not matter."""
    within: int
    """Syllables in which they must stand."""


@dataclass
class Live:
    """What was said with its notions, each with the scopes it stands under."""

    said: Utterance
    """The prepared text."""
    fine: bool
    """Whether it is said to be over, or no matter."""
    past: bool
    """Whether anything in it was long ago."""
    under: dict[str, list[tuple[Hit, frozenset[str]]]] = field(default_factory=dict)
    """Notion -> hits with their scopes."""

    def add(self, hit: Hit, scopes: frozenset[str] = frozenset()) -> None:
        """One hit more."""
        self.under.setdefault(hit.notion, []).append((hit, scopes))

    def hits(self, notion: str, despite: frozenset[str] = frozenset()) -> list[Hit]:
        """Hits whose meaning stands."""
        return [hit for hit, scopes in self.under.get(notion, []) if scopes <= despite]

    def found(self, notion: str) -> bool:
        """Whether the notion stands anywhere, under whatever scope."""
        return notion in self.under


@cache
def rule_data() -> RuleData:
    """danger_rules.toml, read once."""
    path = Path(__file__).with_name("danger_rules.toml")
    return cast(RuleData, tomllib.loads(path.read_text(encoding="utf-8")))


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order of the file."""
    made: list[Rule] = []
    for intent, kinds in rule_data()["rules"].items():
        for kind, lines in kinds.items():
            made += [_parse(intent, kind == "sure", line) for line in lines]
    return tuple(made)


def _parse(intent: str, sure: bool, line: str) -> Rule:
    """`fall + stuck -admitted ~past @20` as a rule."""
    words = line.replace("+", " ").split()
    marked = {mark: tuple(word[1:] for word in words if word[0] == mark) for mark in "-~@"}
    plain = tuple(word for word in words if word[0] not in "-~@")
    within = int(marked["@"][0]) if marked["@"] else WITHIN
    return Rule(intent, sure, plain, marked["-"], frozenset(marked["~"]), within)


@cache
def _figures() -> re.Pattern[str]:
    """Figures of speech."""
    return re.compile(spread(rule_data()["figures"], word_data()["parts"]))


@cache
def _asides() -> tuple[Notion, ...]:
    """Notions that only serve the rules."""
    parts = word_data()["parts"]
    return tuple(
        Notion(name, re.compile(spread(phrases, parts)), None) for name, phrases in rule_data()["aside"].items()
    )


@cache
def scopes() -> tuple[tuple[str, re.Pattern[str], ScopeData], ...]:
    """The scopes with their expressions."""
    parts = word_data()["parts"]
    return tuple(
        (name, re.compile(spread(scope["words"], parts)), scope) for name, scope in rule_data()["scopes"].items()
    )


@lru_cache(maxsize=32)
def _found(text: str) -> tuple[Utterance, tuple[Hit, ...], tuple[tuple[str, int, int], ...]]:
    """The prepared text, its notions and the stretches under a scope; a turn asks for the same text twice."""
    said = listen(text, _figures())
    hits = find_notions(said)
    return said, tuple(hits), tuple(_covers(said, hits))


def live_notions(text: str) -> Live:
    """Everything found in a text, with the scopes under which it stands."""
    said, hits, covers = _found(text)
    named = {name for name, _, _ in covers}
    live = Live(said, fine="fine" in named, past="past" in named)
    for hit in hits:
        scopes = frozenset(name for name, begin, finish in covers if begin <= hit.begin < finish)
        live.add(hit, scopes - {"fine", UNASKED})
    for notion in _asides():
        for found in notion.written.finditer(said.characters):
            unasked = any(name == UNASKED and begin <= found.start() < finish for name, begin, finish in covers)
            live.add(Hit(notion.name, *found.span(), exact=True), frozenset((UNASKED,) if unasked else ()))
    return live


def _covers(said: Utterance, hits: list[Hit]) -> Iterator[tuple[str, int, int]]:
    """(scope, first syllable, syllable after the last) of every stretch under a scope.

    A denial that is part of a notion (没反应) denies nothing else.
    """
    for name, words, scope in scopes():
        stops = re.compile(scope["stops"]) if scope.get("stops") else None
        for found in words.finditer(said.characters):
            begin = found.end()
            if scope.get("everywhere"):
                yield name, 0, len(said.characters)
                continue
            if name == "denied" and any(hit.begin <= found.start() < hit.finish for hit in hits):
                continue
            finish = min(begin + scope["reach"], len(said.characters))
            stop = stops.search(said.characters, begin, finish) if stops else None
            finish = stop.start() if stop else finish
            numbers = said.clause if scope.get("clause") else said.sentence
            while finish > begin and numbers[finish - 1] != numbers[found.start()]:
                finish -= 1
            yield name, begin, finish
