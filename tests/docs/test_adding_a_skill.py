"""docs/adding-a-skill.md is followed to the letter, in a copy of the project: its two files, then its commands."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "docs" / name for name in ("adding-a-skill.md", "adding-a-skill.zh-CN.md")]
COPIED = ("bot", "dialogs", "docs", "speech", "storage", "tests")
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MINUTES = 15
"""Learning the sentences is seconds on a quiet machine; a busy one must not fail."""


@dataclass(frozen=True)
class Page:
    """What the page asks to be done."""

    files: dict[str, str]
    """Path in the project -> content."""
    commands: list[str]
    """Lines for the shell."""
    shown: list[str]
    """Lines that they print."""


def read(page: Path) -> Page:
    blocks = BLOCK.findall(page.read_text(encoding="utf-8"))
    return Page(
        {name: content for _, name, content in blocks if name},
        [line for language, _, content in blocks if language == "sh" for line in content.splitlines()],
        [line for language, _, content in blocks if language == "text" for line in content.splitlines()],
    )


@dataclass(frozen=True)
class Followed:
    """A copy of the project in which the page was followed."""

    folder: Path
    said: list[str]
    """What each command printed, in one line."""

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        """Read from the branch that the page made."""
        (database,) = (self.folder / "try-branch").glob("**/*.db")
        with closing(sqlite3.connect(database)) as db:
            return db.execute(sql).fetchall()


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Followed:
    page = read(PAGES[0])
    copy = tmp_path_factory.mktemp("project")
    left_out = shutil.ignore_patterns("__pycache__", "health_check.*")
    for name in COPIED:
        shutil.copytree(ROOT / name, copy / name, ignore=left_out)
    shutil.copy(ROOT / "pyproject.toml", copy)
    for name, content in page.files.items():
        (copy / name).write_text(content, encoding="utf-8")
    return Followed(copy, [run(line, copy, request.config) for line in page.commands])


def run(line: str, copy: Path, config: pytest.Config) -> str:
    """One command of the page; what is learnt is kept between runs in a folder that pytest and nuanyang share."""
    assert config.cache
    kept = config.cache.mkdir("adding-a-skill")
    surroundings = os.environ | {
        "PYTHONPATH": str(copy),
        "PYTEST_ADDOPTS": f"-o cache_dir={kept}",
        "NUANYANG_MODELS": str(kept / "d" / "models"),
        "COLUMNS": "1000",
    }
    line = line.replace(".venv/bin/", f"{Path(sys.executable).parent}/")
    done = subprocess.run(
        ["bash", "-c", line], cwd=copy, env=surroundings, capture_output=True, text=True, timeout=60 * MINUTES
    )
    assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def test_two_files_are_enough() -> None:
    for page in PAGES:
        names = list(read(page).files)
        assert [Path(name).suffix for name in names] == [".py", ".toml"], page.name
        assert {str(Path(name).with_suffix("")) for name in names} == {"dialogs/skills/health_check"}, page.name


def test_both_languages_show_the_same_blocks() -> None:
    assert read(PAGES[0]) == read(PAGES[1])


def test_the_page_names_every_table_that_a_skill_has() -> None:
    text = PAGES[0].read_text(encoding="utf-8")
    for table in ("sentences", "examples", "said", "slots", "[[understanding.tests]]", "[replies]", "[log]", "called"):
        assert f"**`{table}`**" in text, table
    for outcome in ("Done", "Ask", "Confirm"):
        assert f"`{outcome}(" in text, outcome


def test_the_skills_own_tests_hold_and_no_other_skill_suffers(followed: Followed) -> None:
    assert "passed" in followed.said[0]
    assert "failed" not in followed.said[0]


def test_it_says_what_the_page_shows(followed: Followed) -> None:
    printed = "".join(followed.said[1:])
    shown = read(PAGES[0]).shown
    assert len(shown) == 4
    at = -1
    for line in shown:
        at = printed.find(line, at + 1)
        assert at >= 0, f"the page shows {line!r}; printed was:\n{printed}"


def test_it_is_booked_logged_and_taken_back(followed: Followed) -> None:
    kinds = "SELECT kind, about_kind FROM entry WHERE kind LIKE 'health_check%' ORDER BY number"
    assert followed.rows(kinds) == [("health_check", "task"), ("health_check_withdrawn", "task")]
    done = "SELECT said, done_at IS NOT NULL FROM task WHERE said = '我想预约体检'"
    assert followed.rows(done) == [("我想预约体检", 1)]
    told = followed.rows("SELECT text FROM outbox WHERE lane = 'alert' AND text LIKE '%体检%' ORDER BY id")
    assert told == [("王桂兰给王桂兰预约体检，原话：我想预约体检",), ("王桂兰说体检不约了",)]
