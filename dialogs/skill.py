"""What a skill is: a module in dialogs/skills with a function `act`, and a .toml of the same name beside it.

    def act(wish: Wish, desk: Desk) -> Outcome: ...

looks at what is wanted (`wish.py`), does it in the branch's books if it can (`desk.py`), and hands back one of the
outcomes (`outcomes.py`). The manager does the rest. All that an author needs is imported from here.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module

from dialogs import skills, words
from dialogs.desk import Desk
from dialogs.outcomes import Ask, Confirm, Done, NotMine, Option, Outcome
from dialogs.wish import Wish, with_slots
from dialogs.words import Words

__all__ = [
    "Ask",
    "Confirm",
    "Desk",
    "Done",
    "NotMine",
    "Option",
    "Outcome",
    "Skill",
    "Wish",
    "load_skills",
    "with_slots",
]

Act = Callable[[Wish, Desk], Outcome]


@dataclass(frozen=True)
class Skill:
    """A module of dialogs/skills and its words."""

    name: str
    """The intent it serves."""
    act: Act
    """What it does."""
    replies: Words
    """What it says."""


def load_skills() -> Mapping[str, Skill]:
    """Every skill that there is, by intent."""
    found = {}
    for module in pkgutil.iter_modules(skills.__path__):
        act: Act = import_module(f"{skills.__name__}.{module.name}").act
        found[module.name] = Skill(module.name, act, words.load(f"skills/{module.name}", "replies"))
    return found
