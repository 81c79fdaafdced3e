"""The words Nuanyang says and writes: read from .toml files, never from Python."""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


class MissingWords(KeyError):
    """A .toml file lacks a sentence that the code wants to say; the message names both."""


_STOPPED_TWICE = re.compile("([。？！])”。")
"""What is quoted with its own full stop needs no second one: 他说：“走不动了。”。"""


class Words:
    """The sentences of one .toml table; a sentence may have variants, of which each turn takes the next."""

    def __init__(self, where: str, sentences: Mapping[str, str | list[str]], turn: int = 0) -> None:
        self._where = where
        self._sentences = sentences
        self._turn = turn

    def say(self, key: str, **values: str | int) -> str:
        """The sentence with its {places} filled. Raises MissingWords for a key or a place that is not there."""
        try:
            variants = self._sentences[key]
        except KeyError:
            raise MissingWords(f"{self._where} has no sentence {key!r}") from None
        sentence = variants if isinstance(variants, str) else variants[self._turn % len(variants)]
        try:
            return _STOPPED_TWICE.sub(r"\1”", sentence.format_map(values))
        except KeyError as place:
            raise MissingWords(f"{self._where}: the sentence {key!r} wants {place}, which was not given") from None

    def has(self, key: str) -> bool:
        """Whether there is such a sentence."""
        return key in self._sentences

    def variants(self, key: str) -> int:
        """How many ways there are to say it."""
        found = self._sentences[key]
        return 1 if isinstance(found, str) else len(found)

    def of_turn(self, turn: int) -> Words:
        """The same words, with the variants of another turn."""
        return Words(self._where, self._sentences, turn)

    def places(self) -> dict[str, set[str]]:
        """Key -> the places its sentences want filled, over all variants."""
        return {
            key: {
                place
                for variant in ([variants] if isinstance(variants, str) else variants)
                for _, place, _, _ in string.Formatter().parse(variant)
                if place
            }
            for key, variants in self._sentences.items()
        }


@cache
def load(name: str, table: str) -> Words:
    """The words in one table of `dialogs/NAME.toml`; an absent table has no sentences."""
    text = files("dialogs").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return Words(f"dialogs/{name}.toml [{table}]", tomllib.loads(text).get(table, {}))


@cache
def lists(name: str, table: str) -> Mapping[str, list[str]]:
    """A table of word lists (cues) in `dialogs/NAME.toml`."""
    text = files("dialogs").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    found: Mapping[str, list[str]] = tomllib.loads(text).get(table, {})
    return found
