"""What people say, intent by intent: read from the skills' .toml files and dialogs/common.toml."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast

from dialogs.understanding.templates import BadTemplate, Template, parse

Speaker = Literal["member", "secretary", "either"]
Toml = Mapping[str, object]


class BadSkill(ValueError):
    """A skill's .toml cannot be used; the message names the file, the key and the remedy."""


@dataclass(frozen=True)
class Story:
    """A sentence of a skill's own tests."""

    say: str
    """What is said."""
    slots: Mapping[str, object]
    """Slots that must come out, empty for not looked at."""
    officer: bool = False
    """True where an officer says it."""


@dataclass(frozen=True)
class IntentWords:
    """Everything the .toml files say about recognising one intent."""

    intent: str
    """Name as in the intents list."""
    role: Speaker
    """Who may mean it."""
    slots: tuple[str, ...]
    """Names of its slots."""
    prefer: Literal["future", "past", ""]
    """Which way a bare 星期三 looks in it."""
    sentences: tuple[Template, ...]
    """Clear wordings: whoever says one of them means this."""
    examples: tuple[Template, ...]
    """Further wordings, from which the classifier learns."""
    said: tuple[Template, ...]
    """Whole utterances as people say them, to learn from too."""
    stories: tuple[Story, ...]
    """The skill's own tests."""
    officer: tuple[Template, ...] = ()
    """Clear wordings by which an officer wants a member's wish for themselves: an officer is a member too."""
    called: str = ""
    """What it is called when two meanings are offered; empty where the manager names it."""

    def for_role(self, role: str) -> bool:
        """Whether a speaker of this role may mean it."""
        return self.role in (role, "either")


@cache
def load_words() -> tuple[IntentWords, ...]:
    """All intents, by name. Raises BadSkill."""
    found: list[IntentWords] = []
    for name, content in _tables():
        found.append(_intent_words(name, content))
    names = [words.intent for words in found]
    for twice in {name for name in names if names.count(name) > 1}:
        raise BadSkill(f"intent {twice!r} is described twice: keep one of the descriptions")
    return tuple(sorted(found, key=lambda words: words.intent))


_LEARNING = ("examples.py", "features.py", "fillings.toml", "sound.py", "sound.toml", "training.py", "variation.py")
"""The files that decide what is learnt from the sentences."""


@cache
def fingerprint(*settings: object) -> str:
    """A hash over every sentence, the given settings and how sentences become features, so that what was learnt
    otherwise is not used."""
    digest = hashlib.sha256(repr(settings).encode())
    for name in _LEARNING:
        digest.update((files("dialogs.understanding") / name).read_bytes())
    for words in load_words():
        digest.update(repr((words.intent, words.role, words.sentences, words.examples, words.said)).encode())
    return digest.hexdigest()[:16]


def _tables() -> Iterable[tuple[str, Toml]]:
    """(where it stands, description) of every intent."""
    skills = files("dialogs") / "skills"
    for file in sorted(skills.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            yield f"dialogs/skills/{file.name}", _read(file.name, file.read_text(encoding="utf-8"))
    common = _read("common.toml", (files("dialogs") / "common.toml").read_text(encoding="utf-8"))
    intents = cast(Mapping[str, Toml], common.get("intents", {}))
    for intent, content in intents.items():
        yield f"dialogs/common.toml [intents.{intent}]", {"intent": intent, **content}


def _read(name: str, text: str) -> Toml:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadSkill(f"{name} is not valid TOML: {error}") from error


def _intent_words(where: str, content: Toml) -> IntentWords:
    understanding = cast(Toml, content.get("understanding", {}))
    known = {"slots", "prefer", "sentences", "examples", "said", "officer", "tests"}
    if unknown := set(understanding) - known:
        raise BadSkill(f"{where}: unknown key {min(unknown)!r} under understanding; known: {sorted(known)}")
    role = content.get("role", "either")
    if role not in ("member", "secretary", "either"):
        raise BadSkill(f"{where}: role is {role!r}; it must be member, secretary or either")
    prefer = understanding.get("prefer", "")
    if prefer not in ("future", "past", ""):
        raise BadSkill(f"{where}: prefer is {prefer!r}; it must be future or past")
    tests = cast(list[Toml], understanding.get("tests", []))
    return IntentWords(
        intent=str(content["intent"]),
        role=role,
        slots=tuple(cast(list[str], understanding.get("slots", []))),
        prefer=prefer,
        sentences=_parsed(where, understanding.get("sentences", [])),
        examples=_parsed(where, understanding.get("examples", [])),
        said=_parsed(where, str(understanding.get("said", "")).splitlines()),
        stories=tuple(
            Story(str(test["say"]), cast(Toml, test.get("slots", {})), bool(test.get("officer", False)))
            for test in tests
        ),
        officer=_parsed(where, understanding.get("officer", [])),
        called=str(content.get("called", "")),
    )


def _parsed(where: str, lines: object) -> tuple[Template, ...]:
    try:
        return tuple(parse(line) for line in cast(list[str], lines))
    except BadTemplate as error:
        raise BadSkill(f"{where}: {error}") from error
