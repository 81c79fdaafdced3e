"""Where listeners stand in documents, and who heard how much."""

from __future__ import annotations

from datetime import timedelta

from storage import documents, hearings, listening, members
from storage.chapters import Chapter
from tests.storage.conftest import NOW, Branch


def _document(branch: Branch, title: str, branch_id: int | None = None) -> int:
    chapters = [Chapter(number, f"第{number}部分", "", "正文。") for number in (1, 2, 3)]
    return documents.add_document(
        branch.db, branch_id or branch.id, title, NOW, text="正文。", summary="摘要。", chapters=chapters
    )


def test_a_bookmark_moves_and_stays_one_row(branch: Branch) -> None:
    key = _document(branch, "方案")
    listening.place(branch.db, key, branch.guilan, 1, 0, "reading", NOW)
    listening.place(branch.db, key, branch.guilan, 2, 1, "stopped", NOW + timedelta(minutes=3))
    mark = listening.bookmark(branch.db, key, branch.guilan)
    assert mark is not None
    assert (mark.chapter, mark.piece, mark.state, mark.moment) == (2, 1, "stopped", NOW + timedelta(minutes=3))
    assert branch.db.execute("SELECT count(*) FROM bookmark").fetchone()[0] == 1
    assert listening.bookmark(branch.db, key, branch.defu) is None


def test_the_document_listened_to_last_is_gone_on_with_unless_it_was_finished(branch: Branch) -> None:
    first, second, third = (_document(branch, title) for title in ("甲", "乙", "丙"))
    listening.place(branch.db, second, branch.guilan, 1, 0, "stopped", NOW)
    listening.place(branch.db, first, branch.guilan, 1, 0, "reading", NOW + timedelta(days=1))
    listening.place(branch.db, third, branch.guilan, 3, 0, "finished", NOW + timedelta(days=2))
    found = listening.unfinished(branch.db, branch.id, branch.guilan)
    assert found is not None
    assert found.document_id == first
    assert listening.unfinished(branch.db, branch.id, branch.defu) is None


def test_another_branchs_document_is_not_gone_on_with(branch: Branch) -> None:
    other = members.add_branch(branch.db, "第二支部", "fuzhou", NOW)
    listening.place(branch.db, _document(branch, "方案", other), branch.guilan, 1, 0, "reading", NOW)
    assert listening.unfinished(branch.db, branch.id, branch.guilan) is None


def test_a_part_heard_twice_counts_once_and_pieces_count_as_their_chapter(branch: Branch) -> None:
    key = _document(branch, "方案")
    for day, part in enumerate(("summary", "1", "2", "2.1", "2.2", "1")):
        hearings.heard(branch.db, key, branch.guilan, part, NOW + timedelta(days=day))
    hearings.heard(branch.db, key, branch.defu, "summary", NOW)
    guilan, defu = listening.listeners(branch.db, key)
    assert (guilan.name, guilan.chapters, guilan.of) == ("王桂兰", 2, 3)
    assert (guilan.first_at[:10], guilan.last_at[:10]) == ("2026-11-22", "2026-11-27")
    assert (defu.name, defu.chapters) == ("刘德福", 0)
    assert listening.heard_documents(branch.db, branch.defu) == {key}
