"""Whole talks as members hold them: every .toml of this folder, one test a talk."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conversations.stage import Stage, furnish
from tests.conversations.talks import Talk, read_folder
from tests.spoken import need_models

FOLDER = Path(__file__).parent
TALKS = read_folder(FOLDER)
AT_LEAST = 60


def _cases(talks: list[Talk]) -> list[object]:
    return [
        pytest.param(
            talk,
            id=talk.name,
            marks=[pytest.mark.xfail(strict=True, reason=talk.awaits)] if talk.awaits else [],
        )
        for talk in talks
    ]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    furnish(monkeypatch.setitem)
    return tmp_path / "branch"


@pytest.mark.parametrize("talk", _cases([talk for talk in TALKS if not talk.hears]))
def test_a_talk(talk: Talk, folder: Path) -> None:
    Stage(folder).play(talk)


@pytest.mark.models
@pytest.mark.parametrize("talk", _cases([talk for talk in TALKS if talk.hears]))
def test_a_talk_with_silence_or_noise(talk: Talk, folder: Path) -> None:
    need_models()
    Stage(folder).play(talk)


@pytest.mark.models
@pytest.mark.parametrize("talk", _cases([talk for talk in TALKS if talk.by_voice]))
def test_a_talk_by_voice(talk: Talk, folder: Path) -> None:
    need_models()
    Stage(folder, by_voice=True).play(talk)


def test_there_are_as_many_as_were_promised() -> None:
    assert len(TALKS) >= AT_LEAST
    assert sum(talk.by_voice for talk in TALKS) >= 10
    assert sum(any(line.restart for line in talk.lines) for talk in TALKS) >= 2
