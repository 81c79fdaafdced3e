"""What a sentence says about a name besides the name: denied, spelled aloud, the speaker's own, a form of address."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TypedDict, cast

from dialogs.understanding.meaning import Person
from dialogs.understanding.sound import sounds
from storage.surnames import surname_of


class NameWords(TypedDict):
    """names.toml, but for the two character lists."""

    address: dict[str, list[str] | str]
    negation: dict[str, str]
    speaker: dict[str, str]
    spelled: dict[str, list[str]]
    given: dict[str, str | list[str]]


@cache
def name_words() -> NameWords:
    """The words of names.toml, read once."""
    text = Path(__file__).with_name("names.toml").read_text(encoding="utf-8")
    return cast(NameWords, tomllib.loads(text))


def is_denied(text: str, begin: int, finish: int) -> bool:
    """Whether the name at text[begin:finish] is said not to be the one meant (不是汪桂兰)."""
    words = name_words()["negation"]
    before, after = text[:begin], text[finish:]
    if re.search(words["before"], before) and not re.search(words["asks"], before):
        return True
    return re.search(words["after"], after) is not None


def is_speaker(text: str, begin: int, finish: int) -> bool:
    """Whether the speaker gives their own name (我是黄月娥), and not a relative's (我是黄月娥的女儿)."""
    words = name_words()["speaker"]
    return bool(re.search(words["before"], text[:begin])) and not re.match(words["after"], text[finish:])


def may_begin(before: str) -> bool:
    """Whether a name is likely after these words: they end a clause, or are such as people are named after (给, 和)."""
    return _opening().search(before) is not None


@cache
def _opening() -> re.Pattern[str]:
    words = name_words()["address"]["called"]
    return re.compile(f"(?:^|[，。！？；：、,.!?;:\\s]|{'|'.join(words)})$")


@dataclass(frozen=True)
class Spelling:
    """A character that the sentence spells aloud."""

    character: str
    """The character meant."""
    place: int
    """Where in the text."""
    denied: bool
    """True for 不是立早章."""


def spellings(text: str, characters: Sequence[str]) -> Iterator[Spelling]:
    """Which of the characters are spelled aloud: 弓长张, 黎明的黎, 双人徐; also where the recogniser wrote 弓长章."""
    spelled = name_words()["spelled"]
    for character in dict.fromkeys(characters):
        sound = sounds(character).syllables
        own = [re.escape(phrase.removesuffix("的")) + "的?(?:那个)?" for phrase in spelled.get(character, [])]
        # any word that holds the character, spoken as 黎明的黎
        own.append(f"(?:{character}[^，。的]|[^，。的]{character})的")
        for found in re.finditer("|".join(own), text):
            after = text[found.end() : found.end() + 1]
            if after and sounds(after).syllables == sound:
                denied = bool(re.search("不是[^，。是]{0,3}$", text[: found.start()]))
                yield Spelling(character, found.start(), denied)


@dataclass(frozen=True)
class Address:
    """A form of address and whom it fits."""

    people: tuple[Person, ...]
    """Everybody it fits."""
    begin: int
    """First character."""
    finish: int
    """Character after the last."""
    loose: bool
    """Nothing but a surname or a bare given name."""


@lru_cache(maxsize=64)
def _address_pattern(roster: tuple[Person, ...]) -> re.Pattern[str]:
    """One expression for all the ways the people of a roster are addressed short of their full name."""
    words = cast(dict[str, list[str]], name_words()["address"])
    not_old = str(name_words()["address"]["not_old"])
    not_suffix = str(name_words()["address"]["not_suffix"])
    ranks = {word for key in ("any", "男", "女") for word in words[key] if word not in ("老", "家")}
    ranks |= {person.title for person in roster if person.title}
    rank = _any_of(ranks)
    surname = f"(?:{'|'.join(sorted({surname_of(p.name) for p in roster}))})"
    given = _any_of({given_of(person.name) for person in roster if len(given_of(person.name)) > 1})
    called = _any_of(words["called"])
    return re.compile(
        f"(?P<given>{given})(?P<given_rank>{rank})"
        f"|(?<={called[3:-1]})(?P<called>{given})"
        f"|(?:{_any_of(words['old_prefix'])})(?P<old>{surname})(?![{not_suffix}])(?:{_any_of(words['old_suffix'])}|{rank})?"
        f"|(?P<ranked>{surname})(?P<rank>{rank})"
        f"|(?P<honoured>{surname})老(?![{not_old}])"
        if given
        else "(?!)"
    )


def addresses(text: str, roster: tuple[Person, ...]) -> Iterator[Address]:
    """Forms of address in the text: 桂兰大姐, 老王, 王书记, 李大姐, 綦老, 老李头."""
    if not roster:
        return
    for found in _address_pattern(roster).finditer(text):
        groups = found.groupdict()
        given = groups["given"] or groups["called"]
        rank = groups["given_rank"] or groups["rank"] or ""
        if given:
            people = [person for person in roster if given_of(person.name) == given]
        else:
            surname = groups["old"] or groups["ranked"] or groups["honoured"]
            people = [person for person in roster if surname_of(person.name) == surname]
        fitting = _by_rank(people, rank)
        if fitting:
            loose = not (groups["given"] or (rank and any(person.title == rank for person in fitting)))
            yield Address(tuple(fitting), found.start(), found.end(), loose)


def given_of(name: str) -> str:
    """The name without the family name."""
    return name[len(surname_of(name)) :]


def _by_rank(people: list[Person], rank: str) -> list[Person]:
    """Those whom a word after the name fits: holders of the office, or people of that sex."""
    office = [person for person in people if rank and person.title == rank]
    if office:
        return office
    words = name_words()["address"]
    for sex in ("男", "女"):
        if rank in words[sex]:
            return [person for person in people if person.gender in ("", sex)]
    return people


def _any_of(words: set[str] | list[str]) -> str:
    """An alternation, longest first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)) if word) + ")"
