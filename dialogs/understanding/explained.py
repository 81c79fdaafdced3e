"""What speaks against a report of danger: another, plainer wish, the past, a film, a cat."""

from __future__ import annotations

from functools import cache

from dialogs.understanding.danger_rules import UNASKED, Live, rule_data, rules, scopes

ELSEWHERE = frozenset(("past", "told", "pets"))
"""Scopes of what is not here and now."""


@cache
def _reports() -> frozenset[str]:
    """Notions that report something by themselves."""
    return frozenset(rule.notions[0] for rule in rules() if len(rule.notions) == 1)


def is_explained(live: Live) -> bool:
    """Whether something that would be a report was said, and all of it of the past, a film or a cat."""
    scopes = [under for notion in _reports() for _, under in live.under.get(notion, [])]
    return bool(scopes) and all(under & ELSEWHERE for under in scopes)


def is_after_denial(text: str) -> bool:
    """Whether another wish is denied in a text, so that the rest of it tells what is meant."""
    return any(name == UNASKED and words.search(text) for name, words, _ in scopes())


def silenced(live: Live, role: str) -> frozenset[str]:
    """The kinds of report that another, plainer wish silences (a secretary's query, a request for leave), unless that
    wish is denied (我没申请减党费)."""
    quiet: set[str] = set()
    for line in rule_data()["silenced"]:
        if not live.hits(line["by"]) or line.get("role", role) != role or quiet.issuperset(line["kinds"]):
            continue
        if not any(live.hits(notion) for notion in line.get("unless", [])):
            quiet.update(line["kinds"])
    return frozenset(quiet)
