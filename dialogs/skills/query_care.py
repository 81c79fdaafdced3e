"""The secretary asks who is ill, and whom nobody has visited yet."""

from __future__ import annotations

from dialogs import words
from dialogs.reply import Table
from dialogs.skill import Desk, Done, Outcome, Wish
from storage import questions
from storage.care import TRIGGERS, CareCase


def act(wish: Wish, desk: Desk) -> Outcome:
    """Answer from the open cases; reading about health is itself an entry of the log."""
    triggers = _triggers(wish.text)
    cases = questions.needing_visit(desk.db, desk.speaker.branch_id, triggers)
    if name := wish.text_slot("person"):
        cases = [case for case in cases if case.who == name]
    desk.log("read_care", name=desk.speaker.name, count=len(cases))
    if not cases:
        return Done("nobody")
    said = "；".join(_line(case) for case in cases[:5])
    return Done("open_cases", {"count": str(len(cases)), "cases": said}, table=_table(cases))


def _triggers(text: str) -> tuple[str, ...]:
    """The triggers that the words name, or all of them."""
    cues = words.lists("skills/query_care", "cues")
    named = tuple(trigger for trigger in TRIGGERS if any(cue in text for cue in cues.get(trigger, [])))
    return (*named, "emergency") if named else TRIGGERS


def _line(case: CareCase) -> str:
    replies = words.load("skills/query_care", "replies")
    state = replies.say("taken" if case.acknowledged_by else "not_taken")
    return replies.say("line", who=case.who, trigger=replies.say(case.trigger), day=case.reported_at[5:10], state=state)


def _table(cases: list[CareCase]) -> Table:
    replies = words.load("skills/query_care", "replies")
    return Table(
        tuple(replies.say("columns").split("|")),
        tuple(
            (
                case.number,
                case.who,
                replies.say(case.trigger),
                _moment(case.reported_at),
                _moment(case.due_at),
                replies.say("taken" if case.acknowledged_by else "not_taken"),
            )
            for case in cases
        ),
    )


def _moment(at: str) -> str:
    """Day and time as a table has room for them: 11-25 14:30."""
    return at[5:16].replace("T", " ")
