"""A secretary's questions about a year of a branch: are the rows right, in writing and through the recogniser?

    bench/questions.py [--quick] [--written]

The questions of tests/questions/asked.toml, the lots of questions_corpus.toml (each written before anybody had looked
at how it is answered), and those of the shared utterance corpus where it is there; the right rows come from SQL of
their own (tests/questions/grading.py). Prints a table and what went wrong, and as its last line one JSON object:
`right`, `wrong_confident` (an answer with other rows, and no word that it may not be what was asked), `right_spoken`
(the same questions by two voices that the product never uses). --quick asks every fifth and
speaks every twentieth, --written speaks none.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parents[1]))

from bot.answer import Answer
from speech.contracts import VoiceFailed
from storage.database import open_database
from tests.bot.conftest import Office, open_office
from tests.questions import grading
from tests.questions.grading import Grade, Question
from tests.questions.year import make_year
from tests.shared_data import FOLDER
from tests.spoken import MEMBERS_VOICES, speak

CORPUS = FOLDER / "corpus" / "dev.jsonl"
SECRETARY = "李卫民"
SOME, SPOKEN = 5, 20
"""Of so many questions --quick asks one in writing, and one by voice."""


@dataclass(frozen=True)
class Asked:
    """A question and how its answer was graded."""

    source: str
    question: Question
    answer: Answer
    grade: Grade


def questions() -> Iterator[tuple[str, Question]]:
    """Where each comes from, and the question."""
    for each in grading.own_questions():
        yield "own", each
    known = tomllib.loads(Path(__file__).with_name("questions_corpus.toml").read_text(encoding="utf-8"))["question"]
    lines = map(json.loads, CORPUS.read_text(encoding="utf-8").splitlines()) if CORPUS.exists() else ()
    texts = {line["id"]: line["text"] for line in lines}
    for each in known:
        if "lot" in each:
            yield f"lot {each['lot']}", grading.from_toml(each)
        elif each["id"] in texts:
            yield "corpus", grading.from_toml({**each, "say": texts[each["id"]]})


def ask(office: Office, source: str, question: Question, audio: bytes | None = None) -> Asked:
    """One question in a talk of its own, after those that it goes on from."""
    office.later(seconds=30)  # else it would be one breath with the question before
    office.say(SECRETARY, "算了")  # what an answer before asked back is not to be taken up here
    office.later(seconds=30)
    office.say(SECRETARY, "你好")
    office.later(seconds=30)
    for before in question.after:
        office.say(SECRETARY, before)
    answer = office.voice(SECRETARY, audio) if audio else office.say(SECRETARY, question.say)
    return Asked(source, question, answer, grading.grade(office.app.db, question, answer))


def asked_all(folder: Path, some: int, every: int) -> tuple[list[Asked], list[Asked]]:
    """One of so many in writing, one of so many by voice; each source in a year of its own, for questions take time."""
    written, spoken = [], []
    listed = list(questions())
    for source in dict.fromkeys(source for source, _ in listed):
        own = [each for each in listed if each[0] == source]
        one, other = asked_of(folder / source.replace(" ", "-"), own[::some], own[::every] if every else [])
        written += one
        spoken += other
    return written, spoken


def asked_of(
    folder: Path, to_write: Sequence[tuple[str, Question]], to_speak: Sequence[tuple[str, Question]]
) -> tuple[list[Asked], list[Asked]]:
    """The questions of one source, in writing and by voice."""
    db = open_database(folder / "data" / "nuanyang.db")
    make_year(db)
    db.close()
    screen = Console(stderr=True)
    with open_office(folder) as office:
        grading.prepare(office.app.db)
        asking = track(to_write, f"{folder.name}, written", console=screen, transient=True)
        written = [ask(office, source, question) for source, question in asking]
        spoken = []
        speaking = track(to_speak, f"{folder.name}, spoken", console=screen, transient=True)
        for number, (source, question) in enumerate(speaking):
            try:
                ogg = speak(question.say, MEMBERS_VOICES[number % 2])
            except VoiceFailed:  # 女的呢 is too short for these voices; nobody would have heard it
                continue
            heard = ask(office, source, question, ogg)
            spoken.append(replace(heard, source=f"{source}, spoken"))
    return written, spoken


def share(asked: Sequence[Asked], grade: Grade) -> float:
    return sum(each.grade == grade for each in asked) / len(asked) if asked else 0.0


def report(everything: Sequence[Asked]) -> None:
    console = Console(width=150)
    for each in everything:
        if each.grade != "right":
            heard = f" (heard: {each.answer.heard})" if "spoken" in each.source else ""
            console.print(
                f"{each.source}: {each.grade}: {each.question.say}{heard} -> {each.answer.text[:70]}", markup=False
            )
    table = Table("questions", "asked", "right", "declined", "wrong but confident")
    for source in dict.fromkeys(each.source for each in everything):
        some = [each for each in everything if each.source == source]
        counted = Counter(each.grade for each in some)
        table.add_row(source, str(len(some)), *(str(counted[grade]) for grade in ("right", "declined", "wrong")))
    console.print(table)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--written", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="nuanyang-questions-") as folder:
        some, every = (SOME, SPOKEN) if options.quick else (1, 1)
        written, spoken = asked_all(Path(folder), some, 0 if options.written else every)
    report([*written, *spoken])
    print(
        json.dumps(
            {
                "questions": len(written),
                "right": round(share(written, "right"), 3),
                "wrong_confident": round(share(written, "wrong"), 3),
                "spoken": len(spoken),
                "right_spoken": round(share(spoken, "right"), 3),
                "wrong_confident_spoken": round(share(spoken, "wrong"), 3),
            }
        )
    )


if __name__ == "__main__":
    main()
