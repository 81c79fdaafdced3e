"""A question is no order: 周敏这个月去看过谁 records no visit, 谁还没打疫苗 is not told to everybody."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

HELP = "help"
ASKED = 0.02
"""What is left of the odds of doing something where the words only ask."""


def only_asks(text: str) -> bool:
    """Whether the words ask and order nothing."""
    words = _words()
    asks = any(re.search(pattern, text) for pattern in words["asks"])
    return asks and not any(re.search(pattern, text) for pattern in words["orders"])


def asked_not_done(chances: Mapping[str, float], text: str) -> dict[str, float]:
    """The chances with those of an officer's acts lowered, where the words only ask; they still sum to one."""
    if not only_asks(text):
        return dict(chances)
    unlikely = {*_words()["acts"]}
    if any(word in text for word in _words()["of_people"]):  # 哪些同志会用微信 asks nobody what they can do for one
        unlikely.add(HELP)
    odds = {intent: share * (ASKED if intent in unlikely else 1.0) for intent, share in chances.items()}
    total = sum(odds.values())
    return {intent: share / total for intent, share in odds.items()}


@cache
def _words() -> Mapping[str, list[str]]:
    text = files("dialogs.understanding").joinpath("questions.toml").read_text(encoding="utf-8")
    found: Mapping[str, list[str]] = tomllib.loads(text)["question"]
    return found
