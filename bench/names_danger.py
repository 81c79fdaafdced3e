"""Names, titles and danger on the reference utterances: as text, and as the recogniser writes the spoken ones.

    python -m bench.names_danger [--quick]

The full run also transcribes the spoken utterances (models needed; kept in the temporary folder by the text's hash).
The reference data lies beside the checkout; without it only the product's own imagined reports are measured.
The words and rules of danger were written with these utterances before our eyes, so the figures on text are no
forecast: the first look at lines nobody had read (the odd numbers, and three rounds of imagined reports) found 68 to
85 % of them by rules alone.

The last line is one JSON object; keys ending in _audio are there only if sound could be heard.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
import time
import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from rich.console import Console
from rich.progress import track
from rich.table import Table

from dialogs.understanding.danger import detect
from dialogs.understanding.meaning import CARE_INTENTS, Person, Role, Said, Situation, Title
from dialogs.understanding.names import find_people
from dialogs.understanding.titles import find_title

SHARED = Path(__file__).parents[2] / "shared"
OWN = Path(__file__).parents[1] / "dialogs" / "understanding" / "danger_sentences.toml"
NOW = datetime(2026, 11, 22, 9, 30)


@dataclass(frozen=True)
class Line:
    """One utterance with its labels."""

    said: Said
    role: Role
    intent: str
    also: tuple[str, ...]
    people: frozenset[str]
    title: str


@dataclass
class Count:
    """Right of all."""

    right: int = 0
    all: int = 0

    def add(self, right: bool) -> None:
        self.right += right
        self.all += 1

    @property
    def share(self) -> float:
        return self.right / self.all if self.all else float("nan")


def reference() -> list[dict[str, object]]:
    path = SHARED / "corpus" / "dev.jsonl"
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def own() -> list[dict[str, object]]:
    """The product's own reports, where the reference data is absent."""
    content = tomllib.loads(OWN.read_text(encoding="utf-8"))
    return [
        {"id": "", "role": role, "intent": intent, "also": [], "text": text, "slots": {}}
        for role, intents in content.items()
        for intent, texts in intents.items()
        for text in texts
    ]


def as_line(row: dict, said: Said) -> Line:
    person = row["slots"].get("person", [])
    people = frozenset([person] if isinstance(person, str) else person)
    return Line(said, row["role"], row["intent"], tuple(row["also"]), people, row["slots"].get("title", ""))


def members() -> tuple[Person, ...]:
    path = SHARED / "corpus" / "roster.tsv"
    rows = path.read_text(encoding="utf-8").splitlines()[1:] if path.exists() else []
    return tuple(Person(name, gender, int(year)) for name, gender, year, _ in (row.split("\t") for row in rows))


def documents() -> tuple[Title, ...]:
    path = SHARED / "corpus" / "documents.tsv"
    rows = path.read_text(encoding="utf-8").splitlines()[1:] if path.exists() else []
    return tuple(Title(a, b, tuple(c.split(";"))) for a, b, c in (row.split("\t") for row in rows))


def transcribed(console: Console) -> list[Line]:
    """The spoken utterances as the recogniser writes them; empty where models or sound are missing."""
    from speech.contracts import Hints, ModelMissing, Transcript
    from speech.models import default_models_folder
    from speech.work import HearingSettings, hear

    folder = SHARED / "voice"
    if not (folder / "manifest.jsonl").exists():
        return []
    settings = HearingSettings("whisper", default_models_folder(), 2)
    manifest = [json.loads(line) for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]
    lines: list[Line] = []
    for row in track(manifest, "transcribing", console=console, transient=True):
        sound = (folder / row["file"]).read_bytes()
        kept = Path(tempfile.gettempdir()) / "nuanyang-bench" / (hashlib.sha256(sound).hexdigest()[:20] + ".json")
        if not kept.exists():
            try:
                heard = hear(sound, settings, Hints())
            except ModelMissing as missing:
                console.print(f"no sound: {missing}")
                return []
            readings = [heard.text, *heard.alternatives] if isinstance(heard, Transcript) else [""]
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(json.dumps(readings, ensure_ascii=False), encoding="utf-8")
        text, *others = json.loads(kept.read_text(encoding="utf-8"))
        lines.append(as_line(row, Said(text, tuple(others))))
    return lines


def measure(lines: list[Line]) -> dict[str, float]:
    roster, titles = members(), documents()
    counts = {
        name: Count()
        for name in ("names_right", "names_right_or_asked", "titles_right", "danger_recall", "danger_kind",
                     "emergency_recall", "emergency_found", "false_emergency", "false_danger")
    }  # fmt: skip
    spent = 0.0
    detect(Said("你好"), Situation("member", NOW, roster))
    for line in lines:
        began = time.perf_counter()
        people = find_people(line.said.text, line.said.alternatives, roster)
        title = find_title(line.said.text, line.said.alternatives, titles)
        danger = detect(line.said, Situation(line.role, NOW, roster))
        spent += time.perf_counter() - began
        if line.people:
            named = {match.person.name for match in people if not match.loose and not match.speaker}
            fitting = {match.person.name for match in people} | {r.name for match in people for r in match.rivals}
            counts["names_right"].add(named == line.people)
            counts["names_right_or_asked"].add(named == line.people or line.people <= fitting)
        if line.title:
            wanted = find_title(line.title, (), titles)
            counts["titles_right"].add(title is not None and wanted is not None and title.id == wanted.id)
        intent = danger.intent if danger else ""
        if line.intent in CARE_INTENTS:
            counts["danger_recall"].add(danger is not None)
            counts["danger_kind"].add(intent in (line.intent, *line.also))
            if line.intent == "care_emergency":
                counts["emergency_found"].add(danger is not None)
                counts["emergency_recall"].add(intent == "care_emergency")
        elif not set(line.also) & set(CARE_INTENTS):
            counts["false_danger"].add(danger is not None)
            counts["false_emergency"].add(intent == "care_emergency")
    figures = {name: round(count.share, 4) for name, count in counts.items() if count.all}
    return {**figures, "ms": round(1000 * spent / max(1, len(lines)), 2), "utterances": len(lines)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="text only")
    console, quick = Console(stderr=False), parser.parse_args().quick
    rows = reference() or own()
    sets = {"text": [as_line(row, Said(row["text"])) for row in rows]}
    for number, name in enumerate(("text, even numbers", "text, odd numbers")):
        half = [row for row in rows if row["id"] and int(str(row["id"])[1:]) % 2 == number]
        if half:
            sets[name] = [as_line(row, Said(row["text"])) for row in half]
    if not quick:
        spoken = transcribed(console)
        if spoken:
            sets["audio"] = spoken
    results = {name: measure(lines) for name, lines in sets.items()}
    table = Table("", *results)
    for figure in results["text"]:
        table.add_row(figure, *(f"{result.get(figure, float('nan')):.4g}" for result in results.values()))
    console.print(table)
    summary = dict(results["text"])
    summary |= {f"{name}_audio": value for name, value in results.get("audio", {}).items()}
    print(json.dumps(summary))


if __name__ == "__main__":
    main()
