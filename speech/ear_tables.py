"""The vocabulary of `ear.toml`, read once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Tables:
    """What `speech.ear` knows by heart; alternatives are regular expressions."""

    words: Mapping[str, str]
    """Latin words and abbreviations, lower case, and how they are said."""
    letters: Mapping[str, str]
    """Names of the letters A to Z."""
    units: Mapping[str, str]
    """Units behind a number."""
    currencies: Mapping[str, str]
    """Signs of money in front of a number."""
    signs: Mapping[str, str]
    """Single signs."""
    link: str
    """Said instead of a web address."""
    mail: str
    """Said instead of a mail address."""
    pressure: tuple[str, str]
    """Words before the two numbers of a blood pressure."""
    counted: str
    """Characters before which a bare 2 is 两."""
    counted_words: tuple[str, ...]
    """Longer words of the same kind."""
    not_counted: tuple[str, ...]
    """Words that begin like one of them, and are none."""
    emergency: str
    """Emergency numbers."""
    hotlines: str
    """Hotlines."""
    callers: str
    """Verbs of calling."""
    called: str
    """What follows the number of a service."""
    labels: str
    """What a number read digit by digit follows."""
    digit_names: str
    """Numbers that are names."""
    kinds: str
    """What a number follows that is a name, as in 1335工作机制."""
    rooms: str
    """What the number of a room stands before."""
    day_parts: str
    """Parts of the day."""
    points: str
    """What 点 counts where it is no time, as in 3点建议."""


def _read() -> Tables:
    with Path(__file__).with_name("ear.toml").open("rb") as file:
        table = tomllib.load(file)
    phones, names, measures = table["phones"], table["names"], table["measures"]
    return Tables(
        words={word.lower(): said for word, said in table["words"].items()},
        letters=table["letters"],
        units=table["units"],
        currencies=table["currencies"],
        signs=table["signs"],
        link=table["speech"]["link"],
        mail=table["speech"]["mail"],
        pressure=(table["speech"]["high_pressure"], table["speech"]["low_pressure"]),
        counted=measures["counted"],
        counted_words=tuple(measures["counted_words"]),
        not_counted=tuple(measures["not_counted"]),
        emergency="|".join(phones["emergency"]),
        hotlines="|".join(phones["hotlines"]),
        callers=phones["callers"],
        called=phones["named"],
        labels=phones["labels"],
        digit_names="|".join(names["digits"]),
        kinds=names["kinds"],
        rooms=names["rooms"],
        day_parts=table["day"]["parts"],
        points=table["day"]["points"],
    )


TABLES = _read()
"""The tables of `ear.toml`."""


def _either(words: Iterable[str]) -> str:
    """Any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


UNITS = _either(TABLES.units)
"""Any unit behind a number."""
CURRENCIES = _either(TABLES.currencies)
"""Any sign of money in front of one."""
