"""An operator at midnight: whatever is wrong, one line names it and what helps, in the operator's language."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tomllib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import datetime
from pathlib import Path

import pysqlite3
import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.config import load_config
from storage import database, members
from storage.database import open_database

CASES = tomllib.loads((Path(__file__).parent / "midnight.toml").read_text(encoding="utf-8"))["case"]
ROWS = [(case, line) for case in CASES for line in case["run"]]
LOCALES = {"zh": "zh_CN.UTF-8", "en": "C.UTF-8"}
Given = Callable[[Path, ExitStack], None]


def run(line: str, folder: Path, language: str = "zh") -> Result:
    surroundings = {"LC_ALL": LOCALES[language], "NUANYANG_TELEGRAM_TOKEN": ""}
    return CliRunner(env=surroundings).invoke(app, [*line.split(), "--config", str(folder)])


def configured(folder: Path, text: str) -> None:
    (folder / "config.toml").write_text(text, encoding="utf-8")


def branch(folder: Path, _: ExitStack) -> None:
    """The demo branch as it was made."""


def nothing(folder: Path, _: ExitStack) -> None:
    shutil.rmtree(folder)


def no_branch(folder: Path, _: ExitStack) -> None:
    shutil.rmtree(folder / "data")


def busy(folder: Path, ends: ExitStack) -> None:
    writer = ends.enter_context(closing(pysqlite3.connect(folder / "data" / "nuanyang.db", isolation_level=None)))
    writer.execute("BEGIN IMMEDIATE")


def damaged(folder: Path, _: ExitStack) -> None:
    (folder / "data" / "nuanyang.db").write_bytes(b"a picture, no database" * 99)


def wrong_key(folder: Path, _: ExitStack) -> None:
    configured(folder, "[web]\nprot = 8000\n")


def wrong_value(folder: Path, _: ExitStack) -> None:
    configured(folder, "[web]\nport = 'x'\n")


def no_toml(folder: Path, _: ExitStack) -> None:
    configured(folder, "[web\n")


def no_models(folder: Path, _: ExitStack) -> None:
    configured(folder, "[data]\nmodels = 'no-models'\n")


def wrong_engine(folder: Path, _: ExitStack) -> None:
    configured(folder, "[voice]\nengine = 'lark'\n")


def certificate(folder: Path, _: ExitStack) -> None:
    """Named as seen from the config file's folder."""
    configured(folder, "[web]\ncertificate = 'cert.pem'\nkey = 'key.pem'\n")
    (folder / "cert.pem").write_text("no certificate")


def port(folder: Path, ends: ExitStack) -> None:
    taken = ends.enter_context(socket.create_server(("127.0.0.1", 0)))
    configured(folder, f"[web]\nport = {taken.getsockname()[1]}\n")


def nobody_on_duty(folder: Path, _: ExitStack) -> None:
    shutil.rmtree(folder)
    assert CliRunner().invoke(app, ["init", str(folder)]).exit_code == 0


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("midnight") / "demo"
    assert CliRunner().invoke(app, ["init", "--demo", str(folder)]).exit_code == 0
    return folder


@pytest.mark.parametrize(("case", "line"), ROWS, ids=[f"{case['given']}: {line}" for case, line in ROWS])
def test_what_is_wrong_and_what_helps_is_said_in_one_line(
    case: dict[str, str], line: str, demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PRAGMAS", {**database.PRAGMAS, "busy_timeout": 50})
    folder = tmp_path / "branch"
    shutil.copytree(demo, folder)
    with ExitStack() as ends:
        given: Given = globals()[case["given"]]
        given(folder, ends)
        for language in LOCALES:
            ended = run(line.format(folder=folder), folder, language)
            assert ended.exit_code == 1
            assert isinstance(ended.exception, SystemExit), ended.exception
            said = ended.output.strip().splitlines()
            assert len(said) == 1, "nobody gets a link that leads nowhere"
            assert case[language].format(folder=folder) in said[0]


def test_the_config_says_the_language_before_the_locale_does(demo: Path, tmp_path: Path) -> None:
    shutil.copytree(demo, tmp_path / "branch")
    configured(tmp_path / "branch", 'language = "zh"\n')
    assert "不是核对数" in run("log verify --anchor 12", tmp_path / "branch", "en").output


def test_paths_are_seen_from_the_config_and_not_from_where_the_command_is_typed(tmp_path: Path) -> None:
    text = "[data]\nfolder = 'd'\nmodels = '/m'\n[web]\ncertificate = 'c.pem'\n[hearing]\nmodel = './ear'\n"
    configured(tmp_path, text)
    read = load_config(tmp_path / "config.toml")
    assert (read.data.folder, read.data.models) == (tmp_path / "d", Path("/m"))
    assert (read.web.certificate, read.hearing.model) == (tmp_path / "c.pem", str(tmp_path / "ear"))


def test_an_office_that_was_left_empty_is_filled_later(tmp_path: Path) -> None:
    folder = tmp_path / "branch"
    made = CliRunner().invoke(app, ["init", str(folder)])
    assert "nuanyang init --secretary" in made.output
    for _ in range(2):
        assert CliRunner().invoke(app, ["init", "--secretary", "李明", str(folder)]).exit_code == 0
    with closing(open_database(folder / "data" / "nuanyang.db")) as db:
        assert db.execute("SELECT name FROM member").fetchall() == [("李明",)]
        assert db.execute("SELECT sentence FROM entry_content").fetchall() == [("李明担任书记",)]


def test_a_member_of_the_roster_is_put_into_the_office_and_not_entered_twice(tmp_path: Path) -> None:
    folder, roster = tmp_path / "branch", tmp_path / "roster.csv"
    roster.write_text("姓名\n李明\n王桂兰\n", encoding="utf-8")
    assert CliRunner().invoke(app, ["init", str(folder)]).exit_code == 0
    assert run(f"roster import {roster}", folder).exit_code == 0
    assert CliRunner().invoke(app, ["init", "--secretary", "李明", str(folder)]).exit_code == 0
    with closing(open_database(folder / "data" / "nuanyang.db")) as db:
        (secretary,) = members.officers(db, 1, datetime.now())  # noqa: DTZ005 - local time, as the product has it
        assert secretary.name == "李明"
        assert len(members.members(db, 1)) == 2


@contextmanager
def full_disk(folder: Path) -> Iterator[Path]:
    """A file system of its own with nothing left on it."""
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", folder], capture_output=True).returncode:
        pytest.skip("no small file system can be mounted here (root only)")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def test_a_full_disk_is_no_reason_to_restore_a_backup(demo: Path, tmp_path: Path) -> None:
    with full_disk(tmp_path / "disk") as disk:
        folder = disk / "branch"
        shutil.copytree(demo, folder)
        (disk / "filling").write_bytes(bytes(shutil.disk_usage(disk).free))
        for line in ("log verify", "say --as 王桂兰 --text 我住院了", "serve", f"backup {disk}/copy.db"):
            ended = run(line, folder)
            assert ended.exit_code == 1, line
            assert "磁盘满了。补救：腾出空间" in ended.output, line
            assert "restore" not in ended.output, line
