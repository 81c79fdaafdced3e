"""understand, when, summarise: what words mean, one part of the way each, from the keyboard."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot import clock
from bot.app import learnt_folder, understander
from bot.commands.options import JsonOption
from bot.commands.sound import heard_as_said
from bot.config import Config
from bot.console import OperatorError, at_the_edge, out, print_line, tell
from bot.documents.reading import UnreadableDocument, read_file
from dialogs import listening
from dialogs.narration import as_contract, narrate, summarise
from dialogs.understanding.meaning import Person, Role, Said, Situation, Title
from dialogs.understanding.times import Prefer, find_time
from dialogs.understanding.times import as_contract as when_as_contract
from dialogs.understanding.understand import as_line
from speech.contracts import Hints

Line = Mapping[str, object]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(understand)
    app.command("when")(when_command)
    app.command("summarise")(summarise_command)


@at_the_edge
def understand(
    roster: Annotated[Path | None, typer.Option(help="TSV with name, gender, birth_year.")] = None,
    documents: Annotated[Path | None, typer.Option(help="TSV with id, title, nicknames.")] = None,
    role: Annotated[str, typer.Option(help="member or secretary.")] = "member",
    now: Annotated[datetime | None, typer.Option(help="Local time to which a bare weekday refers (ISO).")] = None,
) -> None:
    """What each line on standard input means: a text, or one JSON object with "text", or with "voice", a recording.

    A recording is heard as in a turn: the people of the roster and what the documents are called are weighed against
    its sound.
    """
    people = tuple(
        Person(row["name"], row.get("gender", ""), int(row["birth_year"]) if row.get("birth_year") else None)
        for row in _table(roster)
    )
    titles = tuple(
        Title(row["id"], row["title"], tuple(name for name in (row.get("nicknames") or "").split(";") if name))
        for row in _table(documents)
    )
    reader = understander(learnt_folder(Config()))
    called = (name for title in titles for name in title.nicknames)
    hints = Hints(prompt=listening.anything(), likely=listening.telling((each.name for each in people), called))
    for line in _lines():
        said = heard_as_said(Path(str(line["voice"])), hints) if line.get("voice") else _said(line)
        reference = line.get("reference")
        moment = datetime.fromisoformat(str(reference)) if reference else now or clock.now()
        situation = Situation(_role(str(line.get("role") or role)), moment, people, titles)
        print_line(as_line(reader.understand(said, situation)))


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
        print_line(dict(when_as_contract(found)))


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
        print_line(as_contract(narration, summary))
        return
    out.print(f"《{narration.title}》", markup=False)
    for sentence in summary.sentences:
        out.print(f"{sentence.text}  {list(sentence.sources)}", markup=False)


def _said(line: Line) -> Said:
    """What a line holds of a recording that was heard elsewhere, or a text."""
    alternatives, unlikely = (tuple(_strings(line.get(key))) for key in ("alternatives", "unlikely"))
    return Said(str(line.get("text", "")), alternatives, unlikely)


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
