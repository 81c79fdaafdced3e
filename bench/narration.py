"""How much of a policy document a summary of ninety seconds carries, and how well questions are answered from it.

Peers: sumy's TextRank, LexRank and LSA (jieba words) and the document's first sentences, all on the same cleaned
text and cut to the same number of characters. The key facts and questions are reference data beside the checkout.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from dialogs.narration import NotInDocuments, answer, build_index, narrate, summarise
from dialogs.narration.model import Narration, Summary

SHARED = Path(__file__).parents[1].parent / "shared" / "documents"
_DIGITS = re.compile(r"\d+(?:\.\d+)?%?|[一二三四五六七八九十百千万两]+(?=[个人名次年月日元条项岁届])")


@dataclass(frozen=True)
class Result:
    """One document: who carried how many of its key facts."""

    name: str
    facts: int
    carried: Mapping[str, int]
    characters: int
    violations: int


def matches(patterns: str, text: str) -> bool:
    """Whether one of the alternatives (||) has all its parts (&&) in the text."""
    return any(all(re.search(part.strip(), text) for part in one.split("&&")) for one in patterns.split("||"))


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def number_violations(narration: Narration, summary: Summary) -> int:
    """Numbers of a summary sentence that its own source sentences do not hold."""
    texts = {sentence.number: sentence.text for sentence in narration.sentences}
    return sum(
        number not in _DIGITS.findall("".join(texts[source] for source in sentence.sources))
        for sentence in summary.sentences
        for number in _DIGITS.findall(sentence.text)
    )


def peers() -> dict[str, Callable[[Narration, int], str]]:
    """Each peer's summary of so many characters: its sentences in its order of importance, the last one cut."""
    from sumy.nlp.tokenizers import Tokenizer
    from sumy.parsers.plaintext import PlaintextParser
    from sumy.summarizers.lex_rank import LexRankSummarizer
    from sumy.summarizers.lsa import LsaSummarizer
    from sumy.summarizers.text_rank import TextRankSummarizer

    def ranked(summarizer: Callable[[object, int], Sequence[object]]) -> Callable[[Narration, int], str]:
        def run(narration: Narration, characters: int) -> str:
            text = "\n".join(sentence.text for sentence in narration.sentences)
            document = PlaintextParser.from_string(text, Tokenizer("chinese")).document
            best: list[str] = []
            for count in range(1, 40):
                taken = [str(sentence) for sentence in summarizer(document, count)]
                best += [sentence for sentence in taken if sentence not in best]
                if sum(map(len, best)) >= characters:
                    break
            return "".join(best)[:characters]

        return run

    def lead(narration: Narration, characters: int) -> str:
        return "".join(sentence.text for sentence in narration.sentences)[:characters]

    return {
        "TextRank": ranked(TextRankSummarizer()),
        "LexRank": ranked(LexRankSummarizer()),
        "LSA": ranked(LsaSummarizer()),
        "lead": lead,
    }


def summaries(narrations: Mapping[str, Narration], facts: Sequence[Mapping[str, str]]) -> list[Result]:
    others = peers()
    results = []
    for name, narration in narrations.items():
        own = [fact for fact in facts if fact["doc"] == name]
        summary = summarise(narration)
        texts = {"ours": summary.text}
        texts |= {peer: run(narration, len(summary.text)) for peer, run in others.items()}
        carried = {who: sum(matches(f["patterns"], text) for f in own) for who, text in texts.items()}
        violations = number_violations(narration, summary)
        results.append(Result(name, len(own), carried, len(summary.text), violations))
    return results


def questions(narrations: Mapping[str, Narration], asked: Sequence[Mapping[str, str]]) -> dict[str, list[str]]:
    """Ids of the questions answered right, wrong, or declined although a document answers."""
    index = build_index(narrations)
    outcome: dict[str, list[str]] = {"right": [], "wrong": [], "declined": []}
    for row in asked:
        given = answer(row["question"], index)
        nowhere = row["doc"] == "none"
        if isinstance(given, NotInDocuments):
            outcome["right" if nowhere else "declined"].append(row["id"])
        else:
            right = not nowhere and given.key in row["doc"].split("|") and matches(row["patterns"], given.text)
            outcome["right" if right else "wrong"].append(row["id"])
    return outcome


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="the same work: it takes seconds")
    parser.add_argument(
        "--documents", type=Path, default=SHARED, help="a folder with *.txt, keyfacts.tsv, questions.tsv"
    )
    options = parser.parse_args()
    if not options.documents.exists():
        raise SystemExit(f"No reference documents in {options.documents.name}; nothing to measure.")
    narrations = {
        path.name: narrate(path.read_text(encoding="utf-8")) for path in sorted(options.documents.glob("*.txt"))
    }
    results = summaries(narrations, rows(options.documents / "keyfacts.tsv"))
    names = list(results[0].carried)
    print(f"{'document':32}{'facts':>6}{'chars':>6}" + "".join(f"{name:>10}" for name in names))
    for result in results:
        print(
            f"{result.name:32}{result.facts:6}{result.characters:6}" + "".join(f"{result.carried[n]:10}" for n in names)
        )
    total = {name: sum(result.carried[name] for result in results) for name in names}
    print(
        f"{'all':32}{sum(r.facts for r in results):6}{sum(r.characters for r in results):6}"
        + "".join(f"{total[n]:10}" for n in names)
    )
    asked = rows(options.documents / "questions.tsv")
    outcome = questions(narrations, asked)
    for kind, ids in outcome.items():
        print(f"questions {kind:9}{len(ids):4} of {len(asked)}  {' '.join(ids) if kind != 'right' else ''}")
    started = time.perf_counter()
    summarise(next(iter(narrations.values())))
    print(f"one summary: {time.perf_counter() - started:.3f} s")
    spoken = sum(result.characters for result in results if result.facts)
    print(
        json.dumps(
            {
                "facts_ratio": round(total["ours"] / max(1, max(total[n] for n in ("TextRank", "LexRank", "LSA"))), 2),
                "facts_per_100": round(100 * total["ours"] / max(1, spoken), 2),
                "number_violations": sum(result.violations for result in results),
                "questions_right": round(len(outcome["right"]) / len(asked), 3),
                "questions_wrong": round(len(outcome["wrong"]) / len(asked), 3),
            }
        )
    )


if __name__ == "__main__":
    main()
