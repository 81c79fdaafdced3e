"""What a recogniser makes of what is said: learnt from spoken sentences and what was heard, then done to others."""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import cn2an
from rapidfuzz.distance import Levenshtein

from bench.understanding import transcripts
from bench.understanding_scores import SHARED
from dialogs.understanding.sentences import load_words
from dialogs.understanding.sound import Sounds, sounds
from dialogs.understanding.variation import Draw, Variation

MANIFEST = SHARED / "voice/manifest.jsonl"
Condition = tuple[str, bool]
"""The speaker's accent, and whether there is noise or a telephone's narrow band."""


@dataclass(frozen=True)
class Spoken:
    """One recording: what was said, and what the recogniser wrote."""

    condition: Condition
    """How it was spoken."""
    said: Sounds
    """What was said."""
    heard: Sounds
    """What was written."""


class Ears:
    """Mishears like the recogniser: which syllables, how often, and as what, by recording."""

    def __init__(self, spoken: Iterable[Spoken]) -> None:
        self.rates: defaultdict[Condition, list[float]] = defaultdict(list)
        self._same: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._other: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._any: Counter[str] = Counter()
        for each in spoken:
            self._learn(each)

    def _learn(self, each: Spoken) -> None:
        """One recording's rate of wrong syllables, and each syllable beside what was written for it."""
        wrong = 0
        for what, begin, end, at, to in Levenshtein.opcodes(each.said.syllables, each.heard.syllables):
            said = [each.said.text[place] for place in each.said.places[begin:end]]
            heard = [each.heard.text[place] for place in each.heard.places[at:to]]
            if what == "equal":
                for char, written in zip(said, heard, strict=True):
                    self._same[char][written] += 1
                continue
            wrong += max(len(said), len(heard))
            for number, syllable in enumerate(each.said.syllables[begin:end]):
                written = heard[number] if number < len(heard) else ""
                self._other[syllable][written] += 1
                self._any[written] += 1
        self.rates[each.condition].append(min(1.0, wrong / max(1, len(each.said.syllables))))

    def mishear(self, text: str, condition: Condition, chance: random.Random) -> str:
        """The text as it may be recognised from such a speaker, with as many errors as one recording of theirs had."""
        rate = chance.choice(self.rates[condition])
        said = sounds(text)
        written = list(text)
        for place, syllable in zip(said.places, said.syllables, strict=True):
            char = text[place]
            if chance.random() < rate:
                written[place] = _drawn(self._other.get(syllable) or self._any, chance)
            elif char in self._same:
                written[place] = _drawn(self._same[char], chance)
        return "".join(written) or text

    @property
    def mean(self) -> float:
        """Share of syllables that are wrong, over all recordings."""
        rates = [rate for each in self.rates.values() for rate in each]
        return sum(rates) / len(rates)


class Homophones:
    """The same where no recordings are at hand: characters exchanged as in the learnt variations."""

    def __init__(self) -> None:
        self.rates: Mapping[Condition, list[float]] = {("standard", False): [0.12], ("south", True): [0.25]}
        self.mean = 0.12
        draw = Draw(dialect=0, misheard=1, garbled=0, frame=0, chatter=0, denied=0)
        self._variation = Variation(load_words(), "member", draw)

    def mishear(self, text: str, condition: Condition, chance: random.Random) -> str:
        """The text with some characters exchanged for others that sound the same, or nearly so."""
        del condition  # all speak alike here
        return self._variation.vary(text, "", chance)


def ears(quick: bool) -> Ears | Homophones:
    """Learnt from the spoken reference sentences; without them from homophones alone."""
    if not MANIFEST.exists():
        return Homophones()
    heard = transcripts(quick)
    rows = [json.loads(row) for row in MANIFEST.read_text(encoding="utf-8").splitlines()]
    pairs = [
        Spoken(
            (row["accent"], bool(row["snr"]) or row["telephone"]), sounds(row["text"]), _spelt(heard[row["id"]].text)
        )
        for row in rows
        if row["id"] in heard
    ]
    return Ears(pairs) if pairs else Homophones()


def _spelt(heard: str) -> Sounds:
    """As it sounds, with numbers as words: 11月 written for 十一月 is no error."""
    try:
        return sounds(str(cn2an.transform(heard, "an2cn")))
    except ValueError:
        return sounds(heard)


def _drawn(counted: Counter[str], chance: random.Random) -> str:
    return chance.choices(list(counted), list(counted.values()))[0]
