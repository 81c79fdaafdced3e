"""Documents of shapes that were not thought of when the code was written: each cleaned and parted into chapters."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from dialogs.narration import narrate

HERE = Path(__file__).parent
EXPECTED: dict[str, dict[str, Any]] = {
    f"{folder}/{name}": expected
    for folder in ("shapes", "forms", "forms_later", "forms_last", "desk", "desk_later")
    for name, expected in tomllib.loads((HERE / folder / "expected.toml").read_text(encoding="utf-8")).items()
}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_document_of_an_unusual_shape_is_ready_for_the_ear(name: str) -> None:
    expected = EXPECTED[name]
    narration = narrate((HERE / f"{name}.txt").read_text(encoding="utf-8"))
    assert narration.title == expected["title"]
    assert narration.number == expected.get("number")
    assert narration.date == expected.get("date")
    assert "issuer" not in expected or narration.issuer == expected["issuer"]
    found = [f"{each.number} {each.title}".strip() for each in narration.chapters if each.number or each.title]
    assert found == expected["chapters"]
    spoken = "\n".join([*(each.text for each in narration.chapters), *(each.text for each in narration.sentences)])
    assert [each for each in expected["reads"] if each not in spoken] == []
    assert [each for each in expected["never"] if each in spoken] == []
    cut = "\n".join(narration.removed)
    assert [each for each in expected["cut"] if each not in cut] == []
