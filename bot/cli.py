"""The command line: every command is one small function in bot/commands."""

from __future__ import annotations

import logging

import typer

from bot.commands import (
    books,
    branch,
    branch_log,
    cards,
    check,
    demo,
    doctor,
    documents,
    export,
    minutes,
    models,
    roster,
    sound,
    talk,
    tools,
)
from bot.redact import install_redaction

app = typer.Typer(
    name="nuanyang",
    help="Nuanyang: a voice-first assistant for the elderly members of party branches.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
branch.register(app)
talk.register(app)
sound.register(app)
tools.register(app)
demo.register(app)
doctor.register(app)
books.register(app)
roster.register(app)
cards.register(app)
export.register(app)
check.register(app)
minutes.register(app)
branch_log.register(app)
documents.register(app)
models.register(app)


def main() -> None:
    """Run the command line."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    install_redaction("")
    app()
