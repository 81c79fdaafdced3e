"""Reference data that lies beside the checkout on the team's machines; users do not have it."""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "shared"


def shared(*parts: str) -> Path:
    """The path of a reference file; skips the calling test where the folder is absent."""
    path = FOLDER.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"reference data {'/'.join(parts)} is not on this machine")
    return path
