"""A talk that is not written as it should be is refused with file and line."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.conversations.talks import TalkError, read_folder, read_talks

HEAD = '[[talk]]\nname = "a"\nshows = "b"\nby = "c"\n'


def written(folder: Path, text: str) -> Path:
    file = folder / "some.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_lines_know_their_place_and_their_speaker(tmp_path: Path) -> None:
    text = (
        HEAD
        + 'lines = [\n    {says = "x"},\n    # a remark\n'
        + '    {by = "d", says = "y", soon = true},\n    {later = "31 minutes"},\n]\n'
    )
    (talk,) = read_talks(written(tmp_path, text))
    assert [line.place for line in talk.lines] == ["some.toml:6", "some.toml:8", "some.toml:9"]
    assert [line.by for line in talk.lines[:2]] == ["c", "d"]
    assert talk.lines[2].later == timedelta(minutes=31)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{sais = "x"}', "some.toml:6: `sais`"),
        ('{says = "x", answers = 3}', "some.toml:6: `answers`"),
        ('{says = "x", restart = true}', "some.toml:6: a line is one of .*; this one is says and restart"),
        ("{}", "some.toml:6: a line is one of .*; this one is none"),
        ('{later = "soon"}', "some.toml:6: `later`: .*31 minutes"),
        ('{restart = true, answers = "x"}', "some.toml:6: nothing is answered here"),
        ('{press = "x", heard_as = ["y"]}', "some.toml:6: `heard_as` needs `says`"),
        ('{by = "", says = "x"}', "some.toml:6: nobody says this"),
        ('{says = "x"}, {says = "y"}', "some.toml:1: write each line of the talk on a line of its own"),
    ],
)
def test_a_line_that_is_wrong_is_named(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(TalkError, match=message):
        list(read_talks(written(tmp_path, f"{HEAD}lines = [\n    {line},\n]\n")))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[talk]]\nname = "a"\nlines = [\n    {by = "c", says = "x"},\n]\n', "some.toml:1: `shows`"),
        (HEAD + "lines = []\n", "some.toml:1: the talk 'a' has no lines"),
        ("[[talk]]\nname = a\n", "some.toml: .*line 2"),
    ],
)
def test_a_talk_that_is_wrong_is_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(TalkError, match=message):
        list(read_talks(written(tmp_path, text)))


def test_no_two_talks_have_one_name(tmp_path: Path) -> None:
    written(tmp_path, 2 * (HEAD + 'lines = [\n    {says = "x"},\n]\n'))
    with pytest.raises(TalkError, match=r"some.toml:8: there is a talk 'a' already, at some.toml:1"):
        read_folder(tmp_path)
