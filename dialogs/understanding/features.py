"""A sentence as a set of small features: characters, syllables, and syllables as confused ears hear them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from dialogs.understanding.sound import confusion_class, sounds

PERSON, TITLE, AMOUNT, PHONE = "\uf8e1", "\uf8e2", "\uf8e3", "\uf8e4"
"""Symbols that stand in for values, so that 张建国 and 李秀英 teach the same thing."""
TIMES = {"past": "\uf8e6", "now": "\uf8e7", "future": "\uf8e8"}
"""Symbols for times, by where they lie."""
SLOT_SYMBOLS = {"person": PERSON, "title": TITLE, "amount": AMOUNT, "phone": PHONE}
"""Slot of a template -> symbol; times are told apart by where they lie."""

VIEWS = "cskt"
"""The kinds of features that earn their place (bench/understanding.py prints what each is worth)."""

_TIME = "\uf8e5"
_ANY_TIME = re.compile(f"[{''.join(TIMES.values())}]")
_SYMBOL = re.compile("[\uf8e1-\uf8ef]")
_NOT_SAID = re.compile(r"[^\w\uf8e1-\uf8ef]|_")
_POINTING = re.compile("[那这]个")
"""Said anywhere while one thinks."""
_FILLERS = re.compile(r"[嗯呃唔噢哦喔哎唉诶欸哟呦啊呀嘛哈]|这个这个|那个那个")


def bare(text: str) -> str:
    """The text without punctuation, spaces and hesitation."""
    return without_hesitation(text) or _said(text)


def without_hesitation(text: str) -> str:
    """As `bare`, and empty where nothing but hesitation was said."""
    return _FILLERS.sub("", _said(text))


def is_wordless(masked: str) -> bool:
    """Whether there is nothing but names: 李秀英."""
    return set(bare(masked)) <= {PERSON}


def _said(text: str) -> str:
    return _NOT_SAID.sub("", unicodedata.normalize("NFKC", text)).lower()


def _heard(text: str) -> list[str]:
    """Syllables and symbols in the order of the text."""
    heard = sounds(text)
    tokens = [*zip(heard.places, heard.syllables, strict=True)]
    tokens += [(found.start(), found.group()) for found in _SYMBOL.finditer(text)]
    return [token for _, token in sorted(tokens)]


def _grams(tokens: Sequence[str], sizes: range, mark: str) -> Iterator[str]:
    padded = ["^", *tokens, "$"]
    for size in sizes:
        for begin in range(len(padded) - size + 1):
            yield mark + " ".join(padded[begin : begin + size])


def features(masked: str, views: str = VIEWS) -> list[str]:
    """Features of a sentence whose values are masked.

    `views` chooses: c characters, s syllables, k confusion classes, t which values there are and where times lie.
    """
    text = bare(masked)
    found: set[str] = set()
    if "t" in views:
        found.update("t" + symbol for symbol in _SYMBOL.findall(text))
        found.add(f"n{min(len(text), 30) // 3}")
    text = _ANY_TIME.sub(_TIME, text)
    if "c" in views:
        found.update(_grams(text, range(1, 4), "c"))
    syllables = _heard(text) if "s" in views or "k" in views else []
    if "s" in views:
        found.update(_grams(syllables, range(1, 3), "s"))
    if "k" in views:
        found.update(_grams([_class(syllable) for syllable in syllables], range(2, 4), "k"))
    return sorted(found)


def characters(masked: str) -> set[str]:
    """The characters of a sentence and its pairs of neighbours, which is what a comparison of sentences needs."""
    return set(_grams(_ANY_TIME.sub(_TIME, _POINTING.sub("", bare(masked))), range(1, 3), ""))


def _class(token: str) -> str:
    return token if _SYMBOL.match(token) else confusion_class(token)
