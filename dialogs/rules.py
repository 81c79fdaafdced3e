"""A rule of the locality as it is said: what it asks, and whether a document or the branch itself says so."""

from __future__ import annotations

from dialogs import words
from storage.profiles import Profile, Rule


def steps(profile: Profile, key: str) -> tuple[str, ...]:
    """A rule that is a row of steps, first step first; such rules stand in every profile (a test holds that)."""
    value = profile.rules[key].value
    return value if isinstance(value, tuple) else (str(value),)


def source(rule: Rule) -> str:
    """Where the rule stands, as it is written for the secretary: document and clause, or the branch's own choice."""
    return _say("own_source") if rule.own else _say("source", document=rule.document, clause=rule.clause)


def basis(rule: Rule) -> str:
    """The same in a breath, as a member hears it."""
    return _say("own_basis" if rule.own else "basis")


def _say(key: str, **values: str) -> str:
    return words.load("rules", "words").say(key, **values)
