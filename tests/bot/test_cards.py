"""The cards a secretary prints and hands out: each member's own, readable, and with codes that work."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from pypdf import PageObject, PdfReader
from typer.testing import CliRunner

from bot.cards import Card, write_cards
from bot.cli import app
from bot.fonts import ChineseFont, chinese_font


def words(page: PageObject) -> str:
    return re.sub(r"[\s\0]", "", page.extract_text())


@pytest.fixture
def font() -> ChineseFont:
    found = chinese_font()
    if found is None:
        pytest.skip("no Chinese font is installed (apt-get install fonts-noto-cjk)")
    return found


def test_each_member_has_a_page_of_their_own(tmp_path: Path, font: ChineseFont) -> None:
    cards = [
        Card("王桂兰", "https://nuanyang.example/m/abc", ""),
        Card("欧阳阿依古丽·买买提", "https://nuanyang.example/m/def", "https://t.me/nuanyang_bot?start=xyz"),
    ]
    done: list[int] = []
    write_cards(cards, "幸福里支部", date(2026, 11, 25), font, tmp_path / "cards.pdf", lambda: done.append(1))
    pages = PdfReader(tmp_path / "cards.pdf").pages
    assert len(pages) == len(done) == 2
    width, height = (round(float(edge) * 25.4 / 72) for edge in (pages[0].mediabox.width, pages[0].mediabox.height))
    assert (width, height) == (148, 210)
    texts = [words(page) for page in pages]
    assert "王桂兰" in texts[0]
    assert "Telegram" not in texts[0]
    assert "欧阳阿依古丽·买买提" in texts[1]
    assert "Telegram" in texts[1]
    assert all("危急时先打120" in text for text in texts)


def test_the_command_makes_them_for_everybody_or_for_one(tmp_path: Path, font: ChineseFont) -> None:
    run = CliRunner()
    run.invoke(app, ["init", "--demo", str(tmp_path)])
    made = run.invoke(app, ["cards", str(tmp_path / "all.pdf"), "--config", str(tmp_path)])
    assert made.exit_code == 0, made.output
    assert "public_url" in made.output  # an address that only this machine can open is worth a word
    one = run.invoke(app, ["cards", str(tmp_path / "one.pdf"), "--member", "王桂兰", "--config", str(tmp_path)])
    assert one.exit_code == 0, one.output
    assert len(PdfReader(tmp_path / "all.pdf").pages) == 12
    assert "王桂兰" in words(PdfReader(tmp_path / "one.pdf").pages[0])


def test_without_a_font_the_remedy_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    CliRunner().invoke(app, ["init", "--demo", str(tmp_path)])
    monkeypatch.setattr("bot.commands.cards.chinese_font", lambda: None)
    refused = CliRunner().invoke(app, ["cards", str(tmp_path / "a.pdf"), "--config", str(tmp_path)])
    assert refused.exit_code == 1
    assert "fonts-noto-cjk" in refused.output
