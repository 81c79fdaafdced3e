"""How much of a policy document a summary of ninety seconds carries, and how well questions are answered from it.

Peers: sumy's TextRank, LexRank and LSA (jieba words) and the document's first sentences, all on the same cleaned
text and cut to the same number of characters. The key facts and questions are reference data beside the checkout; the
documents in tests/narration are measured, too. Then how long a member waits for a document that has just come in.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import json
import re
import resource
import statistics
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bot.documents.taking_in import prepare_file
from dialogs.documents.reading import Book, Spot
from dialogs.narration import NotInDocuments, answer, build_index, narrate, summarise
from dialogs.narration.model import Narration, Summary
from speech import work
from speech.contracts import Manner
from speech.models import default_models_folder
from speech.work import VoiceSettings
from storage.documents import Document

HERE = Path(__file__).parents[1]
SHARED = HERE.parent / "shared" / "documents"
FORMS = ("forms", "forms_later", "forms_last")
"""Papers of mixed form (notice, measures, questions and answers, letters, tables), in the order they were written; the
last is as it was first seen: nothing was learnt from it."""
OWN = tuple(
    HERE / "tests/narration" / name for name in ("unseen", "fresh", "further", "later", *FORMS, "desk", "desk_later")
)
"""Documents with key facts and questions that were written without sight of what Nuanyang makes of them."""
EVERYDAY = tuple(
    HERE / "tests/narration" / lot
    for lot in (
        *("everyday", "everyday_later", "everyday_last", "everyday_held"),
        *("papers", "papers_later", "papers_last"),
    )
)
"""Papers with questions as they are spoken, seven lots, each written without sight of the answering; from the last
nothing was learnt."""
DROPPED = 20_000
"""Characters of the document whose way from file to sound is timed."""
MANY = 1000
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
            told = (given, *given.others)  # all of it is read out
            holding = [one for one in told if one.key in row["doc"].split("|") and matches(row["patterns"], one.text)]
            right = not nowhere and bool(holding)
            outcome["right" if right else "wrong"].append(row["id"])
    return outcome


def chapters_right(folder: Path, narrations: Mapping[str, Narration]) -> dict[str, float]:
    """The share of documents whose outermost chapters are those that a reader named beforehand."""
    if not (folder / "expected.toml").exists():
        return {}
    expected = tomllib.loads((folder / "expected.toml").read_text(encoding="utf-8"))
    found = {
        name: [
            f"{each.number} {each.title}".strip()
            for each in narrations[f"{name}.txt"].chapters
            if each.number or each.title
        ]
        for name in expected
    }
    right = sum(found[name] == each["chapters"] for name, each in expected.items())
    print(f"chapters as expected {right:4} of {len(expected)}")
    return {"chapters_right": round(right / len(expected), 3)}


def measure(folder: Path) -> dict[str, float]:
    """Summaries and questions of one folder of documents."""
    narrations = {path.name: narrate(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.txt"))}
    results = summaries(narrations, rows(folder / "keyfacts.tsv"))
    names = list(results[0].carried)
    print(f"{'document':32}{'facts':>6}{'chars':>6}" + "".join(f"{name:>10}" for name in names))
    for result in results:
        carried = "".join(f"{result.carried[n]:10}" for n in names)
        print(f"{result.name:32}{result.facts:6}{result.characters:6}{carried}")
    total = {name: sum(result.carried[name] for result in results) for name in names}
    spoken = sum(result.characters for result in results if result.facts)
    counted = "".join(f"{total[n]:10}" for n in names)
    print(f"{'all':32}{sum(r.facts for r in results):6}{spoken:6}{counted}")
    heads = chapters_right(folder, narrations)
    asked = rows(folder / "questions.tsv") if (folder / "questions.tsv").exists() else []
    outcome = questions(narrations, asked)
    for kind, ids in outcome.items():
        print(f"questions {kind:9}{len(ids):4} of {len(asked)}  {' '.join(ids) if kind != 'right' else ''}")
    print()
    answered = {
        "questions_right": round(len(outcome["right"]) / len(asked), 3),
        "questions_wrong": round(len(outcome["wrong"]) / len(asked), 3),
    } if asked else {}  # fmt: skip
    return {
        "facts_ratio": round(total["ours"] / max(1, max(total[n] for n in ("TextRank", "LexRank", "LSA"))), 2),
        "facts_per_100": round(100 * total["ours"] / max(1, spoken), 2),
        "number_violations": sum(result.violations for result in results),
        **heads,
        **answered,
    }


def everyday(folder: Path) -> dict[str, float]:
    """Questions of one lot of everyday papers, document by document, and how long the answers are to listen to."""
    narrations = {path.name: narrate(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.txt"))}
    asked, index = rows(folder / "questions.tsv"), build_index(narrations)
    outcome = questions(narrations, asked)
    given = [answer(row["question"], index) for row in asked]
    told = [(one, *one.others) for one in given if not isinstance(one, NotInDocuments)]
    lengths = [sum(len(each.text) for each in one) for one in told]
    print(f"{folder.name:32}{'right':>10}{'wrong':>10}{'declined':>10}")
    for letter in dict.fromkeys(row["id"][0] for row in asked):
        own = next((row["doc"] for row in asked if row["id"][0] == letter and row["doc"] != "none"), letter)
        counted = "".join(f"{sum(one[0] == letter for one in ids):10}" for ids in outcome.values())
        print(f"{own:32}{counted}")
    for kind in ("wrong", "declined"):
        print(f"questions {kind:9}{len(outcome[kind]):4} of {len(asked)}  {' '.join(outcome[kind])}")
    print()
    return {
        "questions_right": round(len(outcome["right"]) / len(asked), 3),
        "questions_wrong": round(len(outcome["wrong"]) / len(asked), 3),
        "answer_characters": round(statistics.mean(lengths)),
    }


def long_document(texts: Sequence[str]) -> str:
    """One document of DROPPED characters out of several, its parts numbered anew."""
    lines = [line for text in texts for line in text.splitlines() if len(line) > 40]
    parts: list[str] = ["关于进一步做好离退休干部党建工作的综合意见"]
    for number, line in enumerate(itertools.cycle(lines)):
        if number % 12 == 0:
            parts.append(f"第{number // 12 + 1}条 工作安排之{number // 12 + 1}")
        parts.append(line)
        if sum(map(len, parts)) >= DROPPED:
            return "\n".join(parts)
    raise ValueError("there are no texts to make a document of")


def processor() -> float:
    """Seconds of work of this process and its children, all cores added up."""
    return time.process_time() + resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime


def dropped(text: str, quick: bool) -> dict[str, float]:
    """Seconds from a file to its summary and to the moment from which its first chapter plays without a gap."""
    with tempfile.TemporaryDirectory() as folder:
        voice = VoiceSettings("kokoro", "", default_models_folder(), Path(folder))
        work.speak("您好。", voice, Manner())  # a server that is up has its voice loaded
        started, used = time.perf_counter(), processor()
        ready = prepare_file(text.encode()).document
        prepared = time.perf_counter() - started
        book = Book(Document(1, 1, ready.title, "", "", ready.summary), ready.chapters)
        chapter = book.spoken(Spot(1))
        playable, worked, heard, number, count = 0.0, 0.0, 0.0, 0, 1
        while number < count and (not quick or number < 6):
            made = work.make_clause(chapter, number, voice, Manner())
            # To play from now on without a gap, this clause must be there before the ones in front of it are through.
            playable = max(playable, time.perf_counter() - started - heard)
            worked = max(worked, processor() - used - heard)
            heard, number, count = heard + made.seconds, number + 1, made.count
    narration = narrate(text)
    started = time.perf_counter()
    summarise(narration)
    return {
        "dropped_characters": len(text),
        "prepared_s": round(prepared, 2),
        "summary_s": round(time.perf_counter() - started, 2),
        "first_chapter_playable_s": round(playable, 1),
        "first_chapter_processor_s": round(worked, 1),  # the same, counted in work: what others do does not count
    }


def searched(texts: Sequence[str], count: int) -> dict[str, float]:
    """Milliseconds of a question to so many documents, each with its own words and figures."""
    varied = {}
    for number in range(count):
        lines = texts[number % len(texts)].splitlines()
        start = number * 7 % max(1, len(lines) // 2)
        body = [
            re.sub(r"\d+", lambda figure, by=number: str(int(figure.group()) % 97 + by), line) for line in lines[start:]
        ]
        varied[str(number)] = narrate("\n".join([lines[0], *body]))
    started = time.perf_counter()
    index = build_index(varied)
    built = time.perf_counter() - started
    asked = (
        "书记补贴是多少钱",
        "几个人可以成立支部",
        "党费怎么交",
        "住院了谁来看我",
        "年纪大了能不能不去",
        "体检什么时候",
    )
    times, worked = [], []
    for question in asked * 3:
        started, used = time.perf_counter(), time.process_time()
        answer(question, index)
        times.append((time.perf_counter() - started) * 1000)
        worked.append((time.process_time() - used) * 1000)
    return {
        "searched_documents": count,
        "searched_statements": len(index.places),
        "index_s": round(built, 1),
        "search_ms": round(statistics.median(times), 1),
        "search_processor_ms": round(statistics.median(worked), 1),
        "search_p95_ms": round(sorted(times)[int(len(times) * 0.95)], 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="six clauses spoken, 100 documents searched")
    parser.add_argument("--documents", type=Path, help="a folder with *.txt, keyfacts.tsv, questions.tsv")
    options = parser.parse_args()
    reference = options.documents or SHARED
    folders = [folder for folder in (reference, *OWN) if folder.exists()]
    figures = {folder: measure(folder) for folder in dict.fromkeys(folders)}
    first, *others = folders
    found: dict[str, float] = dict(figures[first])
    for other in others:
        found |= {f"{other.name}_{name}": figure for name, figure in figures[other].items()}
    for lot in EVERYDAY:
        found |= {f"{lot.name}_{name}": figure for name, figure in everyday(lot).items()}
    texts = [path.read_text(encoding="utf-8") for folder in folders for path in sorted(folder.glob("*.txt"))]
    found |= dropped(long_document(texts), options.quick)
    found |= searched(texts, 100 if options.quick else MANY)
    for name in (
        "prepared_s",
        "summary_s",
        "first_chapter_playable_s",
        "first_chapter_processor_s",
        "index_s",
        "search_ms",
        "search_p95_ms",
    ):
        print(f"{name:28}{found[name]}")
    print(json.dumps(found))


if __name__ == "__main__":
    main()
