"""What the command line shares: messages by locale, the config option, finding people, one edge for errors."""

from __future__ import annotations

import functools
import locale
import os
import tomllib
from collections.abc import Callable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Annotated, ParamSpec, TypeVar

import typer
from rich.console import Console
from sqlite_utils import Database

from bot.config import Config, ConfigError, load_config
from dialogs.words import Words
from speech.contracts import SpeechError
from storage import members
from storage.database import StorageError
from storage.log import LogDamaged
from storage.members import Member
from storage.profiles import UnknownProfile

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

CONFIG_VARIABLE = "NUANYANG_CONFIG"
out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config", envvar=CONFIG_VARIABLE, help="Config file, or the folder it is in.", show_default="./config.toml"
    ),
]
BranchOption = Annotated[
    str, typer.Option("--branch", help="Name of the branch.", show_default="the only one", metavar="NAME")
]


class OperatorError(Exception):
    """The operator asked for something that cannot be done; the message names the thing and the remedy."""


def tell(key: str, language: str = "", **values: str | int) -> str:
    """A message in the operator's language."""
    return _messages(language or _locale_language()).say(key, **values)


def read_config(path: Path | None) -> Config:
    """The config that was named, or config.toml here. Raises ConfigError."""
    if path is None:
        path = Path("config.toml")
    if path.is_dir():
        path = path / "config.toml"
    return load_config(path.resolve())


def config_or_defaults(path: Path | None) -> Config:
    """For what needs no branch: the config that was named or lies here, else the defaults. Raises ConfigError."""
    return Config() if path is None and not Path("config.toml").exists() else read_config(path)


def find_person(db: Database, name: str, language: str = "") -> Member:
    """The one person of that name or key. Raises OperatorError that lists who there is."""
    found = members.find(db, name)
    if len(found) == 1:
        return found[0]
    if found:
        names = "、".join(f"{each.id}" for each in found)
        raise OperatorError(tell("several_members", language, name=name, names=names))
    everybody = [row[0] for row in db.execute("SELECT name FROM member WHERE left_at IS NULL LIMIT 20")]
    raise OperatorError(tell("no_member", language, name=name, names="、".join(everybody)))


def find_branch(db: Database, name: str, language: str = "") -> int:
    """Key of the branch of that name, or of the only one. Raises OperatorError that lists which there are."""
    there = {str(row[1]): int(row[0]) for row in db.execute("SELECT id, name FROM branch ORDER BY id")}
    if name in there or (not name and len(there) == 1):
        return there[name] if name else next(iter(there.values()))
    key = "no_branch" if name else "several_branches"
    raise OperatorError(tell(key, language, name=name, names="、".join(there)))


def at_the_edge(command: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """One handler for what a command raises: one clear line and exit code 1; anything else is a fault and shows."""

    @functools.wraps(command)
    def wrapped(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        try:
            return command(*args, **kwargs)
        except (ConfigError, OperatorError, StorageError, SpeechError, LogDamaged, UnknownProfile) as error:
            message = error.args[0] if error.args else str(error)
            err.print(tell("error", message=str(message)), style="red", markup=False)
            raise typer.Exit(1) from None

    return wrapped


def _locale_language() -> str:
    name = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh" if (name or locale.getlocale()[0] or "").startswith("zh") else "en"


@functools.cache
def _messages(language: str) -> Words:
    tables: Mapping[str, Mapping[str, str | list[str]]] = tomllib.loads(
        files("bot").joinpath("messages.toml").read_text(encoding="utf-8")
    )
    return Words(f"bot/messages.toml [{language}]", tables[language])
