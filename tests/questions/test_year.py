"""The questions of asked.toml about the branch of year.toml: their rows beside those of an independent SQL."""

from __future__ import annotations

from tests.bot.conftest import Office
from tests.questions import grading

SECRETARY = "李卫民"
RIGHT, WRONG = 0.92, 0.02
"""Shares of right answers, and of wrong ones that do not say so, that are promised."""


def test_the_rows_are_right(office: Office) -> None:
    grading.prepare(office.app.db)
    grades = []
    for question in grading.own_questions():
        office.say(SECRETARY, "你好")
        for before in question.after:
            office.say(SECRETARY, before)
        answer = office.say(SECRETARY, question.say)
        grades.append((grading.grade(office.app.db, question, answer), question.say, answer.text))
    bad = [each for each in grades if each[0] != "right"]
    assert len(grades) >= 100
    assert 1 - len(bad) / len(grades) >= RIGHT, bad
    assert sum(each[0] == "wrong" for each in bad) / len(grades) <= WRONG, bad
