"""Wiring: from a config to everything a channel needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from sqlite_utils import Database

from bot import clock
from bot.clock import DueWorker
from bot.compute import open_executor
from bot.config import Config
from bot.console import tell
from bot.engines import Engines
from bot.progress import measured
from bot.turn import Turn
from dialogs.duty import load_duties
from dialogs.manager import Manager
from dialogs.skill import load_skills
from dialogs.understanding.understand import Understander
from speech.models import default_models_folder
from speech.work import HearingSettings, VoiceSettings
from storage.database import open_books
from storage.recordings import Recordings


@dataclass
class App:
    """One branch office at work."""

    config: Config
    """What was configured."""
    db: Database
    """The one writing connection; used on the event loop's thread only."""
    recordings: Recordings
    """Voice messages as they came in."""
    engines: Engines
    """Hearing and speaking."""
    turn: Turn
    """The way of a turn."""
    clock: Callable[[], datetime]
    """Local time."""
    due: DueWorker
    """Lets happen what is due; `serve` runs it."""
    listeners: list[Callable[[], None]] = field(default_factory=list)
    """Called after every commit: the workers of the outbox and of what is due wake up."""


@contextmanager
def open_app(config: Config, now: Callable[[], datetime] = clock.now) -> Iterator[App]:
    """Open database, understanding and speech. Engines are loaded at their first use.

    Raises StorageError, ConfigError and ModelMissing, each naming thing and remedy.
    """
    db = open_books(config.database)
    executor = open_executor(config.compute)
    recordings = Recordings(db, config.data.folder / "recordings")
    manager = Manager(
        understander(learnt_folder(config)),
        load_skills(),
        timedelta(minutes=config.dialogue.expires_minutes),
    )
    listeners: list[Callable[[], None]] = []

    def committed() -> None:
        for listener in listeners:
            listener()

    engines = Engines(executor, hearing_settings(config), voice_settings(config))
    turn = Turn(db, recordings, manager, engines, now, committed)
    due = DueWorker(db, load_duties(), now, committed)
    listeners.append(due.wake)
    try:
        yield App(config, db, recordings, engines, turn, now, due, listeners)
    finally:
        executor.shutdown(wait=True, cancel_futures=True)
        db.close()


@cache
def understander(folder: Path) -> Understander:
    """Who understands, loaded once a process: it takes a third of a second and never changes while it runs.

    The first time on a machine it learns for half a minute, and whoever waits for it sees a bar.
    """
    with measured(tell("learning")) as told:
        return Understander.load(folder, told)


def learnt_folder(config: Config) -> Path:
    """Where what understanding learnt from the sentences is kept: beside the models, shared by every branch."""
    return (config.data.models or default_models_folder()).parent / "learnt"


def hearing_settings(config: Config) -> HearingSettings:
    """How to hear, as configured."""
    return HearingSettings(
        engine=config.hearing.engine,
        models=config.data.models or default_models_folder(),
        threads=config.hearing.threads,
        model=config.hearing.model,
    )


def voice_settings(config: Config) -> VoiceSettings:
    """How to speak, as configured."""
    return VoiceSettings(
        engine=config.voice.engine,
        voice=config.voice.voice,
        models=config.data.models or default_models_folder(),
        cache=config.data.folder / "cache" / "voice",
        cache_bytes=config.voice.cache_mb << 20,
        threads=config.voice.threads,
    )
