"""The options that several commands share, each with its name and its sentence."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config", envvar="NUANYANG_CONFIG", help="Config file, or the folder it is in.", show_default="./config.toml"
    ),
]
BranchOption = Annotated[
    str, typer.Option("--branch", help="Name or number of the branch.", show_default="the only one", metavar="NAME")
]
OfficerOption = Annotated[str, typer.Option("--as", help="Which officer; stands in the log.", metavar="OFFICER")]
NowOption = Annotated[datetime | None, typer.Option("--now", help="Pretend it is this time (ISO).")]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object for machines.")]
