"""Danger first: hears reports of emergencies, illness, loss and need, and would rather ask than miss one.

The notions stand in danger_words.toml, the rules that join them in danger_rules.toml; this module weighs them. It
looks at every reading of the recording, and the most dangerous one counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from dialogs.understanding.danger_heard import Utterance
from dialogs.understanding.danger_rules import Live, Rule, live_notions, rules
from dialogs.understanding.danger_words import Hit
from dialogs.understanding.explained import silenced
from dialogs.understanding.features import bare
from dialogs.understanding.meaning import Said, Situation
from dialogs.understanding.names import find_people

SURE = 0.9
LIKELY = 0.55
CERTAIN = 0.8
"""Confidence from which nobody need ask whether it is so."""
BY_SOUND = 0.85
"""Factor on evidence that was heard, but is not written so."""
MANY_READINGS = 4
"""How many alternatives are looked at: all there are. With two, one of 283 lines of talk less alarmed."""

About = Literal["speaker", "another", "unknown"]


@dataclass(frozen=True)
class Danger:
    """Something because of which a human is told."""

    intent: str
    """One of CARE_INTENTS."""
    confidence: float
    """0..1."""
    evidence: str
    """The words that say so, as said."""
    begin: int
    """Where they begin in the reading."""
    finish: int
    """Where they end."""
    about: About
    """Whom it concerns."""
    certain: bool
    """False: a human is told and the speaker is asked."""
    reading: int = 0
    """0 for the best reading, n for the n-th alternative."""


def detect(said: Said, situation: Situation) -> Danger | None:
    """The danger that was reported, None for none; an emergency wins over everything else."""
    found: list[Danger] = []
    looked_at: set[str] = set()
    for number, reading in enumerate((said.text, *said.alternatives[:MANY_READINGS])):
        words = bare(reading)
        if words in looked_at:  # one in three differs in its commas alone
            continue
        looked_at.add(words)
        danger = _in_one_reading(reading, situation)
        if danger is not None:
            found.append(replace(danger, reading=number, certain=danger.certain and number == 0))
    if not found:
        return None
    first = found[0]
    urgent = next((d for d in found if d.intent == "care_emergency" and d.confidence >= LIKELY), None)
    return urgent if urgent and first.intent != "care_emergency" and not first.certain else first


def _in_one_reading(text: str, situation: Situation) -> Danger | None:
    """The gravest report in one reading."""
    live = live_notions(text)
    _with_names(live, text, situation)
    best: dict[str, tuple[float, list[Hit]]] = {}
    quiet = silenced(live, situation.role)
    for rule in rules():
        if rule.intent in quiet or not all(notion in live.under for notion in rule.notions):
            continue
        evidence = _applies(rule, live)
        if evidence is None:
            continue
        strength = (SURE if rule.sure else LIKELY) * (1 if all(hit.exact for hit in evidence) else BY_SOUND)
        if live.fine and rule.intent == "care_illness":
            strength *= 0.6 if "hospital" in rule.notions else 0.4
        known, hits = best.get(rule.intent, (0.0, evidence))
        stronger = evidence if strength > known else hits
        best[rule.intent] = (1 - (1 - known) * (1 - strength * 0.999), stronger)
    if not best:
        return None
    intent = _gravest({name: confidence for name, (confidence, _) in best.items()})
    confidence, hits = best[intent]
    if confidence < 0.4:
        return None
    begin, finish = _stretch(live.said, hits)
    return Danger(
        intent,
        round(min(confidence, 0.99), 3),
        text[begin:finish],
        begin,
        finish,
        _about(live, hits, text, situation),
        confidence >= CERTAIN,
    )


def _gravest(confidences: dict[str, float]) -> str:
    """The likeliest kind; an emergency or a death that is likely comes before all that is likelier."""
    if confidences.get("care_emergency", 0) >= 0.7:
        return "care_emergency"
    if confidences.get("care_bereavement", 0) >= 0.85:
        return "care_bereavement"
    if confidences.get("care_hardship", 0) >= 0.85 and confidences.get("care_illness", 0) < 0.98:
        return "care_hardship"
    order = ("care_emergency", "care_bereavement", "care_hardship", "care_illness")
    return max(order, key=lambda intent: round(confidences.get(intent, 0), 1))


def _applies(rule: Rule, live: Live) -> list[Hit] | None:
    """The hits by which a rule holds."""
    if any(live.hits(notion) for notion in rule.unless):
        return None
    first, *others = rule.notions
    for start in live.hits(first, rule.despite):
        chosen = [start]
        for notion in others:
            free = [hit for hit in live.hits(notion, rule.despite) if not _overlaps(hit, chosen)]
            nearest = min(free, key=lambda hit: abs(hit.begin - start.begin), default=None)
            if nearest is None:
                break
            chosen.append(nearest)
        if (
            len(chosen) == len(rule.notions)
            and max(hit.finish for hit in chosen) - min(hit.begin for hit in chosen) <= rule.within
        ):
            return chosen
    return None


def _overlaps(hit: Hit, others: list[Hit]) -> bool:
    """Whether a hit shares syllables with one of the others."""
    return any(hit.begin < other.finish and hit.finish > other.begin for other in others)


def _with_names(live: Live, text: str, situation: Situation) -> None:
    """Add the people of the roster as hits, where a rule could use them."""
    if not (live.found("went") or live.found("sick") or live.found("mild") or live.found("missing")):
        return
    places = live.said.heard.places
    for match in find_people(text, (), situation.roster, situation.region):
        inside = [i for i, place in enumerate(places) if match.begin <= place < match.finish]
        if inside and not match.speaker:
            live.add(Hit("name", inside[0], inside[-1] + 1, exact=match.score == 1))


def _stretch(said: Utterance, hits: list[Hit]) -> tuple[int, int]:
    """Characters of the text from the first hit to the last."""
    return said.heard.span(min(hit.begin for hit in hits), max(hit.finish for hit in hits))


ANOTHER = re.compile(
    r"他|她|伊|人家|老伴|老头|老太|老婆|老公|爱人|隔壁|邻居|儿子|女儿|孙|楼[上下]|对门|同志|大[姐哥妈爷]"
)
OWN = re.compile(r"我(?!家|们|老|爱|儿|女|孙|妈|爸|爹|娘|的|公|婆)|俺(?!家|们|老|儿|娘)")


def _about(live: Live, hits: list[Hit], text: str, situation: Situation) -> About:
    """Whom it concerns: the last person spoken of before the end of the evidence."""
    before = live.said.characters[: max(hit.finish for hit in hits)]
    other = [found.start() for found in ANOTHER.finditer(before)]
    own = [found.start() for found in OWN.finditer(before)]
    named = any(not match.speaker for match in find_people(text, (), situation.roster, situation.region))
    if not other and not named and not live.found("kin"):
        return "speaker" if own else "unknown"
    return "speaker" if own and (not other or own[-1] > other[-1]) and not named else "another"
