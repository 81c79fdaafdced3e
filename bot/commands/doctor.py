"""doctor: what is installed and works, one line each, ok or the remedy."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Annotated

import pysqlite3
import typer

from bot.app import hearing_settings, voice_settings
from bot.commands.options import ConfigOption, JsonOption
from bot.config import Config, ConfigError
from bot.console import at_the_edge, config_or_defaults, explain, out, print_line, tell
from bot.mending import file_trouble
from dialogs.understanding.sound import similarity, syllables
from speech import work
from speech.contracts import Hints, Manner, NothingHeard, SpeechError
from speech.models import ModelStore, default_models_folder
from storage import log
from storage.database import StorageError, check_pragmas, open_books
from storage.faults import Mendable

LEAST_FREE = 1 << 30
"""Bytes that recordings and backups want on the disk."""
READ_BACK = 0.9
"""Share of the sounds of a spoken sentence that must be heard again."""


@dataclass(frozen=True)
class Finding:
    """One line of the examination."""

    what: str
    """What was looked at."""
    ok: bool
    """Whether it works."""
    note: str
    """What was found, or the remedy."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(doctor)


@at_the_edge
def doctor(
    as_json: JsonOption = False,
    quick: Annotated[bool, typer.Option("--quick", help="Without speaking and hearing.")] = False,
    config: ConfigOption = None,
) -> None:
    """Look at config, models, engines, database and disk."""
    sick = 0
    for finding in examine(config, speech=not quick):
        sick += not finding.ok
        if as_json:
            print_line(asdict(finding))
        else:
            mark = tell("ok") if finding.ok else tell("remedy")
            out.print(f"{finding.what}: {mark} {finding.note}", style="" if finding.ok else "red", markup=False)
    if sick:
        raise typer.Exit(1)


def examine(config_path: Path | None, *, speech: bool) -> Iterator[Finding]:
    """Everything that is looked at, in an order in which the first fault explains the later ones."""
    try:
        config = config_or_defaults(config_path)
    except ConfigError as error:
        yield Finding("config", ok=False, note=explain(error))
        return
    yield Finding("config", ok=True, note=str(config.data.folder))
    yield _attempt("sqlite", lambda: f"{pysqlite3.sqlite_version}")
    yield _attempt("database", partial(_database, config))
    yield _attempt("disk", partial(_disk, config))
    store = ModelStore(config.data.models or default_models_folder())
    for state in store.list():
        if state.default or state.state == "ready":
            ready = state.state == "ready"
            yield Finding(f"model {state.name}", ready, "" if ready else f"nuanyang models fetch {state.name}")
    if speech:
        yield _attempt(f"voice {config.voice.engine} + hearing {config.hearing.engine}", partial(_read_back, config))
    token = config.telegram.token.get_secret_value()
    yield Finding("telegram", ok=True, note=tell("token_set" if token else "token_none"))


def _attempt(what: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(what, ok=True, note=look())
    except (Mendable, SpeechError) as error:
        return Finding(what, ok=False, note=explain(error))
    except OSError as error:
        mendable = file_trouble(error, Path(what))
        return Finding(what, ok=False, note=explain(mendable) if mendable else str(error))


def _database(config: Config) -> str:
    db = open_books(config.database)
    try:
        pragmas = ", ".join(f"{name}={value}" for name, value in check_pragmas(db).items())
        for branch_id, name in db.execute("SELECT id, name FROM branch").fetchall():
            fault = log.verify(db, branch_id)
            if fault:
                raise StorageError("log_bad", branch=name, number=fault.number, reason=fault.reason)
        return pragmas
    finally:
        db.close()


def _disk(config: Config) -> str:
    folder = config.data.folder
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    if free < LEAST_FREE:
        raise StorageError("disk_low", folder=str(folder), size=free >> 20)
    return f"{free / 1e9:.0f} GB"


def _read_back(config: Config) -> str:
    """Speak a sentence and hear it again: both engines at once, as a member would use them."""
    sentence = tell("test_sentence", "zh")
    spoken = work.speak(sentence, voice_settings(config), Manner())
    heard = work.hear(spoken, hearing_settings(config), Hints())
    if isinstance(heard, NothingHeard):
        raise SpeechError(tell("not_read_back", heard=heard.reason))
    if similarity(syllables(sentence), syllables(heard.text)) < READ_BACK:
        raise SpeechError(tell("not_read_back", heard=heard.text))
    return heard.text
