"""What can be said in every state is understood in every state, and takes nothing away that was not given up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from dialogs.talk import Talk, load_talk, save_talk
from tests.bot.conftest import NOW, Office, open_office

WHO = "王桂兰"
STATES = {
    "nothing was said": [],
    "a choice is open": ["我要报名"],
    "a thing is missing": ["我要改电话"],
    "a read-back is open": ["这个季度的党费我交了九十块"],
    "two meanings are offered": ["叽里咕噜"],
    "a reason may be given": ["下周三的学习我请假"],
    "something was done": ["下周三下午的学习，给我报个名"],
    "a need was reported": ["刘德福住院了"],
    "a document is read": ["六有一提升那个文件念给我听听"],
    "a list was read out": ["最近有什么学习活动"],
    "a question was put off": ["这个季度的党费我交了九十块", "我要报名"],
}
"""How one comes there."""
ALWAYS = ("再说一遍", "慢一点", "快一点", "大声点", "等一下", "帮助", "找书记", "谢谢")
"""What leaves an open question open."""
GIVING_UP = ("算了", "返回")
"""What may put it away."""


@dataclass(frozen=True)
class There:
    """A member in some state."""

    office: Office
    state: str
    talk: Talk

    def say(self, text: str) -> tuple[str, Talk]:
        """The answer in that state, and the state after it; each time anew."""
        member = self.office.person(WHO)
        save_talk(self.office.app.db, member.id, self.talk, NOW)
        self.office.later(seconds=20)
        return self.office.say(WHO, text).text, load_talk(self.office.app.db, member.id)


@pytest.fixture(scope="module", params=STATES)
def there(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[There]:
    with open_office(tmp_path_factory.mktemp("office")) as office:
        for said in STATES[request.param]:
            office.later(seconds=20)
            office.say(WHO, said)
        yield There(office, request.param, load_talk(office.app.db, office.person(WHO).id))


def test_the_state_is_what_it_is_called(there: There) -> None:
    question, talk = there.talk.question, there.talk
    is_so = {
        "nothing was said": talk.last == "",
        "a choice is open": question is not None and len(question.options) == 3,
        "a thing is missing": question is not None and question.slot == "phone",
        "a read-back is open": question is not None and question.slot == "",
        "two meanings are offered": talk.meanings is not None,
        "a reason may be given": question is not None and question.optional,
        "something was done": talk.undo is not None,
        "a need was reported": talk.amend is not None,
        "a document is read": bool(talk.follow),
        "a list was read out": "choose" in talk.follow,
        "a question was put off": len(talk.parked) == 1,
    }
    assert is_so[there.state]


@pytest.mark.parametrize("said", ALWAYS)
def test_it_is_answered_and_the_question_stays_open(there: There, said: str) -> None:
    before = there.talk.question
    text, after = there.say(said)
    assert text
    if before is not None and not (before.optional and said in ("找书记", "谢谢")):
        assert after.question is not None
        assert (after.question.wish, after.question.slot) == (before.wish, before.slot)
        assert [each.wish for each in after.parked] == [each.wish for each in there.talk.parked]


def test_the_words_are_the_same_when_they_are_said_again(there: There) -> None:
    text, _ = there.say("再说一遍")
    assert text == there.talk.last or not there.talk.last


@pytest.mark.parametrize("said", GIVING_UP)
def test_giving_up_is_kind_and_closes_what_was_open(there: There, said: str) -> None:
    text, after = there.say(said)
    assert text
    assert after.question is None or after.question != there.talk.question
    if said == "算了":
        assert after.parked == ()
