"""Whole lists of spoken times in the mix of the reference list: read as meant, or asked about; never a wrong day."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path

import pytest

from dialogs.understanding.times import as_contract, find_time

GROUPS = tomllib.loads((Path(__file__).parent / "test_times_in_the_mix.toml").read_text("utf-8"))["group"]


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group["name"])
def test_each_is_read_as_it_was_meant_or_asked_about(group: dict) -> None:
    now = datetime.fromisoformat(group["now"])
    wrong = []
    for text, kind, start, end in group["cases"]:
        time = find_time(text, now, group["prefer"])
        found = as_contract(time)
        asked = time is None or bool(time.doubt)
        right = found["kind"] == kind.rstrip("?") and (found["start"] or "") == start
        right = right and (kind.rstrip("?") not in ("range", "period") or found["end"] == end)
        if not (asked if kind == "ask" else right or (kind.endswith("?") and asked)):
            wrong.append((text, kind, start, end, found))
    assert not wrong
