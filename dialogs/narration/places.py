"""Which locality a document belongs to, and which one a question means."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache

from dialogs.narration.data import phrases, word_lists
from dialogs.narration.features import sounds
from dialogs.narration.model import Narration

_COUNTY = re.compile(r"([\u4e00-\u9fff]{2,3})(?:市|县|区|旗|街道|镇)(?:委|人民政府|政府|党工委|直|离退休)")
_NOT_A_NAME = re.compile(r"[各全本我直省市县区某两级有关及]")
_KNOWN_BY_SOUND = 3


@cache
def _cities() -> re.Pattern[str]:
    names = sorted(word_lists("places", "places")["names"], key=len, reverse=True)
    return re.compile("|".join(names))


def places_of(narration: Narration) -> frozenset[str]:
    """Places that a document names as its own: in title, issuer or signature, else the city it names most."""
    head = f"{narration.title} {narration.issuer or ''}"
    named = set(_cities().findall(head))
    named |= {name for name in _COUNTY.findall(head.replace("中共", "")) if not _NOT_A_NAME.search(name)}
    if not named:
        times = Counter(city for sentence in narration.sentences for city in _cities().findall(sentence.text))
        named = {city for city, _ in times.most_common(1)}
    return frozenset(named)


def meant(question: str, places: Mapping[str, frozenset[str]]) -> tuple[frozenset[str], str]:
    """Keys of the documents whose place a question names (empty if it names none), and the question without it.

    Names of three characters and more are known by their sound too.
    """
    heard = f".{sounds(question)}"
    spots: dict[str, int] = {}
    for name in frozenset().union(*places.values()):
        at = question.find(name)
        if at < 0 and len(name) >= _KNOWN_BY_SOUND and f".{sounds(name)}" in heard:
            at = heard[: heard.index(f".{sounds(name)}")].count(".")
        if at >= 0:
            spots[name] = at
    for name, at in spots.items():
        question = question[:at] + "，" * len(name) + question[at + len(name) :]
    return frozenset(key for key, names in places.items() if names & spots.keys()), question


def kinds_meant(question: str, titles: Mapping[str, str]) -> frozenset[str]:
    """Keys of the documents of the kind a question names (讲话里提到, 公约里); empty if it names none that is here."""
    named = re.search(phrases("synonyms", "document_kinds")["named"], question)
    return frozenset(key for key, title in titles.items() if named and named[1] in title)


def elsewhere(question: str) -> str:
    """The question with 外地 in place of a city that somebody lives in or goes to: 我住海南 is 我住外地."""
    away = phrases("synonyms", "elsewhere")
    return re.sub(f"(?<=[{away['before']}])(?:{_cities().pattern})", away["said"], question)
