"""models list|fetch|verify: the speech models on this machine."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from bot.app import learnt_folder, understander
from bot.commands.options import ConfigOption, JsonOption
from bot.console import at_the_edge, config_or_defaults, out, print_line, tell
from bot.progress import drawn_progress
from speech.models import ModelStore, default_models_folder

models_app = typer.Typer(help="The speech models.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(models_app, name="models")


@models_app.command("list")
@at_the_edge
def list_models(as_json: JsonOption = False, config: ConfigOption = None) -> None:
    """Which models there are, and how each stands."""
    for state in _store(config).list():
        if as_json:
            print_line(asdict(state))
        else:
            size = f"{state.bytes / 1e6:.1f}"
            out.print(
                tell("model_line", name=state.name, state=state.state, size=size, licence=state.licence), markup=False
            )


@models_app.command("fetch")
@at_the_edge
def fetch(
    names: Annotated[list[str] | None, typer.Argument(help="Models; none for the usual set.")] = None,
    source: Annotated[
        Path | None, typer.Option("--from", help="A folder of downloads, for a machine with no network.")
    ] = None,
    hubs: Annotated[bool, typer.Option("--hub", help="Also ask model hubs on the internet.")] = False,
    config: ConfigOption = None,
) -> None:
    """Fetch what is missing or damaged; what is there and right is not fetched again."""
    with drawn_progress() as progress:
        _store(config).fetch(names or (), progress, source, hubs)
    understander(learnt_folder(config_or_defaults(config)))  # learns now, and not when the first member waits


@models_app.command("verify")
@at_the_edge
def verify(
    names: Annotated[list[str] | None, typer.Argument(help="Models; none for those that are here.")] = None,
    config: ConfigOption = None,
) -> None:
    """Read every file and compare its SHA-256 with the catalogue."""
    bad = 0
    for state in _store(config).verify(names or ()):
        if state.state == "ready":
            out.print(tell("model_ok", name=state.name), markup=False)
        elif names or state.default or state.state == "damaged":
            bad += 1
            files = "、".join(state.faults) or state.name
            out.print(tell("model_bad", name=state.name, file=files), style="red", markup=False)
    if bad:
        raise typer.Exit(1)


def _store(config: Path | None) -> ModelStore:
    return ModelStore(config_or_defaults(config).data.models or default_models_folder())
