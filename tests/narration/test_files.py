"""Files of every kind that a secretary may send, and those that nobody should."""

from __future__ import annotations

import base64
import io
import json
import quopri
import random
import sys
import time
import zipfile
from collections.abc import Callable
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from bot.documents import child
from bot.documents.reading import Limits, UnreadableDocument, read_file
from dialogs.narration import narrate
from tests.narration.word_files import bomb, lying_bomb, numbered_file, revised_file

FILES = Path(__file__).parent / "documents"


def test_a_word_file_keeps_the_numbers_that_word_puts_before_paragraphs() -> None:
    found = read_file(numbered_file())
    assert found.kind == "docx"
    narration = narrate(found.text)
    assert narration.title == "关于做好冬季关怀工作的通知"
    assert [(each.number, each.title) for each in narration.chapters if each.number] == [
        ("一", "走访慰问"),
        ("二", "组织学习"),
    ]
    assert [each.number for each in narration.chapters[-1].parts[0].parts] == ["1", "2"]


def test_a_word_file_is_read_as_it_is_printed_without_header_footer_and_struck_out_words() -> None:
    text = read_file(numbered_file()).text
    assert "节假日照常接听" in text
    assert not any(each in text for each in ("此句作废", "内部材料", "第1页"))
    assert "片区：东片，联系人：王敏" in narrate(text).chapters[-1].text


def test_a_word_file_that_was_worked_over_is_read_as_it_is_printed() -> None:
    text = read_file(revised_file()).text
    narration = narrate(text)
    assert [(each.number, each.title) for each in narration.chapters] == [("一", "体检时间"), ("二", "体检地点")]
    assert narration.chapters[0].text == "空腹前来。切记。每天7-9点。"
    assert [each.number for each in narration.chapters[1].parts] == ["1", "2", "1"], "goes on, and begins anew"
    assert "4月7日" in text
    assert not any(each in text for each in ("搬走", "隐藏", "ji", "作废", "\t1"))


def web_archive(encoding: str, charset: str) -> bytes:
    """A page with its pictures in one file, as browsers and Word save it."""
    page = (FILES / "mutual-help.html").read_text(encoding="utf-8")
    archive = MIMEMultipart("related")
    part = MIMENonMultipart("text", "html", charset=charset)
    part["Content-Transfer-Encoding"] = encoding
    data = page.encode("gb18030" if charset == "gb2312" else charset)
    part.set_payload((quopri.encodestring if encoding == "quoted-printable" else base64.encodebytes)(data).decode())
    archive.attach(part)
    archive.attach(MIMEImage(b"GIF89a" + bytes(40), "gif"))
    return archive.as_bytes()


@pytest.mark.parametrize(("encoding", "charset"), [("quoted-printable", "utf-8"), ("base64", "gb2312")])
def test_a_page_saved_in_one_file_is_read_like_the_page(encoding: str, charset: str) -> None:
    found = read_file(web_archive(encoding, charset))
    assert found == read_file((FILES / "mutual-help.html").read_bytes())


def test_a_pdf_gives_real_characters_and_whole_sentences() -> None:
    """The browser that wrote it put radicals (⽼, ⽀) in the place of characters and broke every line."""
    seen: list[tuple[int, int]] = []
    found = read_file((FILES / "mutual-help.pdf").read_bytes(), lambda done, of: seen.append((done, of)))
    assert found.kind == "pdf"
    assert seen == [(1, 2), (2, 2)]
    narration = narrate(found.text)
    assert narration.date == "2026-03-01"
    assert narration.issuer == "某市老干部局"
    assert [each.title for each in narration.chapters if each.number] == [
        "活动内容",
        "经费保障",
        "工作要求",
        "时间安排",
    ]
    sentences = [each.text for each in narration.sentences]
    assert "各支部要把银龄互助列入年度计划，支部书记负总责，组织委员具体抓，每季度研究一次。" in sentences
    assert "片区：西片，联系人：李强，电话：0510-82220002。" in sentences


def test_a_web_page_is_read_without_its_menus_and_footers() -> None:
    found = read_file((FILES / "mutual-help.html").read_bytes())
    assert found.kind == "html"
    narration = narrate(found.text)
    whole = "".join(each.text for each in narration.sentences)
    assert "1" in narration.chapters[1].parts[0].number  # the list's own number
    assert "片区：东片，联系人：王敏，电话：0510-82220001。" in whole
    for unwanted in ("首页", "领导之窗", "ICP", "请关注我们", "浏览次数", "当前位置"):
        assert unwanted not in whole


def test_markdown_is_read_without_its_marks() -> None:
    text = read_file("# 关于防汛的通知\n\n**一、要求**\n\n- 每天看[天气](http://x.cn)\n\n1. 不要出门\n".encode()).text
    assert text.split("\n\n") == ["关于防汛的通知", "一、要求", "每天看天气", "1. 不要出门\n"]
    more = "---\ntitle: 草稿\n---\n# 关于防汛的通知\n<!-- 待定 -->\n- [x] 带伞[^a]\n- [ ] 带药\n\n[^a]: 大雨时。\n"
    assert read_file(more.encode()).text.split() == ["关于防汛的通知", "带伞[1]", "带药", "[1]", "大雨时。"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_of_any_usual_encoding(encoding: str) -> None:
    assert read_file("关于防汛的通知\n请各支部通知老同志。".encode(encoding)).text.startswith("关于防汛的通知")


def pdf(pages: int, password: str = "") -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def noise() -> bytes:
    return random.Random(7).randbytes(20_000)


LOCKED = "EncryptedPackage".encode("utf-16-le")
"""What the list of parts of an encrypted Word file names."""


def official_print() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("OFD.xml", "<ofd/>")
    return out.getvalue()


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "empty"),
    "blanks": (lambda: b" \n\t ", "empty"),
    "a picture called .docx": (lambda: b"\x89PNG\r\n\x1a\n" + noise(), "picture"),
    "a web picture called .docx": (lambda: b"RIFF\x10\0\0\0WEBPVP8 " + noise(), "picture"),
    "a phone's photograph": (lambda: b"\0\0\0\x18ftypheic" + noise(), "picture"),
    "a film": (lambda: b"\0\0\0\x18ftypmp42" + noise(), "sound"),
    "a text with a spoiled byte": (lambda: "关于防汛的通知\n请不要出门。".encode("gb18030")[1:], "broken"),
    "an official's print (.ofd)": (official_print, "ofd"),
    "a Word file with a password": (lambda: b"\xd0\xcf\x11\xe0" + noise() + LOCKED, "locked"),
    "an archive of a page without a page": (lambda: b"MIME-Version: 1.0\nContent-Type: multipart/related\n", "unknown"),
    "an old Word file": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + noise(), "old_word"),
    "rich text": (lambda: b"{\\rtf1\\ansi hello}", "rtf"),
    "a voice message": (lambda: b"OggS" + noise(), "sound"),
    "random bytes": (noise, "unknown"),
    "a cut Word file": (lambda: numbered_file()[:9000], "broken"),
    "a Word file with a hole": (lambda: holed(numbered_file()), "broken"),
    "a cut PDF": (lambda: (FILES / "mutual-help.pdf").read_bytes()[:2000], "broken"),
    "a PDF of 500 pages": (lambda: pdf(500), "pages"),
    "a PDF with a password": (lambda: pdf(2, "geheim"), "locked"),
    "a scan": (lambda: pdf(3), "no_text"),
    "an archive": (lambda: b"PK\x05\x06" + bytes(18), "other_office"),
    "a zip bomb": (bomb, "packed"),
    "a book": (lambda: ("一、学习。" * 70_000).encode(), "long"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_taken_is_refused_with_thing_and_remedy(name: str) -> None:
    make, fault = REFUSED[name]
    with pytest.raises(UnreadableDocument) as refusal:
        read_file(make())
    assert refusal.value.fault == fault
    assert "请" in str(refusal.value)
    assert "Remedy" in refusal.value.said("en")


def test_where_a_library_is_missing_the_file_is_not_blamed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delitem(sys.modules, "bot.documents.from_html", raising=False)
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    page = (FILES / "mutual-help.html").read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(page)))
    child.main()
    fault = json.loads(capsys.readouterr().out)["fault"]
    assert fault == "unready"
    assert "make setup" in str(UnreadableDocument(fault))


def test_a_bomb_that_lies_about_its_size_ends_its_reader_and_nothing_else() -> None:
    started = time.monotonic()
    with pytest.raises(UnreadableDocument) as refusal:
        read_file(lying_bomb(), limits=Limits(memory=400 << 20))
    assert refusal.value.fault in ("packed", "broken", "costly")
    assert time.monotonic() - started < 30


def test_a_reader_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(UnreadableDocument) as refusal:
        read_file((FILES / "mutual-help.pdf").read_bytes(), limits=Limits(wall_seconds=0.05))
    assert refusal.value.fault == "costly"


def test_a_file_beyond_the_limit_is_not_even_looked_at() -> None:
    with pytest.raises(UnreadableDocument, match="MB"):
        read_file(bytes(3 << 20), limits=Limits(bytes=2 << 20))


def holed(data: bytes) -> bytes:
    """The middle of its text overwritten."""
    at = data.index(b"word/document.xml") + 40
    return data[:at] + bytes(200) + data[at + 200 :]


@pytest.mark.parametrize("name", ["enrolment.docx", "enrolment.pdf", "subsidies.html", "subsidies.pdf"])
def test_tables_of_word_processor_and_browser_are_read_row_by_row_with_all_their_heads(name: str) -> None:
    """Files written by LibreOffice and Chromium; cells that reach over rows and columns are said of each."""
    rows = {
        "enrolment": (
            "班级：书法班，时间：周一上午，学费：80元。",
            "班级：书法班，时间：周四下午，学费：60元。",
            "班级：合唱班，时间、学费：周二全天，免费。",
        ),
        "subsidies": (
            "片区：东片，每月补贴（元）书记：300，每月补贴（元）委员：200，发放时间：每季度末。",
            "片区：东片，每月补贴（元）书记：350，每月补贴（元）委员：250，发放时间：每年底。",
            "每月补贴（元）委员：统一200，发放时间：每月15日。",
        ),
    }[name.split(".")[0]]
    narration = narrate(read_file((FILES / name).read_bytes()).text)
    whole = "".join(each.text for each in narration.sentences)
    assert [row for row in rows if row not in whole] == []
    assert narration.title in ("关于做好老年大学招生的通知", "关于调整工作补贴标准的通知")


@pytest.mark.parametrize("name", ["enrolment.docx", "enrolment.pdf"])
def test_a_text_box_is_read_and_two_columns_are_read_one_after_the_other(name: str) -> None:
    narration = narrate(read_file((FILES / name).read_bytes()).text)
    whole = "".join(each.text for each in narration.sentences)
    assert whole.count("报名请带身份证复印件一张") == 1
    assert [each.number for each in narration.chapters if each.number] == ["一", "二", "三", "四", "五", "六"]
    assert "由本人或者家属到老年大学办公室登记，也可以打电话报名，电话0510-82220005。" in whole
    assert "寒假另行通知" not in whole  # a footnote


def test_letters_of_another_font_stand_where_they_are_printed() -> None:
    """LibreOffice wrote quotes and figures of a second font before the words between which they stand."""
    data = (FILES / "other-font.pdf").read_bytes()
    assert "“”" in PdfReader(io.BytesIO(data)).pages[0].extract_text().replace(" ", "")
    narration = narrate(read_file(data).text)
    assert narration.title == "关于开展“银龄看家乡”活动的通知"
    assert [each.title for each in narration.chapters] == ["活动安排", "有关要求"]
    assert "6月底前完成“回头看”，电话0510-82220008。" in narration.chapters[1].text


def nameless_letters() -> bytes:
    """A PDF that says of none of its letters which it is."""
    writer = PdfWriter(clone_from=io.BytesIO((FILES / "other-font.pdf").read_bytes()))
    for page in writer.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            font.get_object().pop("/ToUnicode", None)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_pdf_whose_letters_cannot_be_told_is_refused() -> None:
    with pytest.raises(UnreadableDocument) as refusal:
        read_file(nameless_letters())
    assert refusal.value.fault == "garbled"


@pytest.mark.parametrize("name", ["club.html", "club.pdf"])
def test_a_browser_s_columns_and_footnotes(name: str) -> None:
    narration = narrate(read_file((FILES / name).read_bytes()).text)
    assert narration.title == "离退休干部之家活动指南"
    assert [each.title for each in narration.chapters if each.number] == [
        "开放时间",
        "活动内容",
        "收费办法",
        "安全要求",
        "请假办法",
        "意见反映",
    ]
    assert "由班长统一收取并公布账目。" in narration.chapters[2].text
    assert any("公告栏" in line for line in narration.removed)


def test_a_cell_that_claims_millions_of_columns_costs_nothing() -> None:
    page = "<table border=1><tr><td colspan=9999999>通知</td></tr><tr><td>第一党支部</td><td>周一</td></tr></table>"
    found = read_file(f"<html><body><p>关于开会的通知，请各位老同志准时参加。</p>{page}</body></html>".encode())
    assert "第一党支部" in found.text
    assert len(found.text) < 1000


def test_a_long_pdf_of_tables_is_read_within_its_time() -> None:
    """Looking for tables is dear: after so many pages the rest is read plainly."""
    writer = PdfWriter()
    for _ in range(70):
        writer.append(io.BytesIO((FILES / "enrolment.pdf").read_bytes()))
    out = io.BytesIO()
    writer.write(out)
    assert read_file(out.getvalue()).text.count("合唱班") == 70
