"""不对，是星期五, and what a recogniser makes of it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from dialogs.handlers.denying import denied
from dialogs.handlers.sounding import amount_heard

CASES = tomllib.loads(Path(__file__).with_name("denying.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("said", "right"), CASES["right"])
def test_the_right_thing_is_what_follows(said: str, right: str) -> None:
    assert denied(said) == (right, True)


@pytest.mark.parametrize("said", CASES["none"])
def test_a_yes_or_a_clause_of_its_own_denies_nothing(said: str) -> None:
    assert denied(said) == ("", False)


@pytest.mark.parametrize(("said", "yuan"), CASES["sums"])
def test_a_sum_as_it_sounds(said: str, yuan: int) -> None:
    found = amount_heard(said)
    assert found is not None
    assert found.yuan == yuan
