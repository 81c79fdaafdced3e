"""Words are data: what the code says stands in the .toml files, and each sentence there can be said."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

import bot.cli  # noqa: F401 - every kind of fault is known once it is imported
from dialogs.skill import load_skills
from dialogs.understanding.sentences import IntentWords, load_words
from dialogs.words import load
from storage.faults import Mendable

ROOT = Path(__file__).parents[2]
CHINESE = re.compile(r"[\u4e00-\u9fff]{2,}")
PLACE = re.compile(r"{(\w+)}")
MEANING = {"meaning_zh", "meaning_en"}
"""What a key of the config means, each in its own language."""
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


def _family(kind: type[Mendable]) -> list[type[Mendable]]:
    return [each for child in kind.__subclasses__() for each in (child, *_family(child))]


OPERATOR = tomllib.loads((ROOT / "bot" / "messages.toml").read_text(encoding="utf-8"))
TOLD = {"tell", *(kind.__name__ for kind in (Mendable, *_family(Mendable)))}
"""Calls whose first argument names a sentence of bot/messages.toml."""


def test_an_operator_hears_the_same_in_both_languages() -> None:
    assert OPERATOR["zh"].keys() == OPERATOR["en"].keys()
    for key in OPERATOR["zh"]:
        zh, en = (set(PLACE.findall(OPERATOR[language][key])) - MEANING for language in ("zh", "en"))
        assert zh == en, key


def test_what_an_operator_can_mend_is_said_with_all_it_names() -> None:
    used = set()
    for module in [*ROOT.glob("bot/**/*.py"), *ROOT.glob("storage/**/*.py")]:
        for call in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in TOLD):
                continue
            if not (call.args and isinstance(call.args[0], ast.Constant)):
                continue
            key, given = str(call.args[0].value), {word.arg for word in call.keywords}
            used.add(key)
            assert key in OPERATOR["zh"], f"{module.name} tells {key}, which bot/messages.toml lacks"
            missing = set(PLACE.findall(OPERATOR["zh"][key])) - given - MEANING
            assert not missing or None in given, f"{module.name} tells {key} without {missing}"
    assert {"disk_full", "no_config", "no_database", "address_taken"} <= used
