"""How well utterances are understood: intents, slots, danger, confidence, time; written, and through the recogniser.

    python bench/understanding.py [--quick] [--ablation]

The reference utterances are no part of the sentences learnt from. --quick leaves out the peers, the run on unsighted
sentences alone, and all recordings whose transcripts are not at hand.
--ablation leaves out one part after the other (minutes). Prints tables, and as its
last line one JSON object. Times are processor time.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path

from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.understanding_ablation import ablation
from bench.understanding_peers import accuracy, available
from bench.understanding_scores import SHARED, Line, Scores, heard_lines, people, score, titles, written_lines
from dialogs.understanding.intents import ROLES, IntentReader, learn
from dialogs.understanding.meaning import Said
from dialogs.understanding.sentences import load_words
from dialogs.understanding.understand import Understander
from speech.contracts import Hints, ModelMissing, Transcript
from speech.models import default_models_folder
from speech.work import HearingSettings, hear

CACHE = Path(tempfile.gettempdir()) / "nuanyang-bench"
"""What was learnt and heard is kept here between runs."""
WORST = 10
"""Pairs of confused intents that are shown."""

EXAMPLES = 2
"""Sentences shown of each pair."""

out = Console(width=150)


def transcripts(quick: bool) -> dict[str, Said]:
    """What the recogniser hears in the spoken utterances; heard once, then kept."""
    kept = CACHE / "transcripts.json"
    heard: dict[str, dict[str, object]] = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    manifest = SHARED / "voice/manifest.jsonl"
    rows = [json.loads(row) for row in manifest.read_text(encoding="utf-8").splitlines()]
    settings = HearingSettings("whisper", default_models_folder())
    for row in rows:
        if row["id"] in heard or quick:
            continue
        try:
            result = hear((manifest.parent / row["file"]).read_bytes(), settings, Hints())
        except ModelMissing as missing:
            out.print(f"No recordings: {missing}")
            break
        said = Said(result.text, result.alternatives) if isinstance(result, Transcript) else Said("")
        heard[row["id"]] = asdict(said)
        kept.write_text(json.dumps(heard, ensure_ascii=False), encoding="utf-8")
    return {name: Said(str(said["text"]), tuple(said["alternatives"])) for name, said in heard.items()}  # type: ignore[arg-type]


def table_of(results: dict[str, Scores]) -> Table:
    table = Table("", *results, title="Understanding")
    rows = {
        "utterances": lambda s: str(s.lines),
        "intent right, first": lambda s: f"{s.share(s.first):.1%}",
        "intent right, first two": lambda s: f"{s.share(s.two):.1%}",
        "macro F1": lambda s: f"{s.macro_f1():.3f}",
        "dangers told": lambda s: _share(s, "told", "reports"),
        "emergencies told": lambda s: _share(s, "emergencies_told", "emergencies"),
        "emergencies told as such": lambda s: _share(s, "as_such", "emergencies"),
        "false alarms, any": lambda s: _share(s, "alarms", "others"),
        "false alarms, emergency": lambda s: _share(s, "emergency_alarms", "others"),
        "calibration error": lambda s: f"{s.calibration_error():.3f}",
        "ms an utterance": lambda s: f"{1000 * s.seconds / max(1, s.lines):.2f}",
    }
    for name, cell in rows.items():
        table.add_row(name, *(cell(scores) for scores in results.values()))
    for slot in sorted({slot for scores in results.values() for slot in scores.slots}):
        table.add_row(f"slot {slot}, F1", *(f"{scores.slot_f1(slot):.3f}" for scores in results.values()))
    return table


def _share(scores: Scores, part: str, whole: str) -> str:
    count = scores.danger
    return f"{count[part]}/{count[whole]} = {count[part] / max(1, count[whole]):.1%}"


def groups_of(name: str, scores: Scores) -> Table:
    table = Table("group", "utterances", "first right", title=f"{name}, by group")
    for group, count in sorted(scores.by_group.items()):
        table.add_row(group, str(count["lines"]), f"{count['first'] / count['lines']:.1%}")
    return table


def confusions_of(name: str, scores: Scores) -> Table:
    table = Table("meant", "taken for", "times", "for example", title=f"{name}, worst confusions")
    for (meant, taken), texts in sorted(scores.wrong.items(), key=lambda pair: -len(pair[1]))[:WORST]:
        table.add_row(meant, taken, str(len(texts)), " / ".join(text[:30] for text in texts[:EXAMPLES]))
    return table


def figures(results: dict[str, Scores]) -> dict[str, float]:
    """The figures of the last line."""
    listed: dict[str, float] = {}
    for name, scores in results.items():
        count = scores.danger
        listed |= {
            f"{name}_intent_first": scores.share(scores.first),
            f"{name}_intent_two": scores.share(scores.two),
            f"{name}_macro_f1": scores.macro_f1(),
            f"{name}_danger_recall": round(count["told"] / max(1, count["reports"]), 4),
            f"{name}_emergency_recall": round(count["emergencies_told"] / max(1, count["emergencies"]), 4),
            f"{name}_false_danger": round(count["alarms"] / max(1, count["others"]), 4),
            f"{name}_false_emergency": round(count["emergency_alarms"] / max(1, count["others"]), 4),
            f"{name}_calibration_error": scores.calibration_error(),
            f"{name}_ms": round(1000 * scores.seconds / max(1, scores.lines), 2),
        }
    return listed


def main() -> None:
    """Score, beside the peers, and show what is confused."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="under a minute once learnt: no peers, nothing newly heard"
    )
    parser.add_argument("--ablation", action="store_true", help="leave out one part after the other")
    options = parser.parse_args()
    if not (SHARED / "corpus/dev.jsonl").exists():
        out.print("The reference utterances are not on this machine: nothing to measure.")
        return
    CACHE.mkdir(exist_ok=True)
    understander = Understander.load(CACHE)
    roster, docs = people(), titles()
    results = {"text": score(understander, written_lines(), roster, docs)}
    recogniser_style = [line for line in written_lines() if line.group == "asr"]
    results["asr_style"] = score(understander, recogniser_style, roster, docs)
    heard = heard_lines(transcripts(options.quick))
    if heard:
        results["audio"] = score(understander, heard, roster, docs)
    out.print(table_of(results))
    for name, scores in results.items():
        out.print(groups_of(name, scores), confusions_of(name, scores))
    if not options.quick:
        unseen = {f"{name}_unseen": score(unsighted(), lines, roster, docs) for name, lines in
                  (("text", written_lines()), ("audio", heard)) if lines}  # fmt: skip
        out.print(table_of(unseen))
        results |= unseen
    listed = figures(results)
    if not options.quick:
        listed |= compare(heard)
    if options.ablation:
        out.print(ablation(written_lines(), heard, roster, docs))
    print(json.dumps(listed, ensure_ascii=False))


@cache
def unsighted() -> Understander:
    """One that learnt only from the utterances (`said`) whose writers never saw the reference lines; the templates and
    further wordings were written with some of them in view. What it gets right is the fair guess for new speakers."""
    words = tuple(replace(each, sentences=(), examples=()) for each in load_words())
    return Understander(IntentReader({role: learn(role, words) for role in ROLES}, words))


def compare(heard: list[Line]) -> dict[str, float]:
    """The peers on the same lines."""
    peers, absent = available()
    table = Table("peer", "text first", "first two", "audio first", "first two", title="Peers, same sentences")
    listed: dict[str, float] = {}
    for peer in peers:
        written = accuracy(peer, written_lines(), people(), titles())
        spoken = accuracy(peer, heard, people(), titles()) if heard else (0.0, 0.0)
        table.add_row(peer.name, *(f"{value:.1%}" for value in (*written, *spoken)))
        listed |= {f"{peer.name}_text_intent_first": written[0], f"{peer.name}_audio_intent_first": spoken[0]}
    out.print(table)
    if absent:
        out.print(f"Not installed: {', '.join(absent)}")
    return listed


if __name__ == "__main__":
    main()
