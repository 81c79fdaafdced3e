"""Is an answer right? Its rows beside those of SQL that knows nothing of how the product looks them up."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from cn2an import an2cn
from sqlite_utils import Database

from bot.answer import Answer

HERE = Path(__file__).parent
VIEWS = (
    "CREATE TEMP VIEW att AS SELECT name, gender, 2026 - birth_year AS age, date(starts_at) AS day, s.title AS title, "
    "a.state AS state, s.id AS sid FROM attendance a JOIN session s ON s.id = a.session_id JOIN member m "
    "ON m.id = a.member_id WHERE s.state = 'held'",
    "CREATE TEMP VIEW held AS SELECT id AS sid, date(starts_at) AS day, title FROM session WHERE state = 'held'",
    "CREATE TEMP VIEW reg AS SELECT name, s.title AS title, date(starts_at) AS day, r.state AS state, capacity "
    "FROM registration r JOIN session s ON s.id = r.session_id JOIN member m ON m.id = r.member_id",
    "CREATE TEMP VIEW owed AS SELECT m.name AS name, 2026 - birth_year AS age, q.quarter AS quarter, "
    "coalesce(d.due_fen, m.dues_fen) AS owed, coalesce(d.paid_fen, 0) AS paid, coalesce(d.state, 'open') AS state, "
    "date(coalesce(d.claimed_at, d.verified_at)) AS day FROM member m CROSS JOIN (SELECT DISTINCT quarter FROM dues) q "
    "LEFT JOIN dues d ON d.member_id = m.id AND d.quarter = q.quarter WHERE m.dues_fen IS NOT NULL",
    "CREATE TEMP VIEW care AS SELECT number, who, gender, 2026 - birth_year AS age, trigger, state, "
    "date(reported_at) AS day, reported_at, due_at, acknowledged_by AS taken, "
    "state NOT IN ('visited', 'closed') AS waits "
    "FROM care_case c JOIN member m ON m.id = c.member_id",
    "CREATE TEMP VIEW went AS SELECT who, date(at) AS day, trigger, coalesce(gift_fen, 0) AS gift "
    "FROM visit v JOIN care_case c ON c.id = v.case_id",
    "CREATE TEMP VIEW said AS SELECT number, at, date(at) AS day, kind, sentence, m.name AS name FROM entry e "
    "JOIN entry_content ON entry_id = e.id LEFT JOIN member m ON m.id = e.member_id WHERE kind NOT LIKE 'read%'",
    "CREATE TEMP VIEW person AS SELECT name, gender, 2026 - birth_year AS age, phone, address, "
    "(SELECT group_concat(skill) FROM talent WHERE member_id = member.id) AS skills FROM member",
)
Grade = Literal["right", "declined", "wrong"]
NOT_A_QUESTION = ("", "out_of_scope", "help")
"""Taken for no question at all, or for one that nobody here can answer: nothing is claimed."""


@dataclass(frozen=True)
class Question:
    """A question and what would be right."""

    say: str
    """The words."""
    rows: str = ""
    """SQL: what stands in the first column of the answer's table, in any order; empty where that is not asked."""
    says: str = ""
    """SQL: one row whose values the sentence has to name."""
    cannot: bool = False
    """Whether the branch's books do not hold it, so that it has to be said."""
    after: tuple[str, ...] = field(default=())
    """What was asked before it."""


def own_questions() -> list[Question]:
    return read((HERE / "asked.toml").read_text(encoding="utf-8"))


def read(text: str) -> list[Question]:
    return [from_toml(each) for each in tomllib.loads(text)["question"]]


def from_toml(each: Mapping[str, object]) -> Question:
    after = each.get("after", [])
    return Question(
        str(each["say"]),
        str(each.get("rows", "")),
        str(each.get("says", "")),
        bool(each.get("cannot", False)),
        tuple(map(str, after)) if isinstance(after, list) else (),
    )


def prepare(db: Database) -> None:
    """The views in which the right answers are written."""
    for view in VIEWS:
        db.execute(view)


def grade(db: Database, question: Question, answer: Answer) -> Grade:
    """Right, declined (it was said that it is not known, or asked back), or wrong with confidence."""
    if question.cannot:
        return "right" if not answer.answered or answer.intent in NOT_A_QUESTION else "wrong"
    if answer.table is None or not answer.answered:
        return "declined"
    if question.rows:
        wanted = {str(row[0]) for row in db.execute(question.rows).fetchall()}
        if {str(row[0]) for row in answer.table.rows} != wanted:
            return "wrong"
    if question.says:
        values = db.execute(question.says).fetchone()
        if not all(_says(answer.text, str(value)) for value in values):
            return "wrong"
    return "right"


def _says(text: str, value: str) -> bool:
    """Whether an answer names a number, a word, or a day (2026-11-20) in whatever way days are said."""
    ways = [value]
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        _, month, day = (int(part) for part in value.split("-"))
        ways = [value[5:], f"{an2cn(month)}月{an2cn(day)}号"]
    return any(_number_in(way, text) if way[-1].isdigit() else way in text for way in ways)


def _number_in(number: str, text: str) -> bool:
    """Whether a number stands there by itself, not as a part of a longer one."""
    return re.search(rf"(?<![\d.]){re.escape(number)}(?![\d])", text) is not None
