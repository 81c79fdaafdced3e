"""A document says what it is called, who issued it, and when."""

from __future__ import annotations

import pytest

from dialogs.narration import Narration, narrate
from dialogs.narration.signatures import iso_date

BODY = "一、要求\n各支部要每月组织一次学习。"


def test_a_notice_that_passes_on_a_measure_is_called_by_the_measure(notice: Narration) -> None:
    assert notice.title == "清溪市退休干部走访慰问和帮扶办法（试行）"
    assert (notice.number, notice.issuer, notice.date) == ("清老干〔2023〕17号", "清溪市老干部局", "2023-03-15")


def test_a_measure_under_its_issuer_s_name(measure: Narration) -> None:
    assert measure.title == "松岭县离退休党员积分管理办法"
    assert (measure.number, measure.issuer, measure.date) == (None, "中共松岭县委老干部局", "2022-09-08")


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("关于做好春节\n走访工作的通知", "关于做好春节走访工作的通知"),
        ("中共云州市委老干部局\n关于做好走访工作的通知", "中共云州市委老干部局关于做好走访工作的通知"),
        ("云州市老年教育规划\n（2021年至2025年）", "云州市老年教育规划（2021年至2025年）"),
        ("在老干部工作会议上的讲话\n（2020年5月6日）\n同志们：", "在老干部工作会议上的讲话"),
        ("市委组织部 市委老干部局\n关于做好走访工作的通知", "市委组织部、市委老干部局关于做好走访工作的通知"),
        ("市民政局 市财政局关于做好走访工作的通知", "市民政局、市财政局关于做好走访工作的通知"),
        ("致老同志的一封信\n——关于安装报警器", "致老同志的一封信——关于安装报警器"),
        ("云州市养老服务条例\n各县（区）人民政府：", "云州市养老服务条例"),
        ("关于做好走访工作的通知（更正稿）", "关于做好走访工作的通知（更正稿）"),
        ("今天讲三件事。", ""),
    ],
)
def test_titles(head: str, title: str) -> None:
    assert narrate(f"{head}\n{BODY}").title == title


def test_a_number_that_is_only_cited_is_not_the_document_s_own() -> None:
    cited = "关于学习的通知\n根据《要点》（云办发〔2018〕43号），通知如下。\n" + BODY
    assert narrate(cited).number is None


def test_a_title_repeated_on_every_page_is_heard_once() -> None:
    page = "关于做好走访慰问工作的通知\n"
    narration = narrate(page + BODY + "\n" + page + "二、时间\n春节前完成。\n" + page)
    assert sum("走访慰问" in sentence.text for sentence in narration.sentences) == 1


def test_the_date_of_printing_stands_in_where_nobody_signed() -> None:
    assert narrate(f"关于学习的通知\n{BODY}\n云州市委办公室 2021年6月8日印发").date == "2021-06-08"


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2018年2月26日", "2018-02-26"),
        ("二〇一八年二月二十六日", "2018-02-26"),
        ("（2020年12月9日）", "2020-12-09"),
        ("2018年2月", None),
        ("自2018年2月26日起", None),
        ("2018年13月1日", None),
    ],
)
def test_dates(written: str, iso: str | None) -> None:
    assert iso_date(written) == iso
