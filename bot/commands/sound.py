"""transcribe, speak: from sound to words and from words to sound, from the keyboard."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from bot.app import hearing_settings, voice_settings
from bot.commands.options import ConfigOption, JsonOption
from bot.commands.talk import read_voice_file
from bot.config import Config
from bot.console import OperatorError, at_the_edge, config_or_defaults, err, explain, out, print_line, tell
from dialogs.understanding.meaning import Said
from speech import work
from speech.contracts import Heard, Hints, Manner, NothingHeard, SpeechError


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(transcribe)
    app.command()(speak)


@at_the_edge
def transcribe(
    recordings: Annotated[list[Path], typer.Argument(help="Voice files.", metavar="F...")],
    as_json: JsonOption = False,
    engine: Annotated[str, typer.Option(help="whisper or vosk.")] = "",
    config: ConfigOption = None,
) -> None:
    """What is said in each file, one line a file. A file that cannot be read does not stop the others."""
    hearing = hearing_settings(config_or_defaults(config))
    if engine and engine != hearing.engine:
        hearing = replace(hearing, engine=engine, model="")  # the model that is configured belongs to the other engine
    failed = False
    for path in recordings:
        try:
            heard = work.hear(read_voice_file(path), hearing, Hints())
        except (SpeechError, OperatorError) as error:
            failed = True
            err.print(tell("error", message=f"{path}: {explain(error)}"), markup=False)
            continue
        if as_json:
            print_line(_as_contract(path, heard))
        elif isinstance(heard, NothingHeard):
            out.print(f"{path}: " + tell("nothing_heard", reason=heard.reason), markup=False)
        else:
            out.print(f"{path}: {heard.text}", markup=False)
    if failed:
        raise typer.Exit(1)


def _as_contract(path: Path, heard: Heard) -> dict[str, object]:
    line: dict[str, object] = {
        "file": str(path),
        "text": "",
        "alternatives": [],
        "audio_seconds": round(heard.audio_seconds, 3),
        "compute_seconds": round(heard.compute_seconds, 3),
        "engine": heard.engine,
    }
    if isinstance(heard, NothingHeard):
        return {**line, "nothing_heard": heard.reason}
    return {**line, "text": heard.text, "alternatives": list(heard.alternatives)}


def heard_as_said(path: Path, hints: Hints) -> Said:
    """A recording as a turn hears it; no words where it cannot be read, said on standard error."""
    try:
        heard = work.hear(read_voice_file(path), hearing_settings(Config()), hints)
    except (SpeechError, OperatorError) as error:
        err.print(tell("error", message=f"{path}: {explain(error)}"), markup=False)
        return Said("")
    return Said("") if isinstance(heard, NothingHeard) else Said(heard.text, heard.alternatives, heard.unlikely)


@at_the_edge
def speak(
    text: Annotated[str, typer.Argument(help="What is said.")],
    file: Annotated[Path, typer.Option("--out", help="The voice note (OGG/Opus).")],
    voice: Annotated[str, typer.Option(help="Name of the voice.")] = "",
    speed: Annotated[float, typer.Option(min=0.5, max=1.5, help="Pace; 1.0 is the voice's own.")] = 0.85,
    config: ConfigOption = None,
) -> None:
    """Speak a text into a file."""
    spoken_with = voice_settings(config_or_defaults(config))
    if voice:
        spoken_with = replace(spoken_with, voice=voice)
    file.write_bytes(work.speak(text, spoken_with, Manner(speed=speed)))
    out.print(tell("voice_note", file=str(file)), markup=False)
