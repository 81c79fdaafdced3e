"""What a rule for the ear is: a pattern in written text, and how it is said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """One way in which written text differs from spoken text."""

    pattern: re.Pattern[str]
    """What is written."""
    say: Callable[[re.Match[str]], str]
    """How it is said."""


def rule(pattern: str) -> Callable[[Callable[[re.Match[str]], str]], Rule]:
    """Make a function that says a match into the rule for that pattern."""
    return lambda say: Rule(re.compile(pattern, re.MULTILINE), say)


def apply(rules: Iterable[Rule], text: str) -> str:
    """The text after every rule, in order: a rule may rely on the ones before it."""
    for each in rules:
        text = each.pattern.sub(each.say, text)
    return text


def behind(match: re.Match[str]) -> str:
    """The text right behind a match: enough of it to see a measure word."""
    return match.string[match.end() : match.end() + 5].lstrip()
