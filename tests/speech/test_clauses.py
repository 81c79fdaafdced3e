"""Long texts are cut where a speaker breathes, and nothing of them is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from speech.clauses import LONG, PAUSES, TOO_LONG, clauses, syllables

TEXT = st.text(alphabet="党员学习会的和是在支部书记，。！？；：、…", max_size=200)


def test_sentences_are_spoken_one_by_one_with_their_pauses() -> None:
    found = clauses("您好。学习会在下周三，您来吗？")
    assert [clause.text for clause in found] == ["您好。", "学习会在下周三，您来吗？"]
    assert found[0].pause == PAUSES["。"]


def test_a_long_sentence_is_cut_at_its_commas_and_short_parts_stay_together() -> None:
    found = clauses("一是" + "好" * 20 + "，二是好，三是" + "好" * 20 + "。")
    assert [syllables(clause.text) for clause in found] == [25, 22]
    assert found[0].pause == PAUSES["，"]


def test_a_breathless_title_is_cut_behind_a_hinge() -> None:
    title = "中共福州市委离退休干部工作委员会关于深入推进全市各级机关企事业单位离退休干部党建工作机制的通知和补充说明"
    first, second = clauses(title)
    assert first.text.endswith(("位", "的", "和", "于", "会")) or syllables(first.text) == len(title) // 2
    assert first.text + second.text == title


def test_where_there_is_nothing_to_say_there_is_no_clause() -> None:
    assert clauses("") == []
    assert clauses("。，！") == []


@given(TEXT)
def test_no_syllable_is_lost_and_no_clause_is_too_long(text: str) -> None:
    found = clauses(text)
    assert syllables("".join(clause.text for clause in found)) == syllables(text)
    assert all(0 < syllables(clause.text) <= TOO_LONG for clause in found)


@given(TEXT)
def test_a_clause_is_a_clause_of_its_own(text: str) -> None:
    for clause in clauses(text):
        if syllables(clause.text) <= LONG:
            assert [again.text for again in clauses(clause.text)] == [clause.text]
