"""People, their offices by date, their chats and their secret links."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage import links, members
from tests.storage.conftest import NOW, Branch


def test_who_is_on_duty_depends_on_the_date(branch: Branch) -> None:
    assert [officer.spoken for officer in members.officers(branch.db, branch.id, NOW)] == ["李书记", "周联络员"]
    branch.db.execute("UPDATE role SET valid_to = '2026-11-30' WHERE member_id = ?", [branch.secretary])
    later = members.officers(branch.db, branch.id, NOW + timedelta(days=30))
    assert [officer.name for officer in later] == ["周敏"]


@pytest.mark.parametrize(
    ("name", "title", "spoken"),
    [
        ("欧阳修文", "书记", "欧阳书记"),
        ("欧阳", "书记", "欧书记"),
        ("李卫民", "书记", "李书记"),
        ("诸葛明", "", "诸葛明"),
    ],
)
def test_an_officer_is_spoken_of_by_the_whole_surname(name: str, title: str, spoken: str) -> None:
    assert members.Officer(1, name, "secretary", title, 1).spoken == spoken


def test_a_chat_belongs_to_the_last_who_enrolled_with_it(branch: Branch) -> None:
    members.add_contact(branch.db, branch.guilan, "telegram", "77", NOW)
    members.add_contact(branch.db, branch.defu, "telegram", "77", NOW)
    assert members.contact_owner(branch.db, "telegram", "77") == branch.defu
    assert members.contact_owner(branch.db, "telegram", "78") is None


def test_a_blocked_chat_is_not_used(branch: Branch) -> None:
    members.add_contact(branch.db, branch.guilan, "telegram", "77", NOW)
    members.block_contact(branch.db, "telegram", "77")
    assert members.contacts(branch.db, branch.guilan) == []


def test_a_link_works_once_and_not_too_late(branch: Branch) -> None:
    links.add_link(branch.db, "secret", branch.guilan, "enrol", NOW, NOW + timedelta(hours=72))
    assert links.link_owner(branch.db, "secret", "enrol", NOW) == branch.guilan
    assert links.link_owner(branch.db, "secret", "page", NOW) is None
    assert links.link_owner(branch.db, "secret", "enrol", NOW + timedelta(hours=73)) is None
    links.use_link(branch.db, "secret", NOW)
    assert links.link_owner(branch.db, "secret", "enrol", NOW) is None


def test_the_database_holds_no_secret(branch: Branch) -> None:
    links.add_link(branch.db, "secret-of-guilan", branch.guilan, "page", NOW)
    assert "secret-of-guilan" not in str(branch.db.execute("SELECT * FROM link").fetchall())
