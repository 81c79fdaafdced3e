"""Bad input gets one clear sentence, nothing is lost, and the service keeps running."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from storage.database import open_database
from tests.bot.conftest import Office
from tests.speech.test_audio import bomb
from tests.spoken import hum, need_models, silence, white_noise

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40


def _run(*args: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(args))
    return result.exit_code, result.output


@pytest.fixture
def branch(tmp_path: Path) -> Path:
    code, output = _run("init", "--demo", str(tmp_path / "branch"))
    assert code == 0, output
    return tmp_path / "branch"


@pytest.mark.parametrize(
    "audio",
    [b"", b"OggS", PICTURE, random.Random(4).randbytes(5000), "我住院了".encode()],
    ids=["empty", "cut", "picture", "random", "text"],
)
def test_sound_that_cannot_be_read_is_asked_for_again_and_then_goes_to_a_human(office: Office, audio: bytes) -> None:
    if not audio:
        audio = b"\x00"
    first = office.voice("王桂兰", audio)
    assert "再说一遍" in first.text
    assert office.rows("SELECT * FROM task") == []
    second = office.voice("王桂兰", audio + b"\x00")
    assert "李书记" in second.text
    tasks = office.rows("SELECT kind, recording_id FROM task")
    assert [kind for kind, _ in tasks] == ["listen", "listen"], "both recordings are kept and handed over"
    for _, recording in tasks:
        assert isinstance(recording, int)
        assert office.app.recordings.load(recording).startswith(audio[:4])
    assert office.say("王桂兰", "你好").text, "the service goes on"


@pytest.mark.models
@pytest.mark.parametrize("sound", [silence(3), hum(4), white_noise(4)], ids=["silence", "hum", "noise"])
def test_no_words_are_invented_where_none_were_said(office: Office, sound: bytes) -> None:
    need_models()
    answer = office.voice("王桂兰", sound)
    assert answer.heard == ""
    assert answer.effects == ()


@pytest.mark.models
def test_a_small_file_that_decodes_to_hours_costs_nothing(office: Office) -> None:
    need_models()
    small = bomb(200)
    assert len(small) < 120_000
    answer = office.voice("王桂兰", small)
    assert answer.text
    assert office.rows("SELECT bytes FROM recording") == [(len(small),)]


def test_a_stranger_is_named_with_the_people_there_are(branch: Path) -> None:
    code, output = _run("say", "--as", "诸葛亮", "--text", "你好", "--config", str(branch))
    assert code == 1
    assert "诸葛亮" in output
    assert "王桂兰" in output


def test_a_missing_and_a_huge_voice_file_are_named(branch: Path) -> None:
    code, output = _run("say", "--as", "王桂兰", "--voice", "nothing.ogg", "--config", str(branch))
    assert code == 1
    assert "nothing.ogg" in output
    huge = branch / "huge.ogg"
    with huge.open("wb") as file:
        file.truncate(25 << 20)
    code, output = _run("say", "--as", "王桂兰", "--voice", str(huge), "--config", str(branch))
    assert code == 1
    assert "25 MB" in output


@pytest.mark.parametrize(
    ("content", "named", "remedy"),
    [
        ("[web]\nprot = 8000\n", "web.prot", "web.port"),
        ("[web]\nport = 'x'\n", "web.port", "Port to listen on"),
        ("[web\n", "config.toml", "config.example.toml"),
        ("[voices]\n", "voices", "voice"),
    ],
)
def test_a_wrong_key_is_named_with_its_remedy(branch: Path, content: str, named: str, remedy: str) -> None:
    (branch / "config.toml").write_text(content)
    code, output = _run("log", "verify", "--config", str(branch))
    assert code == 1
    assert named in output
    assert remedy in output


def test_a_missing_config_says_how_to_make_one(tmp_path: Path) -> None:
    code, output = _run("ask", "谁生病了", "--config", str(tmp_path / "none.toml"))
    assert code == 1
    assert "nuanyang init" in output


def test_a_missing_model_names_the_remedy(branch: Path) -> None:
    (branch / "config.toml").write_text(f'[data]\nmodels = "{branch}/no-models"\n')
    voice = branch / "v.ogg"
    voice.write_bytes(silence(2))
    code, output = _run("transcribe", str(voice), "--config", str(branch))
    assert code == 1
    assert "nuanyang models fetch whisper-base" in output


def test_an_unknown_profile_lists_those_there_are(tmp_path: Path) -> None:
    code, output = _run("init", "--profile", "beijing", str(tmp_path / "b"))
    assert code == 1
    assert "wuxi" in output


def test_only_officers_may_ask(branch: Path) -> None:
    code, output = _run("ask", "谁生病了", "--as", "王桂兰", "--config", str(branch))
    assert code == 1
    assert "王桂兰" in output


def test_a_damaged_log_is_named_by_verify(branch: Path) -> None:
    db = open_database(branch / "data" / "nuanyang.db")
    db.execute("DROP TRIGGER entry_content_no_update")
    db.execute("UPDATE entry_content SET sentence = '没有这回事'")
    db.close()
    code, output = _run("log", "verify", "--config", str(branch))
    assert code == 1
    assert "entry_content_no_update" in output


def test_backup_and_restore_bring_the_branch_back(branch: Path, tmp_path: Path) -> None:
    assert _run("backup", str(tmp_path / "copy.db"), "--config", str(branch))[0] == 0
    code, output = _run("restore", str(tmp_path / "copy.db"), "--config", str(branch))
    assert code == 1, "an existing database is never overwritten"
    assert "nuanyang.db" in output
    for file in (branch / "data").glob("nuanyang.db*"):
        file.unlink()
    assert _run("restore", str(tmp_path / "copy.db"), "--config", str(branch))[0] == 0
    assert _run("log", "verify", "--config", str(branch))[0] == 0
    (tmp_path / "bad.db").write_bytes(b"no database" * 100)
    assert _run("restore", str(tmp_path / "bad.db"), "--config", str(tmp_path))[0] == 1
