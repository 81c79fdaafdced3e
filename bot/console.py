"""What the command line shares: messages in the operator's language, the config, one edge for what goes wrong."""

from __future__ import annotations

import functools
import json
import locale
import os
import sys
import tomllib
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from importlib.resources import files
from pathlib import Path
from typing import ParamSpec, TypeVar

import pysqlite3
import typer
from rich.console import Console

from bot.config import Config, load_config
from bot.mending import file_trouble, speech_trouble
from dialogs.words import Words
from speech.contracts import SpeechError
from storage.database import trouble
from storage.faults import Mendable

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)
_settings: ContextVar[Config] = ContextVar("settings")
"""The config of the command that runs, from when it is read: its language is the operator's."""


class OperatorError(Mendable):
    """The operator asked for something that cannot be done."""


def tell(key: str, language: str = "", /, **values: str | int) -> str:
    """A message, in the operator's language where no other is wanted."""
    return _messages(language or operators_language()).say(key, **values)


def operators_language() -> str:
    """zh or en: as configured, else as the locale has it."""
    return _settings.get(Config()).language or _locale_language()


def explain(error: Mendable | SpeechError) -> str:
    """What went wrong and what helps, in the operator's language."""
    mendable = error if isinstance(error, Mendable) else speech_trouble(error)
    return tell(mendable.kind, **mendable.values)


def read_config(path: Path | None) -> Config:
    """The config that was named, or config.toml here. Raises ConfigError."""
    path = path or Path("config.toml")
    if path.is_dir() or not (path.suffix or path.exists()):
        path = path / "config.toml"
    config = load_config(path.resolve())
    _settings.set(config)
    return config


def config_or_defaults(path: Path | None) -> Config:
    """For what needs no branch: the config that was named or lies here, else the defaults. Raises ConfigError."""
    return Config() if path is None and not Path("config.toml").exists() else read_config(path)


def print_line(values: Mapping[str, object]) -> None:
    """One JSON object a line, at once, so that a pipe sees it."""
    sys.stdout.write(json.dumps(values, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def at_the_edge(command: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """One handler for what a command meets: one clear line and exit code 1; a fault of our own shows as it is."""

    @functools.wraps(command)
    def wrapped(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        before = _settings.set(Config())
        try:
            return command(*args, **kwargs)
        except (Mendable, SpeechError, OSError, pysqlite3.DatabaseError) as error:
            mendable = _mendable(error)
            if mendable is None:
                raise
            err.print(tell("error", message=explain(mendable)), style="red", markup=False)
            raise typer.Exit(1) from None
        finally:
            _settings.reset(before)

    return wrapped


def _mendable(error: Exception) -> Mendable | SpeechError | None:
    """What the operator can do something about; None for a fault of our own."""
    if isinstance(error, pysqlite3.DatabaseError):
        return trouble(error, _settings.get().database)
    if isinstance(error, OSError):
        return file_trouble(error, _settings.get().data.folder)
    return error if isinstance(error, (Mendable, SpeechError)) else None


def _locale_language() -> str:
    name = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh" if (name or locale.getlocale()[0] or "").startswith("zh") else "en"


@functools.cache
def _messages(language: str) -> Words:
    tables: Mapping[str, Mapping[str, str | list[str]]] = tomllib.loads(
        files("bot").joinpath("messages.toml").read_text(encoding="utf-8")
    )
    return Words(f"bot/messages.toml [{language}]", tables[language])
