"""Turns questions and passages into features: pairs of syllables, pairs of characters, and concepts.

Recognisers write homophones, so what is compared first is the sound, with the confusions of southern and western
accents folded together (zh/z, n/l, f/h, -ng/-n).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import cast

import cn2an
from pypinyin import lazy_pinyin

from dialogs.narration.data import load

SOUND, WRITING, CHARACTER, CONCEPT = 0.5, 0.5, 0.2, 1.6
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)[%％]")
_ASIDE = re.compile(r"[（(]([\u4e00-\u9fff]{1,3})[）)]")
_MEASURED = "元人个名次年月日项类岁天处余万%条家周期届"
_KNOWN_BY_SOUND = re.compile(r"(?!.*(?:多少|什么|几|啥))...|.{5}")
_PARTICLE = re.compile(r"关于|[的和与及、]|印发|做好|进一步|[省市县区]")
_FAR = 5
"""From so far apart within one name come the characters of a short name."""
_HAN = re.compile(r"[\u4e00-\u9fff〇]+|[a-z]+")
_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("l", "n"), ("h", "f"))


@cache
def syllable(char: str) -> str:
    """How a character sounds, confusable sounds written alike; polyphones always have their commonest sound."""
    sound = lazy_pinyin(char)[0]
    for long, short in _INITIALS:
        if sound.startswith(long):
            sound = short + sound.removeprefix(long)
            break
    return sound.removesuffix("g") if sound.endswith("ng") else sound


def sounds(text: str) -> str:
    """The syllables of a text, each closed by a dot, so that one text can be looked for within another."""
    return "".join(f"{syllable(char)}." for char in text)


def spoken_numbers(text: str) -> str:
    """Figures as characters: amounts as they are read (300元: 三百元), codes figure by figure (1335: 一三三五)."""
    text = text.lower().replace("+", "加").replace("＋", "加")
    text = _PERCENT.sub(lambda match: f"百分之{cn2an.an2cn(match[1], 'low')}", text)
    return _NUMBER.sub(_read, text)


def _read(match: re.Match[str]) -> str:
    following = match.string[match.end() : match.end() + 1]
    is_year = len(match.group()) == 4 and following == "年"
    amount = following and following in _MEASURED and not is_year
    return str(cn2an.an2cn(match.group(), "low" if amount else "direct"))


def features(text: str) -> dict[str, float]:
    """Weighted features of a stretch of text; the weights say how much each kind tells, rarity comes later."""
    found: dict[str, float] = {}
    for run in _HAN.findall(spoken_numbers(_ASIDE.sub(r"\1", text))):
        for first, second in pairwise(run):
            found[f"w{first}{second}"] = WRITING
            found[f"s{syllable(first)}.{syllable(second)}"] = SOUND
        found |= {f"c{char}": CHARACTER for char in run}
    return found


def abbreviations(title: str) -> set[str]:
    """Pairs of which people make short names of what a title names: 长期护理保险 is 长护险 to them."""
    runs = (run for part in _PARTICLE.split(title) for run in _HAN.findall(part))
    return {
        f"w{run[at]}{run[after]}"
        for run in runs
        for at in range(len(run))
        for after in range(at + 1, min(at + _FAR, len(run)))
    }


@dataclass(frozen=True)
class Concept:
    """One thing that members and documents name differently."""

    ask: tuple[str, ...]
    """How members say it."""
    say: tuple[str, ...]
    """How documents write it."""


@cache
def concepts() -> Mapping[str, Concept]:
    """All concepts of synonyms.toml."""
    tables = cast(Mapping[str, Mapping[str, list[str]]], load("synonyms")["concepts"])
    return {name: Concept(tuple(table["ask"]), tuple(table["say"])) for name, table in tables.items()}


@cache
def asking_concepts() -> frozenset[str]:
    """Concepts that only say what kind of thing is asked for: 几天能, 多大岁数, 带什么证."""
    tables = cast(Mapping[str, Mapping[str, object]], load("synonyms")["concepts"])
    return frozenset(name for name, table in tables.items() if table.get("asks"))


@cache
def _written() -> Mapping[str, Sequence[tuple[str, tuple[str, ...]]]]:
    """For each first character the document wordings that begin with it, longest first, and what they stand for."""
    meaning: dict[str, list[str]] = {}
    for name, concept in concepts().items():
        for wording in {*concept.say, *concept.ask}:
            meaning.setdefault(wording, []).append(name)
    begun: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for wording in sorted(meaning, key=len, reverse=True):
        begun.setdefault(wording[0], []).append((wording, tuple(meaning[wording])))
    return begun


def concepts_written(text: str) -> dict[str, float]:
    """Features of the concepts that a passage of a document speaks of."""
    begun = _written()
    text = _ASIDE.sub(r"\1", text)
    found: dict[str, float] = {}
    for at, char in enumerate(text):
        for wording, names in begun.get(char, ()):
            if text.startswith(wording, at):
                found |= {f"k{name}": CONCEPT for name in names}
    return found


@cache
def _asked() -> tuple[tuple[str, str, str], ...]:
    """Every way to ask: its sound, its writing, its concept; longest first."""
    ways = [(sounds(way), way, name) for name, concept in concepts().items() for way in concept.ask + concept.say]
    return tuple(sorted(ways, key=lambda way: -len(way[1])))


def concepts_asked(question: str) -> list[tuple[str, int, int]]:
    """Concepts that a question asks about, each with where its words begin and end, longest words first.

    A way to ask of two characters must be written right, and so must a short one with 多少 or 什么: 支部多少 sounds
    like 补多少. A longer one is known by its sound.
    """
    heard = f".{sounds(question)}"
    found = []
    for sound, way, name in _asked():
        at = question.find(way)
        if at < 0 and _KNOWN_BY_SOUND.match(way) and f".{sound}" in heard:
            at = heard[: heard.index(f".{sound}")].count(".")
        if at >= 0:
            found.append((name, at, at + len(way)))
    return found
