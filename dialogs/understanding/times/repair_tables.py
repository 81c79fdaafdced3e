"""What recognisers write for words of time (repairs.toml), by its sound, loaded once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypedDict

from dialogs.understanding.sound import confusion_class, sounds


class Words(TypedDict, total=False):
    """Whole words of one kind, in repairs.toml."""

    group: str
    words: list[str]
    never: list[str]


class Rule(TypedDict, total=False):
    """One context rule of repairs.toml."""

    before: str
    sounds: list[str]
    means: str
    after: str
    only: str
    never: list[str]


class Numeral(TypedDict):
    """How a numeral is miswritten, in repairs.toml."""

    sounds: list[str]
    only: str


class Between(TypedDict, total=False):
    """Between what a miswritten numeral is one, in repairs.toml."""

    which: str
    before: str
    after: str
    never: list[str]


@dataclass(frozen=True)
class Word:
    """A whole word and what may not be taken for it."""

    text: str
    group: str
    never: frozenset[str]


@dataclass(frozen=True)
class Context:
    """Between what a sound is a word of time."""

    before: re.Pattern[str]
    means: str
    after: re.Pattern[str]
    only: str
    never: frozenset[str]


@dataclass(frozen=True)
class Tables:
    """repairs.toml, by the sounds that a repair begins with."""

    words: dict[str, list[tuple[tuple[str, ...], Word]]]
    rules: dict[tuple[str, ...], list[Context]]
    genuine: frozenset[str]
    left: re.Pattern[str]
    clock: re.Pattern[str]
    part: re.Pattern[str]
    end: re.Pattern[str]


def _class(text: str) -> tuple[str, ...]:
    return tuple(confusion_class(syllable) for syllable in sounds(text).syllables)


@cache
def tables() -> Tables:
    """The whole file."""
    with (Path(__file__).parent / "repairs.toml").open("rb") as file:
        data = tomllib.load(file)
    words: dict[str, list[tuple[tuple[str, ...], Word]]] = {}
    groups: list[Words] = data["word"]
    for group in groups:
        for text in sorted(group["words"], key=len, reverse=True):
            heard = _class(text)
            word = Word(text, group["group"], frozenset(group.get("never", [])))
            words.setdefault(heard[0], []).append((heard, word))
    rules: dict[tuple[str, ...], list[Context]] = {}
    contexts: list[Rule] = data["rule"]
    for rule in [*contexts, *_numerals(data["numerals"], data["numeral"])]:
        after = {"WORD_END": data["word_end"], "HOUR_END": data["hour_end"]}.get(rule["after"], rule["after"])
        context = Context(
            re.compile(rule["before"]),
            rule["means"],
            re.compile(after),
            rule.get("only", ""),
            frozenset(rule.get("never", [])),
        )
        for sound in rule["sounds"]:
            rules.setdefault(tuple(confusion_class(s) for s in sound.split()), []).append(context)
    genuine = frozenset([*data["genuine"], *(text for group in groups for text in group["words"])])
    return Tables(words, rules, genuine, *(re.compile(data[key]) for key in ("left", "clock", "part", "end")))


def _numerals(numerals: dict[str, Numeral], places: list[Between]) -> Iterator[Rule]:
    """A rule for each numeral in each place."""
    for place in places:
        for means in place["which"]:
            numeral = numerals[means]
            yield {
                "before": place["before"],
                "sounds": numeral["sounds"],
                "means": means,
                "after": place["after"],
                "only": numeral["only"],
                "never": place.get("never", []),
            }
