"""Where a talk is played: a demo branch on disk, wired as in production, whose clock and ears the talk sets."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pysqlite3

from bot.answer import Answer
from bot.config import HearingConfig
from bot.turn import Incoming
from speech import engines
from speech.engines import Engine
from storage.outbox import Button
from tests.bot.conftest import NOW, Office, open_office
from tests.conversations.ears import Ears
from tests.conversations.talks import Line, Talk
from tests.spoken import MEMBERS_VOICES, silence, speak, white_noise

A_WHILE = timedelta(seconds=20)
"""Between one line and the next, so that no two are heard as one by accident."""
SOON = timedelta(seconds=2)
"""Between two that are to be heard as one."""
ENGINE = {"ears": Engine("tests.conversations.ears:Ears", "")}
"""The recogniser of the stage, as `speech.engines.RECOGNISERS` lists engines."""


class Stage:
    """Plays the lines of one talk, and says what is not as the talk tells it."""

    def __init__(self, folder: Path, *, by_voice: bool = False) -> None:
        self.now = NOW
        self.told: list[str] = []
        self._folder = folder
        self._by_voice = by_voice
        self._numbers = itertools.count(1)
        self._offered: dict[str, tuple[Button, ...]] = {}
        self._open()

    def play(self, talk: Talk) -> None:
        """Every line in turn; raises AssertionError with the talk so far."""
        try:
            for change in talk.given:
                self.office.app.db.execute(change)
            for line in talk.lines:
                self._play(line)
        finally:
            self.close()

    def close(self) -> None:
        """Stop the program."""
        self._opened.__exit__(None, None, None)

    def _open(self) -> None:
        hearing = HearingConfig(engine="ears", model=str(self._folder))
        self._opened = open_office(self._folder, lambda: self.now, hearing)
        self.office: Office = self._opened.__enter__()

    def _play(self, line: Line) -> None:
        if line.later:
            self.now += line.later
        elif line.restart:
            self.close()
            self._open()
        else:
            self.now += SOON if line.soon else A_WHILE
            self._check(line, self._take(line))
        for query, rows in line.holds.items():
            found = self._rows(query, line)
            assert found == rows, self._report(line, f"{query} holds {found}, not {rows}")

    def _take(self, line: Line) -> Answer:
        incoming = self._incoming(line)
        answer = asyncio.run(self.office.app.turn.take(incoming))
        self._offered[line.by] = answer.buttons
        heard = f" ({answer.heard})" if answer.heard not in ("", line.says) else ""
        self.told += [f"{line.by}: {line.says or line.press or '…'}{heard}", f"    {answer.text}"]
        return answer

    def _incoming(self, line: Line) -> Incoming:
        member = self.office.person(line.by)
        silent = Incoming(line.channel, f"line-{next(self._numbers)}", member.id)
        if line.silence:
            return replace(silent, audio=silence(3))
        if line.noise:
            return replace(silent, audio=white_noise(4))
        if line.heard_as:
            Ears.readings.append(line.heard_as)
            return replace(silent, audio=silence(1))
        if line.press:
            return replace(silent, text=self._pressed(line))
        if self._by_voice:
            return replace(silent, audio=speak(line.says, MEMBERS_VOICES[member.gender == "男"]))
        return replace(silent, text=line.says)

    def _pressed(self, line: Line) -> str:
        buttons = self._offered.get(line.by, ())
        found = [button.value for button in buttons if line.press in button.label]
        offered = [button.label for button in buttons]
        assert found, self._report(line, f"there is no button {line.press!r} among {offered}")
        return found[0]

    def _check(self, line: Line, answer: Answer) -> None:
        assert answer.text, self._report(line, "nothing is answered")
        for words in line.answers:
            assert words in answer.text, self._report(line, f"the answer lacks {words!r}")
        for words in line.never:
            assert words not in answer.text, self._report(line, f"the answer must not hold {words!r}")
        if line.intent:
            assert answer.intent == line.intent, self._report(line, f"{answer.intent} was acted on, not {line.intent}")
        if line.buttons is not None:
            labels = [button.label for button in answer.buttons]
            fits = len(labels) == len(line.buttons) and all(map(_in, line.buttons, labels))
            assert fits, self._report(line, f"the buttons are {labels}, not {list(line.buttons)}")

    def _rows(self, query: str, line: Line) -> list[list[object]]:
        try:
            return [list(row) for row in self.office.rows(query)]
        except pysqlite3.Error as error:
            raise AssertionError(self._report(line, f"{query}: {error}")) from None

    def _report(self, line: Line, what: str) -> str:
        return "\n".join([f"{line.place}: {what}", *self.told])


def _in(part: str, whole: str) -> bool:
    return part in whole


def furnish(monkeypatch_setitem: Callable[[object, str, Engine], None]) -> None:
    """Put the stage's recogniser among the engines."""
    for name, engine in ENGINE.items():
        monkeypatch_setitem(engines.RECOGNISERS, name, engine)
