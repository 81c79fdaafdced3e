"""Peers for bench/understanding.py, given the same sentences and the same lines: what each of them would answer."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench.understanding_scores import Line
from dialogs.understanding.examples import Example, examples
from dialogs.understanding.features import AMOUNT, PERSON, PHONE, SLOT_SYMBOLS, TIMES, TITLE, bare
from dialogs.understanding.meaning import Person, Role, Situation, Title
from dialogs.understanding.sentences import IntentWords, load_words
from dialogs.understanding.templates import Choice, Literal, Slot, Template
from dialogs.understanding.values import find_values
from dialogs.understanding.variation import Draw

Ranking = list[str]
Answer = Callable[[str, str], Ranking]
"""(text as said, text with values masked) -> intents, likeliest first; empty for none."""


@dataclass(frozen=True)
class Peer:
    """Another way to tell intents apart."""

    name: str
    build: Callable[[Role], Answer]


def available() -> tuple[list[Peer], list[str]]:
    """The peers that are installed, and the names of those that are not."""
    wanted = [("hassil", hassil_templates), ("sklearn", character_regression), ("rapidfuzz", nearest_sentence)]
    there = [Peer(name, build) for name, build in wanted if importlib.util.find_spec(name)]
    return there, [name for name, _ in wanted if not importlib.util.find_spec(name)]


def accuracy(peer: Peer, lines: Sequence[Line], roster: Sequence[Person], docs: Sequence[Title]) -> tuple[float, float]:
    """Share right first, and among the first two."""
    answers = {role: peer.build(role) for role in ("member", "secretary")}
    first = two = 0
    for line in lines:
        values = find_values(line.said, Situation(line.role, line.now, tuple(roster), tuple(docs)))
        ranking = answers[line.role](line.said.text, values.masked())
        first += bool(set(ranking[:1]) & line.right)
        two += bool(set(ranking[:2]) & line.right)
    return round(first / len(lines), 4), round(two / len(lines), 4)


def character_regression(role: Role) -> Answer:
    """TF-IDF of 1-3 characters and multinomial logistic regression, on the very sentences we learn from."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    made = _examples(role)
    vectors = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True, min_df=2)
    model = LogisticRegression(C=20, max_iter=60)
    model.fit(vectors.fit_transform([bare(e.text) for e in made]), [e.intent for e in made])

    def answer(_: str, masked: str) -> Ranking:
        chances = model.predict_proba(vectors.transform([bare(masked)]))[0]
        return [str(model.classes_[at]) for at in chances.argsort()[::-1]]

    return answer


def nearest_sentence(role: Role) -> Answer:
    """The intent of the sentence that is nearest by edit similarity."""
    from rapidfuzz import fuzz, process

    made = _examples(role)
    texts = [bare(e.text) for e in made]

    def answer(_: str, masked: str) -> Ranking:
        found = process.extract(bare(masked), texts, scorer=fuzz.ratio, limit=20)
        return list(dict.fromkeys(made[at].intent for _, _, at in found))

    return answer


def hassil_templates(role: Role) -> Answer:
    """The same sentence templates in hassil's own matcher, characters only, values as lists of one symbol."""
    from hassil import Intents, recognize_all
    from hassil.util import normalize_text

    words = [words for words in load_words() if words.for_role(role) and words.sentences]
    intents = Intents.from_dict(
        {
            "language": "zh",
            "settings": {"ignore_whitespace": True},
            "intents": {w.intent: {"data": [{"sentences": _hassil_sentences(w)}]} for w in words},
            "lists": {name: _hassil_list(name) for name in {s for w in words for s in w.slots}},
        }
    )

    def answer(_: str, masked: str) -> Ranking:
        found = recognize_all(normalize_text(bare(masked.translate(_AS_WORDS))), intents)
        return list(dict.fromkeys(result.intent.name for result in found))

    return answer


_AS_WORDS = str.maketrans({PERSON: "qa", TITLE: "qb", AMOUNT: "qc", PHONE: "qd", **dict.fromkeys(TIMES.values(), "qe")})
"""Symbols of values as words that hassil reads."""


def _hassil_list(slot: str) -> dict[str, object]:
    """The one word that stands for a found value; free slots take anything."""
    symbol = {**SLOT_SYMBOLS, "when": TIMES["now"], "period": TIMES["now"]}.get(slot)
    return {"values": [symbol.translate(_AS_WORDS)]} if symbol else {"wildcard": True}


def _hassil_sentences(words: IntentWords) -> list[str]:
    return [_hassil(template) for template in words.sentences]


def _hassil(template: Template) -> str:
    """Our template in hassil's spelling: the same brackets, an optional part with all its options."""
    parts: list[str] = []
    for node in template:
        if isinstance(node, Literal):
            parts.append(bare(node.text))
        elif isinstance(node, Slot):
            parts.append(f"{{{node.name}}}")
        elif isinstance(node, Choice):
            options = [_hassil(option) for option in node.options]
            spoken = "|".join(dict.fromkeys(option for option in options if option))
            if spoken:
                parts.append(f"[({spoken})]" if "" in options else f"({spoken})")
    return "".join(parts)


def _examples(role: Role) -> list[Example]:
    return examples(load_words(), role, Draw(most=6))
