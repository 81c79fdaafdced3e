"""Where the names of a roster are heard in a text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dialogs.understanding.accents import Accent, sound_data
from dialogs.understanding.meaning import Person
from dialogs.understanding.name_hints import may_begin
from dialogs.understanding.name_roster import common_surnames, everyday_characters, roster_sounds
from dialogs.understanding.ordinary import in_words
from dialogs.understanding.sound import Sounds

MOST = {2: 0.18}
"""Highest cost at which a name of so many syllables is taken as heard; `ELSE` for longer ones."""
ELSE = 0.62
AT_A_START = 0.85
"""The same for a longer name that begins a clause or follows a word after which people are named: garbled names stand
there, and ordinary words that sound as little like a name seldom do (1 in 3,300 garbled sentences without a name)."""
GARBLED = 0.95
"""The same anywhere, counted otherwise: what was written has to be no words (`_oddity`). Of 40 names that were garbled
beyond the other two limits 14 lie below it, and of 520 garbled sentences without a name one."""
UNHEARD_OF = 9.0
"""Oddity of a name where digits are written, or an everyday character for the surname (里有菜 is no 李有才)."""
NEAR, MOST_ODD = 0.3, 1.0
"""A name that costs more than the first is none where its oddity is over the second: 送医院 is no 宋玉兰."""
IN_A_WORD, EVERYDAY_HERE, NO_SURNAME_HERE, SAME_HERE = 0.2, 0.3, 0.1, 0.1
"""What counts there for a character that is part of a word, for an everyday one, for a first character that is nobody's
surname, and (taken off) for one that is written as on the roster."""
NO_SURNAME = 0.2
"""Added where the written first character is nobody's surname (recognisers write 王 for 汪, seldom 往)."""
EVERYDAY = 0.5
"""Added for each everyday character (的, 了, 有) where the name has another."""
SAME_CHARACTER = 0.03
"""Taken off for each character written as on the roster: decides between people who sound alike."""


@dataclass(frozen=True)
class Hearing:
    """One person whose name may stand behind one stretch of syllables."""

    person: Person
    """Whose name."""
    begin: int
    """First syllable."""
    finish: int
    """Syllable after the last."""
    cost: float
    """How far the sound is off."""
    penalty: float
    """The cost with what the written characters say for and against; lower is likelier."""
    exact: bool
    """The name is written as on the roster."""


def hear_names(heard: Sounds, roster: Sequence[Person], region: str) -> list[Hearing]:
    """Every name that the text may hold, likeliest first; stretches may overlap."""
    prepared = roster_sounds(tuple(roster), region)
    rows = np.stack([prepared.accent.rows(heard.syllables), prepared.accent.rows(_second_readings(heard))])
    found: dict[tuple[int, str, int], Hearing] = {}
    far: list[Hearing] = []
    for people, needles in prepared.groups:
        for line, begin, cost in _near(prepared.accent, needles, rows):
            hearing = _judge(heard, people[line], begin, begin + needles.shape[1], cost)
            key = (begin, people[line].name, people[line].birth_year or 0)
            if hearing.penalty > MOST.get(needles.shape[1], ELSE) or _odd(hearing, heard):
                far.append(hearing)
            elif key not in found or hearing.penalty < found[key].penalty:
                found[key] = hearing
    ends = {hearing.finish for hearing in found.values()}
    near = (each for each in far if each.penalty <= AT_A_START and not _odd(each, heard))
    likely = (hearing for hearing in near if hearing.begin in ends or _where_names_stand(hearing, heard))
    garbled = (each for each in far if _oddity(each, heard) <= GARBLED)
    for hearing in (each for each in (*likely, *garbled) if _in_one_breath(each, heard)):
        found.setdefault((hearing.begin, hearing.person.name, hearing.person.birth_year or 0), hearing)
    return sorted(found.values(), key=lambda hearing: (not hearing.exact, hearing.penalty, hearing.begin))


def _where_names_stand(hearing: Hearing, heard: Sounds) -> bool:
    """Whether names are likely in this place of the sentence."""
    return may_begin(heard.text[: heard.span(hearing.begin, hearing.finish)[0]])


def _in_one_breath(hearing: Hearing, heard: Sounds) -> bool:
    """Whether a name that is far off is a longer one, and no comma runs through it."""
    length = hearing.finish - hearing.begin
    begin, finish = heard.span(hearing.begin, hearing.finish)
    return length not in MOST and finish - begin == length


def _odd(hearing: Hearing, heard: Sounds) -> bool:
    """Whether a name that is not near either would have to stand where ordinary words are written."""
    return hearing.penalty > NEAR and _oddity(hearing, heard) > MOST_ODD


def _oddity(hearing: Hearing, heard: Sounds) -> float:
    """How much speaks against a name in this stretch: its sound, and what is written there where the name has else."""
    places = heard.places[hearing.begin : hearing.finish]
    written = "".join(heard.text[place] for place in places)
    words, everyday, name = in_words(heard.text), everyday_characters(), hearing.person.name
    if any(char.isdigit() for char in written) or (written[0] in everyday and written[0] != name[0]):
        return UNHEARD_OF
    same = [one == other for one, other in zip(written, name, strict=False)]
    against = sum(
        IN_A_WORD * words[place] + EVERYDAY_HERE * (char in everyday)
        for place, char, ok in zip(places, written, same, strict=False)
        if not ok
    )
    surname = written[0] in common_surnames() or same[0]
    return hearing.cost + against - SAME_HERE * sum(same) + (0.0 if surname else NO_SURNAME_HERE)


def _second_readings(heard: Sounds) -> list[str]:
    """The syllables again, each character of two readings in its other one (送镇还 song zhen hai)."""
    others = sound_data()["second_readings"]
    written = (heard.text[place] for place in heard.places)
    return [
        next((other for other in others.get(char, "").split() if other != syllable), syllable)
        for char, syllable in zip(written, heard.syllables, strict=True)
    ]


def _near(spoken: Accent, needles: NDArray[np.intp], rows: NDArray[np.intp]) -> Iterator[tuple[int, int, float]]:
    """(line of the needle, first syllable, cost) of all stretches that are near enough."""
    length, places = needles.shape[1], rows.shape[1] - needles.shape[1] + 1
    if places <= 0:
        return
    total = np.zeros((len(needles), places), dtype=np.float32)
    for offset in range(length):
        heard = spoken.costs[needles[:, offset, None, None], rows[None, :, offset : offset + places]]
        total += heard.min(axis=1)
    limit = MOST.get(length, GARBLED + SAME_HERE * length)
    for line, begin in zip(*np.nonzero(total <= limit), strict=True):
        yield int(line), int(begin), float(total[line, begin])


def _judge(heard: Sounds, person: Person, begin: int, finish: int, cost: float) -> Hearing:
    """Weigh the sound with the characters that were written."""
    written = [heard.text[place] for place in heard.places[begin:finish]]
    same = [one == other for one, other in zip(written, person.name, strict=False)]
    if all(same):
        return Hearing(person, begin, finish, 0.0, -1.0, True)
    penalty = cost - SAME_CHARACTER * sum(same)
    if written[0] not in common_surnames() and not same[0]:
        penalty += NO_SURNAME
    everyday = everyday_characters()
    penalty += EVERYDAY * sum(char in everyday and not ok for char, ok in zip(written, same, strict=True))
    return Hearing(person, begin, finish, cost, penalty, False)
