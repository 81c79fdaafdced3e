"""What a newcomer reads is true: the tests hold the documentation to the code."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from typer.main import get_command

from bot.cli import app
from bot.config import Config, known_keys, sentences
from bot.example import example_config
from dialogs.skill import load_skills
from tests.conftest import LONGEST, TOGETHER

ROOT = Path(__file__).parents[2]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("**/*.md")]


def test_the_example_config_is_made_from_the_code() -> None:
    assert (ROOT / "config.example.toml").read_text(encoding="utf-8") == example_config()


def test_every_key_has_a_sentence_in_both_languages_and_none_is_left_over() -> None:
    keys = {"", *known_keys(), *(key.split(".")[0] for key in known_keys())}
    assert set(sentences()) == keys
    for key, said in sentences().items():
        assert said["zh"].endswith("。"), key
        assert said["en"].endswith("."), key


def test_the_example_config_is_valid_and_says_the_defaults() -> None:
    assert Config.model_validate(tomllib.loads(example_config())) == Config()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    prose = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\((?!https?://|#|mailto:)([^)#\s]+)", prose):
        assert (page.parent / target).exists(), f"{page.name} links to {target}, which is not there"


@pytest.mark.parametrize("page", [*PAGES, ROOT / "docs" / "nuanyang.service"], ids=lambda page: page.name)
def test_commands_in_the_pages_exist(page: Path) -> None:
    commands = _commands()
    for line in re.findall(r"nuanyang ([a-z]+(?: [a-z]+)?)", page.read_text(encoding="utf-8")):
        first = line.split()[0]
        assert first in commands or line in commands, f"{page.name} shows `nuanyang {line}`, which does not exist"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_options_in_the_pages_exist(page: Path) -> None:
    """In `nuanyang …` between backticks, and in the lines of a block that begin with it."""
    text = page.read_text(encoding="utf-8")
    for line in re.findall(r"`nuanyang ([^`]+)`|^(?:\.venv/bin/)?nuanyang (.+)$", text, re.MULTILINE):
        words = (line[0] or line[1]).replace("\\|", " ").split("#")[0].split()
        command = get_command(app)
        while words and words[0] in getattr(command, "commands", {}):
            command = command.commands[words.pop(0)]  # type: ignore[attr-defined]
        known = {name for each in command.params for name in each.opts} | {"--config"}
        shown = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", " ".join(words)))
        assert shown <= known, f"{page.name}: `nuanyang {line[0] or line[1]}` has no {sorted(shown - known)}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_make_targets_in_the_pages_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for target in re.findall(r"`make ([a-z-]+)`", page.read_text(encoding="utf-8")):
        assert target in targets, f"{page.name} shows `make {target}`, which does not exist"


def test_both_readmes_show_the_two_commands_on_the_first_screen() -> None:
    for name in ("README.md", "README.zh-CN.md"):
        first_screen = "\n".join((ROOT / name).read_text(encoding="utf-8").splitlines()[:40])
        assert "make run" in first_screen, name
        assert "make test" in first_screen, name


def test_ci_calls_the_readmes_test_command() -> None:
    lines = [line for line in (ROOT / ".ci/run").read_text().splitlines() if line and not line.startswith("#")]
    assert lines[-1] == "exec make test"


def test_the_readmes_list_every_command() -> None:
    commands = {name.split()[0] for name in _commands()}
    for name in ("README.md", "README.zh-CN.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        missing = {command for command in commands if f"nuanyang {command}" not in text}
        assert not missing, f"{name} does not show: {sorted(missing)}"


def test_the_readmes_list_every_skill() -> None:
    """But the one that the page about adding a skill makes: it is there only where somebody follows the page."""
    for readme, page in (("README.md", "adding-a-skill.md"), ("README.zh-CN.md", "adding-a-skill.zh-CN.md")):
        text = (ROOT / readme).read_text(encoding="utf-8")
        made = (ROOT / "docs" / page).read_text(encoding="utf-8")
        missing = {skill for skill in load_skills() if f"`{skill}`" not in text and f"/{skill}.toml" not in made}
        assert not missing, f"{readme} does not show: {sorted(missing)}"


def test_the_files_that_begin_first_are_there() -> None:
    names = {*LONGEST, *TOGETHER, *TOGETHER.values()}
    assert {name for name in names if not (ROOT / "tests" / name).is_file()} == set()


def _commands() -> set[str]:
    found = set()
    group = get_command(app)
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        found.add(name)
        found.update(f"{name} {inner}" for inner in getattr(command, "commands", {}))
    return found
