"""Which part of a name is the surname: for 李书记 in an entry of the log as for 刘老 in a greeting."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files


def surname_of(name: str) -> str:
    """One character, or two where the surname is such a one and a given name follows."""
    return name[:2] if name[:2] in _compound() and len(name) > 2 else name[:1]


@cache
def _compound() -> frozenset[str]:
    content = files(__package__ or "").joinpath("surnames.toml").read_text(encoding="utf-8")
    found: Mapping[str, Sequence[str]] = tomllib.loads(content)
    return frozenset(found["compound"])
