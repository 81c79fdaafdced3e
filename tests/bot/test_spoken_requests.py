"""Twenty spoken requests through `nuanyang say --voice`: real recogniser, real database, the right effect for each."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from storage.database import reading_copy
from tests.bot.conftest import open_office
from tests.shared_data import shared
from tests.spoken import MEMBERS_VOICES, need_models, noisy, over_telephone, share_voice, speak

NOW = "2026-11-22T09:30:00"


@dataclass(frozen=True)
class Request:
    """Something said, and what the database must hold afterwards."""

    by: str
    says: str
    finds: str
    rows: list[list[object]]
    first: str = ""
    degraded: bool = False


REQUESTS = [Request(**each) for each in tomllib.loads((Path(__file__).with_name("spoken.toml")).read_text())["request"]]
DEGRADED = [each for each in REQUESTS if each.degraded]

pytestmark = pytest.mark.models


@pytest.fixture(autouse=True)
def _models() -> None:
    need_models()


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo branch whose sessions lie around the test's clock, to which nobody has said anything."""
    folder = tmp_path_factory.mktemp("fresh")
    made = CliRunner().invoke(app, ["init", "--demo", "--now", NOW, str(folder)])
    assert made.exit_code == 0, made.output
    return folder


@pytest.fixture
def branch(fresh: Path, tmp_path: Path) -> Path:
    return _copied(fresh, tmp_path / "branch")


def _copied(fresh: Path, folder: Path) -> Path:
    return Path(shutil.copytree(fresh, folder))


def _said(branch: Path, request: Request, audio: bytes) -> dict[str, object]:
    config = ["--config", str(branch), "--now", NOW, "--json"]
    if request.first:
        CliRunner().invoke(app, ["say", "--as", request.by, "--text", request.first, *config])
    voice = branch / "said.ogg"
    voice.write_bytes(audio)
    result = CliRunner().invoke(app, ["say", "--as", request.by, "--voice", str(voice), *config])
    assert result.exit_code == 0, result.output
    answer: dict[str, object] = json.loads(result.stdout)
    return answer


def _found(branch: Path, request: Request) -> list[list[object]]:
    db = reading_copy(branch / "data" / "nuanyang.db")
    return [list(row) for row in db.execute(request.finds).fetchall()]


def _check(branch: Path, request: Request, answer: dict[str, object]) -> None:
    assert _found(branch, request) == request.rows, f"heard {answer['heard']!r}, answered {answer['text']!r}"


@pytest.mark.parametrize("number", range(len(REQUESTS)), ids=lambda number: REQUESTS[number].says)
def test_a_spoken_request_has_its_effect(branch: Path, number: int) -> None:
    request = REQUESTS[number]
    voice = MEMBERS_VOICES[number % len(MEMBERS_VOICES)]
    _check(branch, request, _said(branch, request, speak(request.says, voice)))


@pytest.mark.parametrize("manner", ["slower", "noisy", "telephone"])
def test_they_are_heard_slower_in_noise_and_over_the_telephone(fresh: Path, tmp_path: Path, manner: str) -> None:
    """Ten requests each, among them the fall that once was lost because its first words were trimmed as silence."""
    missed = []
    for number, request in enumerate(DEGRADED):
        branch = _copied(fresh, tmp_path / str(number))
        audio = speak(request.says, MEMBERS_VOICES[number % len(MEMBERS_VOICES)], 0.75 if manner == "slower" else 0.9)
        if manner == "noisy":
            audio = noisy(audio, 15)
        elif manner == "telephone":
            audio = over_telephone(audio)
        answer = _said(branch, request, audio)
        if _found(branch, request) != request.rows:
            missed.append((request.says, answer["heard"]))
    assert not missed


def test_the_command_itself_answers_by_voice(branch: Path) -> None:
    """Once as its own process, with the spoken answer in a file. What only draws and prints is not loaded for it."""
    share_voice(branch / "data")
    voice = branch / "said.ogg"
    voice.write_bytes(speak("请书记给我回个电话。"))
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "bot", "say", "--as", "王桂兰", "--voice", str(voice), "--json",
         "--out", str(branch / "answer.ogg"), "--config", str(branch)],
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    answer = json.loads(done.stdout)
    assert answer["intent"] == "contact_secretary"
    loaded = {line.split("|")[-1].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}
    assert "bot.turn" in loaded
    assert not loaded & {"matplotlib", "fpdf"}
    assert (branch / "answer.ogg").read_bytes()[:4] == b"OggS"


@pytest.mark.soak
def test_a_recording_is_understood_with_the_names_of_its_branch_as_in_a_turn(tmp_path: Path) -> None:
    """One line a recording, also for one that cannot be read."""
    voice, roster = tmp_path / "said.ogg", tmp_path / "roster.tsv"
    voice.write_bytes(speak("綦鸿翥昨天夜里摔了一跤，送医院了", "zm_yunyang"))
    roster.write_text("name\tgender\tbirth_year\n綦鸿翥\t男\t1932\n王桂兰\t女\t1945\n", encoding="utf-8")
    lines = "\n".join(json.dumps({"voice": str(each)}) for each in (voice, tmp_path / "none.ogg", voice))
    done = CliRunner().invoke(app, ["understand", "--roster", str(roster), "--now", NOW], input=lines)
    assert done.exit_code == 0, done.output
    understood = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["slots"].get("person") for each in understood] == ["綦鸿翥", None, "綦鸿翥"]
    assert understood[0]["danger"]


def test_every_recorded_emergency_calls_somebody_however_garbled(tmp_path: Path) -> None:
    """Six accents, noise, a telephone band: what the recogniser makes of some of them nobody could read."""
    manifest = shared("voice", "manifest.jsonl")
    rows = [json.loads(line) for line in manifest.read_text(encoding="utf-8").splitlines()]
    missed = []
    for row in rows:
        if row["intent"] == "care_emergency":
            with open_office(tmp_path / row["id"]) as office:
                office.voice("王桂兰", (manifest.parent / row["file"]).read_bytes())
                told = office.rows("SELECT count(*) FROM care_case WHERE trigger = 'emergency'")
                missed += [row["text"]] if told == [(0,)] else []
    assert not missed
