"""What an answer shows besides its sentence: rows, entries behind it, a picture with real Chinese characters."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import pytest
from matplotlib import font_manager
from matplotlib.ft2font import FT2Font
from typer.testing import CliRunner

from bot import pictures
from bot.answer import Answer
from bot.cli import app
from dialogs.asking.captions import described
from dialogs.reply import Chart
from storage import log
from tests.bot.conftest import Office


@pytest.mark.parametrize(
    ("question", "labels", "series"),
    [("今年每次来了多少人", 11, 1), ("今年党费收了多少钱", 4, 2), ("现在还有谁没去看望", 5, 1)],
)
def test_what_people_would_rather_look_at_has_a_picture(
    office: Office, question: str, labels: int, series: int
) -> None:
    chart = office.say("李卫民", question).chart
    assert chart is not None
    assert (len(chart.labels), len(chart.series)) == (labels, series)
    assert all(len(values) == labels for _, values in chart.series)
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # matplotlib warns of every character that its font lacks
        png = pictures.draw(chart)
    assert png.startswith(b"\x89PNG")
    assert len(png) > 10_000
    assert all(label in chart.caption for label in (chart.title, *chart.labels))
    assert len(chart.caption) < 500


def test_a_long_picture_is_told_in_few_words() -> None:
    labels = tuple(f"第{number}位" for number in range(1, 41))
    told = described(Chart("还没看望的", "天", labels, (("天", tuple(float(day) for day in range(40))),))).caption
    assert "还有28项在表里" in told
    assert told.endswith("最多的是第40位，最少的是第1位")


def test_the_font_has_the_characters() -> None:
    font = FT2Font(font_manager.findfont(pictures.chinese_font(), fallback_to_default=False))
    assert all(font.get_char_index(ord(char)) for char in "平均每次到会人数党费收缴年第四季度厍怀仁亓兆堃璩美娴")


def test_a_machine_without_chinese_fonts_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "FAMILIES", ("No Such Font",))
    pictures.chinese_font.cache_clear()
    with pytest.raises(pictures.NoChineseFont, match="fonts-noto-cjk"):
        pictures.draw(Chart("党费", "元", ("一",), (("已交", (1.0,)),)))
    pictures.chinese_font.cache_clear()


def test_the_entries_behind_an_answer_are_named(office: Office) -> None:
    answer = office.say("李卫民", "张建国的病有人去看吗")
    entries = {entry.number: entry for entry in log.entries(office.app.db, 1)}
    assert answer.entries
    assert all("张建国" in (entries[number].sentence or "") for number in answer.entries)
    assert Answer.from_json(answer.to_json()) == answer


def test_what_is_not_kept_is_said_and_the_nearest_offered(office: Office) -> None:
    answer = office.say("李卫民", "谁是用现金交的党费")
    assert not answer.answered
    assert "没有记这一样" in answer.text
    assert answer.table is not None


def test_a_day_without_a_session_offers_the_one_before(office: Office) -> None:
    answer = office.say("李卫民", "昨天到了几个")
    assert answer.table is not None
    assert answer.table.rows == ()
    assert "组织生活会" in answer.text


def test_a_report_ends_with_what_is_to_be_kept_of_the_log(office: Office) -> None:
    table = office.say("李卫民", "做一份十月的月报").table
    assert table is not None
    anchor = log.Anchor.read(str(table.rows[-1][1]))
    assert log.verify(office.app.db, 1, [anchor]) is None


def test_ask_at_the_command_line(office: Office, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(f'[data]\nfolder = "{tmp_path / "data"}"\n', encoding="utf-8")
    picture = tmp_path / "dues.png"
    told = CliRunner().invoke(
        app,
        ["ask", "今年党费收了多少钱", "--json", "--picture", str(picture), "--now", "2026-11-22T09:30:00",
         "--config", str(tmp_path)],
    )  # fmt: skip
    answer = json.loads(told.stdout)
    assert answer["answered"] is True
    assert answer["rows"]
    assert answer["entries"]
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_nothing_is_cut_off_where_the_table_goes_into_a_file(tmp_path: Path) -> None:
    CliRunner().invoke(app, ["init", str(tmp_path), "--demo"])
    told = CliRunner().invoke(app, ["ask", "谁生病了还没去看", "--config", str(tmp_path)])
    assert told.exit_code == 0
    assert "应在此前看望" in told.stdout
    assert "胡文斌前天住院了，肺炎" in told.stdout
    assert "…" not in told.stdout
