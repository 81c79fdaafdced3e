"""Sentence templates: `[可选]`, `(甲|乙)`, `{slot}`, spelt out or matched by sound against what was said."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product


class BadTemplate(ValueError):
    """A template is not well formed; the message quotes it and says what is wrong."""


@dataclass(frozen=True)
class Literal:
    """Words as they are said."""

    text: str
    """The words."""


@dataclass(frozen=True)
class Slot:
    """A place for a value."""

    name: str
    """Name of the slot."""


@dataclass(frozen=True)
class Choice:
    """One of several wordings; an empty one makes it optional."""

    options: tuple[tuple[Node, ...], ...]
    """Each option is a sequence of nodes."""


Node = Literal | Slot | Choice
Template = tuple[Node, ...]

_CLOSING = {"(": ")", "[": "]"}


def parse(template: str) -> Template:
    """Read a template. Raises BadTemplate for unbalanced brackets or an empty slot name."""
    nodes, end = _sequence(template, 0, "")
    if end != len(template):
        raise BadTemplate(f"{template!r}: unexpected {template[end]!r} at {end}")
    return nodes


def _sequence(source: str, at: int, until: str) -> tuple[tuple[Node, ...], int]:
    """Nodes from `at` up to one of the characters of `until` (or the end), and where they stop."""
    nodes: list[Node] = []
    while at < len(source) and source[at] not in until and source[at] not in ")]|}":
        node, at = _node(source, at)
        nodes.append(node)
    return tuple(nodes), at


def _node(source: str, at: int) -> tuple[Node, int]:
    if source[at] in _CLOSING:
        return _choice(source, at)
    if source[at] == "{":
        return _slot(source, at)
    stop = at
    while stop < len(source) and source[stop] not in "()[]{}|":
        stop += 1
    return Literal(source[at:stop]), stop


def _choice(source: str, at: int) -> tuple[Choice, int]:
    closing = _CLOSING[source[at]]
    options: list[tuple[Node, ...]] = [()] if closing == "]" else []
    while True:
        option, at = _sequence(source, at + 1, "|" + closing)
        options.append(option)
        if at >= len(source) or source[at] not in ("|", closing):
            raise BadTemplate(f"{source!r}: a bracket is not closed by {closing!r}")
        if source[at] == closing:
            return Choice(tuple(options)), at + 1


def _slot(source: str, at: int) -> tuple[Slot, int]:
    end = source.find("}", at)
    if end <= at + 1:
        raise BadTemplate(f"{source!r}: a slot is not closed or has no name")
    return Slot(source[at + 1 : end]), end + 1


def slot_names(template: Template) -> set[str]:
    """The slots that a template can fill."""
    names: set[str] = set()
    for node in template:
        if isinstance(node, Slot):
            names.add(node.name)
        elif isinstance(node, Choice):
            for option in node.options:
                names |= slot_names(option)
    return names


def literals(template: Template) -> Iterator[str]:
    """The words that stand in a template."""
    for node in template:
        if isinstance(node, Literal):
            yield node.text
        elif isinstance(node, Choice):
            for option in node.options:
                yield from literals(option)


def wordings(template: Template) -> int:
    """How many sentences a template stands for."""
    count = 1
    for node in template:
        if isinstance(node, Choice):
            count *= sum(wordings(option) for option in node.options)
    return count


def expand(template: Template) -> Iterator[str]:
    """Every sentence of a template, slots left as `{name}`."""
    parts: list[list[str]] = []
    for node in template:
        if isinstance(node, Literal):
            parts.append([node.text])
        elif isinstance(node, Slot):
            parts.append([f"{{{node.name}}}"])
        else:
            parts.append([said for option in node.options for said in expand(option)])
    return ("".join(combination) for combination in product(*parts))


def sample(template: Template, chance: random.Random) -> str:
    """One sentence of a template, drawn at random, slots left as `{name}`."""
    said: list[str] = []
    for node in template:
        if isinstance(node, Literal):
            said.append(node.text)
        elif isinstance(node, Slot):
            said.append(f"{{{node.name}}}")
        else:
            said.append(sample(chance.choice(node.options), chance))
    return "".join(said)


def to_regex(template: Template, spell: Callable[[str], str], slots: dict[str, str]) -> str:
    """The template as a regular expression.

    `spell` writes words in the alphabet that is matched (characters as they are, or one symbol a
    sound); `slots` gives each slot's own pattern, and a slot that is not there takes up to 20 symbols.
    """
    parts: list[str] = []
    for node in template:
        if isinstance(node, Literal):
            parts.append(re.escape(spell(node.text)))
        elif isinstance(node, Slot):
            parts.append(slots.get(node.name, ".{1,20}?"))
        else:
            options = "|".join(to_regex(option, spell, slots) for option in node.options if option)
            parts.append(f"(?:{options})" + ("?" if () in node.options else ""))
    return "".join(parts)


def compile_all(templates: Sequence[Template], spell: Callable[[str], str], slots: dict[str, str]) -> re.Pattern[str]:
    """One pattern that any of the templates matches, to be used with `fullmatch`."""
    return re.compile("|".join(to_regex(template, spell, slots) for template in templates) or r"(?!)")
