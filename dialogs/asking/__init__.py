"""The way of a question: read it, look it up on a connection that cannot write, say it, and log that it was read.

`asked` is a question, `reading` makes one of a wish and of the question before, `told` is an answer; the other modules
look up one subject each. The words stand with the skill of that subject, and in dialogs/asking.toml what all share.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from sqlite_utils import Database

from dialogs import words
from dialogs.asking import attendance, both, care, checking, dues, entries, minuting, people, reports
from dialogs.asking.asked import Asked
from dialogs.asking.before import remembered
from dialogs.asking.besides import asks_how_they_are, besides
from dialogs.asking.captions import described
from dialogs.asking.reading import read
from dialogs.asking.told import Told, named, say
from dialogs.asking.turning import says_how, subject
from dialogs.asking.unread import passed_over
from dialogs.asking.whom import group
from dialogs.skill import Desk, Done, NotMine, Outcome, Wish
from storage.questions import Asker, reading
from storage.questions import entries as kept
from storage.questions.attendance import titles
from storage.questions.people import roster

ANSWERS: Mapping[str, Callable[[Asked, Database, Asker], Told]] = {
    "query_attendance": attendance.answer,
    "query_care": care.answer,
    "query_dues": dues.answer,
    "query_log": entries.answer,
    "member_find": people.answer,
    "report_make": reports.answer,
}
"""Intent -> who looks it up."""
CARE = "query_care"
REPORT = "report_make"
"""Reports, the self-check and the record of a session."""
PARTICULARS = "member_find"
"""What the roster says, where the log is searched for what it does not."""
MOST_READ = 4
"""People whose telephone is read out; of more it stands in the table."""
SEARCH = "query_log"
"""A question in free words: whatever is not found is said by its own answer."""


def answer(wish: Wish, desk: Desk) -> Outcome:
    """Answer a secretary's question, or what goes on from the one before."""
    if (other := besides(wish, desk)) is not None:
        return other
    if asks_how_they_are(wish):
        wish = replace(wish, intent=CARE)  # 陈玉珍现在怎么样了 is about her, not about how often she came
    if surely_report(wish.text):
        wish = replace(wish, intent=REPORT)  # 我们支部还差什么: whatever it was taken for, nothing else answers it
    asker = Asker(desk.speaker.id, desk.now)
    with reading(desk.db) as db:
        found = _of_both(wish, desk, db, asker) or _look_up(wish, desk, db, asker)
        if found is None:
            return NotMine()
        asked, told = found
        filed = asked.intent == REPORT and asked.has("as_file")  # 要word的: read before it is told what was passed over
        told = replace(told, said=told.said + say(asked, "as_file")) if filed else told
        behind = told.entries or tuple(kept.behind(db, asker, told.about, told.keys))
    _log(asked, told, desk)
    follow = {"again": Wish(wish.intent, {"before": remembered(asked, told.names)})}
    return Done(
        "answer",
        {"said": told.said},
        table=told.table,
        chart=described(told.chart) if told.chart else None,
        entries=behind,
        answered=told.answered,
        follow=follow,
    )


def _look_up(wish: Wish, desk: Desk, db: Database, asker: Asker) -> tuple[Asked, Told] | None:
    """The first reading of the question that is answered as a whole, else the likeliest; None for no question."""
    found = []
    for asked in read(wish, desk, roster(db, asker), titles(db, asker)):
        told = _whole(asked, ANSWERS[asked.intent](asked, db, asker))
        if told.passed and asked.intent == PARTICULARS and asked.people:  # 孙守业肺炎谁在管
            needs = asked.saying(asked.text, intent=CARE)
            of_needs = _whole(needs, care.answer(needs, db, asker))
            if of_needs.answered and (needs.sure - set(needs.group.places) or says_how(needs)):
                return needs, of_needs
        if told.passed and asked.intent == PARTICULARS and not asked.spoken:
            told = entries.holding(asked, db, asker) or told
        if told.passed and asked.intent != PARTICULARS and (theirs := _theirs(wish, desk, db, asker)):
            return theirs
        if told.answered:
            return asked, told
        found.append((asked, told))
        if not found[0][1].passed:  # the likeliest reading was understood, and cannot be answered
            break
    return found[0] if found else None


def _theirs(wish: Wish, desk: Desk, db: Database, asker: Asker) -> tuple[Asked, Told] | None:
    """没交党费的电话给我: what the roster says of those whom the question without that tells of; None for no such."""
    bare, fields = both.without_particulars(wish.text)
    found = _look_up(replace(wish, text=bare, slots={}), desk, db, asker) if fields else None
    if found is None or not found[1].answered or not found[1].names:
        return None
    asked, told = found
    chosen = tuple(each for each in asked.roster if each.name in told.names)
    theirs = people.answer(asked.saying(fields, intent=PARTICULARS, people=chosen), db, asker)
    return asked, replace(
        theirs, said=told.said + (theirs.said if len(chosen) <= MOST_READ else ""), health=told.health
    )


def _of_both(wish: Wish, desk: Desk, db: Database, asker: Asker) -> tuple[Asked, Told] | None:
    """Where two conditions are asked about at once; None where there is one, or one of them is not understood."""
    parts = both.halves(wish)
    found = [_look_up(each, desk, db, asker) for each in parts or ()]
    one, other = (found[0], found[1]) if len(found) > 1 else (None, None)
    if one is None or other is None or one[1].refused or other[1].refused:
        return None
    told = both.joined(one[0], one[1], other[1])
    return (one[0], told) if told else None


def surely_report(text: str) -> bool:
    """Whether the words alone say that the branch is to be checked, or a session's record is to be made."""
    return checking.asks_what_lacks(text) or minuting.asks_for_minutes(text)


def asked_by_its_words(text: str, desk: Desk) -> str:
    """The kind of question that the words alone are: a report, or a list that is called by its name (会太极拳的)."""
    if surely_report(text):
        return REPORT
    if not any(re.search(each, text) for each in words.lists("asking", "shapes")["listed"]):
        return ""
    with reading(desk.db) as db:
        found = group(text, desk.now.year, roster(db, Asker(desk.speaker.id, desk.now)))
    return subject(text) or (PARTICULARS if found.narrows else "")


def _whole(asked: Asked, told: Told) -> Told:
    """The answer; where a word was passed over or a name heard with doubt, that is said first: it may be another's."""
    if not told.answered or told.refused:
        return told
    if asked.spoken and asked.alike and len(asked.people) > 1:
        names = named(asked, [each.name for each in asked.people])
        said = say(asked, "alike", names=names, count=len(asked.people), near=told.said)
        return replace(told, said=said, answered=False)
    if asked.either:
        names = named(asked, list(asked.either))
        return replace(told, said=say(asked, "which_of", names=names, count=len(asked.either)), answered=False)
    if asked.intent == SEARCH or surely_report(asked.text):
        return told
    word = passed_over(asked, told.heeds if asked.intent != REPORT else ())
    if not word:
        return told
    return replace(told, said=say(asked, "passed_over", what=word, near=told.said), answered=False, passed=word)


def _log(asked: Asked, told: Told, desk: Desk) -> None:
    """That it was read is an entry; that something about health was, is one of its own, under whom it is about."""
    if told.refused:
        desk.log("read_refused", source="asking", name=desk.speaker.name)
        return
    rows = len(told.table.rows) if told.table else 0
    desk.log(f"read_{asked.intent}", source=f"skills/{asked.intent}", name=desk.speaker.name, count=rows)
    if told.health:
        about = asked.people[0].id if len(asked.people) == 1 else None
        desk.log("read_health", member_id=about, source="asking", name=desk.speaker.name, count=rows)
