from __future__ import annotations

from pathlib import Path

import pytest

from dialogs.narration import Narration, narrate
from tests.bot.conftest import office  # noqa: F401

INVENTED = Path(__file__).parent / "documents"


@pytest.fixture(scope="session")
def notice() -> Narration:
    """A notice that passes on a measure: articles, page numbers, a reseller's lines, hard line breaks."""
    return narrate((INVENTED / "visits-notice.txt").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def measure() -> Narration:
    """A measure with decimal numbering, circled points and a table."""
    return narrate((INVENTED / "points-measure.txt").read_text(encoding="utf-8"))
