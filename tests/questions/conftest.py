"""The branch of a year on disk, wired as in production: built once, copied for every test that writes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import open_database
from tests.bot.conftest import Office, open_office
from tests.questions.year import make_year


@pytest.fixture(scope="session")
def year_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("year")
    db = open_database(folder / "data" / "nuanyang.db")
    make_year(db)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    return folder


@pytest.fixture
def office(year_folder: Path, tmp_path: Path) -> Iterator[Office]:
    """The branch of a year at work."""
    shutil.copytree(year_folder / "data", tmp_path / "data")
    with open_office(tmp_path) as each:
        yield each
