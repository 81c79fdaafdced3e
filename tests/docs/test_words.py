"""Words are data: what the code says stands in the .toml files, and each sentence there can be said."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from dialogs.skill import load_skills
from dialogs.understanding.sentences import IntentWords, load_words
from dialogs.words import load

ROOT = Path(__file__).parents[2]
CHINESE = re.compile(r"[\u4e00-\u9fff]{2,}")
SPOKEN_ROOMS = [
    *ROOT.glob("bot/**/*.py"),
    *ROOT.glob("dialogs/*.py"),
    *(
        module
        for room in ("care", "documents", "duties", "handlers", "officers", "sessions", "skills")
        for module in ROOT.glob(f"dialogs/{room}/*.py")
    ),
]


@pytest.mark.parametrize("module", SPOKEN_ROOMS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_words_for_people_in_python(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    docstrings = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    found = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in docstrings
        and CHINESE.search(node.value)
    ]
    assert not found, f"{module.relative_to(ROOT)} says {found}: put it into the .toml"


@pytest.mark.parametrize("name", sorted(load_skills()))
def test_a_skill_says_only_what_its_toml_has(name: str) -> None:
    source = (ROOT / "dialogs/skills" / f"{name}.py").read_text(encoding="utf-8")
    replies = load(f"skills/{name}", "replies").places()
    for key in re.findall(r'(?:Done|Ask|Confirm)\(\s*"(\w+)"', source):
        assert key in replies, f"{name}.toml [replies] lacks {key}"
    entries = load(f"skills/{name}", "log").places()
    for key in re.findall(r'desk\.log\(\s*"(\w+)"', source):
        assert key in entries, f"{name}.toml [log] lacks {key}"


@pytest.mark.parametrize("words", load_words(), ids=lambda words: words.intent)
def test_every_meaning_has_one_name_under_which_it_is_offered(words: IntentWords) -> None:
    """In its own .toml (called), or among the manager's [meanings]."""
    assert bool(words.called) != load("manager", "meanings").has(words.intent)
