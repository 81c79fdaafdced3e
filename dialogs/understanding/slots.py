"""Free spans: the topic, place, reason, text or address in a sentence, exactly as it stands there."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import TypedDict

from dialogs.understanding.sound import class_string, sounds

FREE = ("topic", "place", "reason", "text", "address")
"""Slots whose value is a stretch of the sentence."""

WHOLE = ("suggestion", "broadcast")
"""Intents whose text may hold names and times of its own."""
SHORTEST, LONGEST = 3, 28
"""Characters of a reason or text taken from clauses."""

Span = tuple[int, int]


class SlotWords(TypedDict):
    """slots.toml."""

    trim: dict[str, str]
    clause: dict[str, str | list[str]]
    generic: dict[str, list[str]]
    known: dict[str, list[str]]
    pattern: dict[str, dict[str, list[str]]]
    fragment: dict[str, list[str]]
    idle: dict[str, list[str]]


def find_span(slot: str, intent: str, text: str, taken: Sequence[Span] = ()) -> str | None:
    """What fills a free slot of an intent; `taken` are names, times and sums, of which it is no part.

    Known words are found by sound, so that what a recogniser wrote is kept (读书回 for 读书会). None where the sentence
    says nothing of the kind.
    """
    whole = slot == "text" and intent in WHOLE
    open_text = text if whole else _blanked(text, [*taken, *_idle(slot, intent, text)])
    found = (
        _known(slot, intent, open_text) if slot in ("topic", "place") and intent not in ("volunteer_offer",) else None
    )
    found = found or _by_pattern(slot, intent, open_text) or _by_clause(slot, intent, open_text)
    if found is None:
        return None
    value = trimmed(text[found[0] : found[1]])
    return None if value in slot_words()["generic"].get(slot, ()) else value or None


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


def _idle(slot: str, intent: str, text: str) -> Iterator[Span]:
    """Stretches that are never part of a reason: what is wanted because of it, and words that only lead to it."""
    if slot == "reason":
        yield from (found.span() for found in _idle_words(intent).finditer(text))


@cache
def _idle_words(intent: str) -> re.Pattern[str]:
    words = slot_words()["idle"]
    return re.compile("|".join([*words.get(intent, ()), *words["any"]]))


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


@cache
def _breaks() -> re.Pattern[str]:
    return re.compile(str(slot_words()["clause"]["breaks"]))


@cache
def _asides(slot: str, intent: str) -> re.Pattern[str] | None:
    """What is no part of the slot; None where the slot is not taken from clauses."""
    clause = slot_words()["clause"]
    key = intent if slot == "text" else "care" if intent.startswith("care_") else slot
    return re.compile("|".join(clause[key])) if key in clause and slot in ("text", "reason") else None


def _by_clause(slot: str, intent: str, text: str) -> Span | None:
    """The longest run of clauses that are no aside."""
    asides = _asides(slot, intent)
    if asides is None:
        return None
    best, run = (0, 0), (0, 0)
    for begin, finish in _clauses(text):
        if finish - begin < SHORTEST or asides.search(text, begin, finish):
            run = (0, 0)
            continue
        run = (run[0], finish) if run[1] and "。" not in text[run[1] : begin] else (begin, finish)
        if run[1] - run[0] <= LONGEST and run[1] - run[0] > best[1] - best[0]:
            best = run
    return best if best[1] else None


def _clauses(text: str) -> Iterator[Span]:
    begin = 0
    for mark in _breaks().finditer(text):
        yield begin, mark.start()
        begin = mark.end()
    yield begin, len(text)


def trimmed(value: str) -> str:
    """Without punctuation and particles at its ends."""
    trim = slot_words()["trim"]
    return re.sub(trim["after"], "", re.sub(trim["before"], "", value))
