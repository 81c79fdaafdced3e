"""transcribe, understand, when, speak, summarise: one part of the way each, from the keyboard."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot import clock
from bot.app import hearing_settings, learnt_folder, understander, voice_settings
from bot.commands.options import ConfigOption, JsonOption
from bot.commands.talk import read_voice_file
from bot.config import Config
from bot.console import OperatorError, at_the_edge, config_or_defaults, err, explain, out, tell
from bot.documents.reading import UnreadableDocument, read_file
from dialogs.narration import as_contract, narrate, summarise
from dialogs.understanding.meaning import Person, Role, Said, Situation, Title
from dialogs.understanding.times import Prefer, find_time
from dialogs.understanding.times import as_contract as when_as_contract
from dialogs.understanding.understand import as_line
from speech import work
from speech.contracts import Hints, Manner, NothingHeard, SpeechError

Line = Mapping[str, object]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(transcribe)
    app.command()(understand)
    app.command("when")(when_command)
    app.command()(speak)
    app.command("summarise")(summarise_command)


@at_the_edge
def transcribe(
    recordings: Annotated[list[Path], typer.Argument(help="Voice files.", metavar="F...")],
    as_json: JsonOption = False,
    engine: Annotated[str, typer.Option(help="whisper or vosk.")] = "",
    config: ConfigOption = None,
) -> None:
    """What is said in each file, one line a file. A file that cannot be read does not stop the others."""
    settings = config_or_defaults(config)
    hearing = hearing_settings(settings)
    if engine and engine != hearing.engine:
        hearing = type(hearing)(engine=engine, models=hearing.models, threads=hearing.threads)
    failed = False
    for path in recordings:
        try:
            heard = work.hear(read_voice_file(path), hearing, Hints())
        except (SpeechError, OperatorError) as error:
            failed = True
            err.print(tell("error", message=f"{path}: {explain(error)}"), markup=False)
            continue
        nothing = isinstance(heard, NothingHeard)
        line = {
            "file": str(path),
            "text": "" if isinstance(heard, NothingHeard) else heard.text,
            "alternatives": [] if isinstance(heard, NothingHeard) else list(heard.alternatives),
            "audio_seconds": round(heard.audio_seconds, 3),
            "compute_seconds": round(heard.compute_seconds, 3),
            "engine": heard.engine,
        }
        if isinstance(heard, NothingHeard):
            line["nothing_heard"] = heard.reason
        if as_json:
            _print_line(line)
        elif nothing:
            out.print(f"{path}: " + tell("nothing_heard", reason=str(line["nothing_heard"])))
        else:
            out.print(f"{path}: {line['text']}", markup=False)
    if failed:
        raise typer.Exit(1)


@at_the_edge
def understand(
    roster: Annotated[Path | None, typer.Option(help="TSV with name, gender, birth_year.")] = None,
    documents: Annotated[Path | None, typer.Option(help="TSV with id, title, nicknames.")] = None,
    role: Annotated[str, typer.Option(help="member or secretary.")] = "member",
    now: Annotated[datetime | None, typer.Option(help="Local time to which a bare weekday refers (ISO).")] = None,
) -> None:
    """What each line on standard input means: a text, or one JSON object with "text"."""
    people = tuple(
        Person(row["name"], row.get("gender", ""), int(row["birth_year"]) if row.get("birth_year") else None)
        for row in _table(roster)
    )
    titles = tuple(
        Title(row["id"], row["title"], tuple(name for name in (row.get("nicknames") or "").split(";") if name))
        for row in _table(documents)
    )
    reader = understander(learnt_folder(Config()))
    for line in _lines():
        said = Said(str(line.get("text", "")), tuple(_strings(line.get("alternatives"))))
        reference = line.get("reference")
        moment = datetime.fromisoformat(str(reference)) if reference else now or clock.now()
        situation = Situation(_role(str(line.get("role") or role)), moment, people, titles)
        _print_line(as_line(reader.understand(said, situation)))


@at_the_edge
def when_command(
    text: Annotated[str | None, typer.Argument(help="A spoken time; none: one a line on standard input.")] = None,
    now: Annotated[datetime | None, typer.Option(help="Local time to which it refers (ISO).")] = None,
    prefer: Annotated[str, typer.Option(help="future or past, for a bare weekday.")] = "",
) -> None:
    """The time that is said."""
    lines: Iterable[Line] = [{"text": text}] if text is not None else _lines()
    for line in lines:
        reference = line.get("reference")
        moment = datetime.fromisoformat(str(reference)) if reference else now or clock.now()
        found = find_time(str(line.get("text", "")), moment, _direction(str(line.get("prefer") or prefer)))
        _print_line(dict(when_as_contract(found)))


@at_the_edge
def speak(
    text: Annotated[str, typer.Argument(help="What is said.")],
    file: Annotated[Path, typer.Option("--out", help="The voice note (OGG/Opus).")],
    voice: Annotated[str, typer.Option(help="Name of the voice.")] = "",
    speed: Annotated[float, typer.Option(min=0.5, max=1.5, help="Pace; 1.0 is the voice's own.")] = 0.85,
    config: ConfigOption = None,
) -> None:
    """Speak a text into a file."""
    settings = config_or_defaults(config)
    spoken_with = voice_settings(settings)
    if voice:
        spoken_with = type(spoken_with)(**{**asdict(spoken_with), "voice": voice})
    file.write_bytes(work.speak(text, spoken_with, Manner(speed=speed)))
    out.print(tell("voice_note", file=str(file)), markup=False)


@at_the_edge
def summarise_command(
    file: Annotated[Path, typer.Argument(help="A document: .txt, .docx, .pdf, .html, .md.")],
    seconds: Annotated[int, typer.Option(min=20, max=600, help="Length when spoken.")] = 90,
    as_json: JsonOption = False,
) -> None:
    """What a document says, in sentences that all stand in it."""
    if not file.is_file():
        raise OperatorError("no_file", file=str(file))
    try:
        text = read_file(file.read_bytes()).text
    except UnreadableDocument as fault:
        raise OperatorError("document_failed", file=str(file), fault=fault.said(tell("language"))) from fault
    narration = narrate(text)
    summary = summarise(narration, seconds)
    if as_json:
        _print_line(as_contract(narration, summary))
        return
    out.print(f"《{narration.title}》", markup=False)
    for sentence in summary.sentences:
        out.print(f"{sentence.text}  {list(sentence.sources)}", markup=False)


def _lines() -> Iterator[Line]:
    """Standard input, line by line: a text, or a JSON object."""
    for raw in sys.stdin:
        line = raw.strip()
        if line.startswith("{"):
            try:
                values = json.loads(line)
            except json.JSONDecodeError:
                values = {"text": line}
            yield values if isinstance(values, dict) else {"text": line}
        else:
            yield {"text": line}


def _print_line(values: Mapping[str, object]) -> None:
    """One JSON object a line, at once, so that a pipe sees it."""
    sys.stdout.write(json.dumps(values, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _table(path: Path | None) -> list[dict[str, str]]:
    if path is None:
        return []
    if not path.is_file():
        raise OperatorError("no_file", file=str(path))
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def _role(name: str) -> Role:
    if name == "member":
        return "member"
    if name == "secretary":
        return "secretary"
    raise OperatorError("no_role", name=name)


def _direction(name: str) -> Prefer:
    if name == "future":
        return "future"
    if name == "past":
        return "past"
    if not name:
        return ""
    raise OperatorError("no_direction", name=name)


def _strings(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []
