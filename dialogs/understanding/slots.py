"""Free spans: the topic, place, reason, text or address in a sentence, exactly as it stands there."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TypedDict

from dialogs.understanding.sound import class_string, sounds

FREE = ("topic", "place", "reason", "text", "address")
"""Slots whose value is a stretch of the sentence."""

Span = tuple[int, int]


class SlotWords(TypedDict):
    """slots.toml."""

    trim: dict[str, str]
    known: dict[str, list[str]]
    pattern: dict[str, dict[str, list[str]]]


def find_span(slot: str, intent: str, text: str, taken: Sequence[Span] = ()) -> str | None:
    """What fills a free slot of an intent; `taken` are names, times and sums, of which it is no part.

    Known words are found by sound, so that what a recogniser wrote is kept (读书回 for 读书会). None where the sentence
    says nothing of the kind.
    """
    open_text = _blanked(text, taken) if slot != "text" else text
    found = (
        _known(slot, intent, open_text) if slot in ("topic", "place") and intent not in ("volunteer_offer",) else None
    )
    found = found or _by_pattern(slot, intent, open_text)
    if found is None:
        return None
    value = trimmed(text[found[0] : found[1]])
    return value or None


@cache
def slot_words() -> SlotWords:
    """The words and patterns of slots.toml, read once."""
    content: SlotWords = tomllib.loads((files(__package__ or "") / "slots.toml").read_text(encoding="utf-8"))  # type: ignore[assignment]
    return content


def _blanked(text: str, taken: Sequence[Span]) -> str:
    """The text with the taken stretches as full stops, which no span crosses."""
    chars = list(text)
    for begin, finish in taken:
        chars[begin:finish] = "。" * (finish - begin)
    return "".join(chars)


@cache
def _known_sounds(slot: str, intent: str) -> tuple[str, ...]:
    known = slot_words()["known"]
    return tuple(class_string(word) for word in known.get(f"{slot}_{intent}", known.get(slot, [])))


def _known(slot: str, intent: str, text: str) -> Span | None:
    """The longest known word that is heard in the text; of equals the first listed."""
    heard = sounds(text)
    best: tuple[int, int] | None = None
    for word in _known_sounds(slot, intent):
        at = heard.classes.find(word)
        if at >= 0 and (best is None or len(word) > best[1] - best[0]):
            span = heard.span(at, at + len(word))
            if span[1] - span[0] == len(word):
                best = (at, at + len(word))
    return heard.span(*best) if best else None


@cache
def _patterns(slot: str, intent: str) -> tuple[re.Pattern[str], ...]:
    patterns = slot_words()["pattern"].get(slot, {})
    return tuple(re.compile(pattern) for pattern in patterns.get(intent, patterns.get("any", [])))


def _by_pattern(slot: str, intent: str, text: str) -> Span | None:
    for pattern in _patterns(slot, intent):
        found = pattern.search(text)
        if found and found.group("span").strip("。"):
            return found.span("span")
    return None


def trimmed(value: str) -> str:
    """Without punctuation and particles at its ends."""
    trim = slot_words()["trim"]
    return re.sub(trim["after"], "", re.sub(trim["before"], "", value))
