"""The secretary asks who signed up, who came, and how often."""

from __future__ import annotations

from datetime import datetime

from dialogs import words
from dialogs.reply import Table
from dialogs.skill import Desk, Done, Outcome, Wish
from dialogs.understanding.meaning import Span
from dialogs.understanding.times import say_time
from storage import members, questions, sessions
from storage.sessions import Place

REPLIES = "skills/query_attendance"


def act(wish: Wish, desk: Desk) -> Outcome:
    """Sign-ups of the next session, how often one member came, or everybody's count."""
    desk.log("read_attendance", name=desk.speaker.name)
    if any(cue in wish.text for cue in words.lists(REPLIES, "cues")["signed_up"]):
        return _signed_up(desk)
    start, end = _period(wish, desk)
    name = wish.text_slot("person")
    return _how_often(name, start, end, desk) if name else _everybody(start, end, desk)


def _signed_up(desk: Desk) -> Done:
    found = questions.signed_up(desk.db, desk.speaker.branch_id, desk.now)
    if found is None:
        return Done("none_planned")
    session, places = found
    said = {
        "session": f"{say_time(session.start, desk.now)}，{session.title}",
        "count": str(len(places)),
        "names": "、".join(_named(place) for place in places),
    }
    replies = words.load(REPLIES, "replies")
    lines = tuple((_named(place), replies.say(f"state_{place.state}")) for place in places)
    return Done("signed_up" if places else "nobody_signed_up", said, table=Table(_columns("columns_places"), lines))


def _named(place: Place) -> str:
    """A guest is marked as one, with the member who brings them."""
    if not place.guest:
        return place.name
    return words.load("waiting", "words").say("guest", name=place.name, guest=place.guest)


def _how_often(name: str, start: datetime, end: datetime, desk: Desk) -> Done:
    person = members.named(desk.db, desk.speaker.branch_id, name)
    came = sessions.attendance(desk.db, person[0].id, start, end) if person else []
    attended = sum(each.state == "attended" for each in came)
    said = {
        "name": name, "period": _spoken(start, end), "count": str(attended), "held": str(len(came)),
        "excused": str(sum(each.state == "excused" for each in came)),
        "home": str(sum(each.state == "home_study" for each in came)),
    }  # fmt: skip
    replies = words.load(REPLIES, "replies")
    lines = tuple((each.title, each.starts_at[:10], replies.say(f"state_{each.state}")) for each in came)
    return Done("how_often", said, table=Table(_columns("columns_sessions"), lines))


def _everybody(start: datetime, end: datetime, desk: Desk) -> Done:
    counted = questions.presence(desk.db, desk.speaker.branch_id, start, end)
    never = [each.name for each in counted if not each.attended]
    lines = tuple((each.name, each.attended, each.excused, each.home_study) for each in counted)
    said = {"period": _spoken(start, end), "count": str(len(never)), "names": "、".join(never)}
    return Done("never_came" if never else "all_came", said, table=Table(_columns("columns_members"), lines))


def _period(wish: Wish, desk: Desk) -> tuple[datetime, datetime]:
    """The stretch that was said, or this year so far."""
    period = wish.slots.get("period")
    if isinstance(period, Span) and period.start:
        return datetime.fromisoformat(period.start), datetime.fromisoformat(period.end or period.start)
    return datetime(desk.now.year, 1, 1), desk.now


def _spoken(start: datetime, end: datetime) -> str:
    return words.load(REPLIES, "replies").say(
        "period", y1=start.year, m1=start.month, d1=start.day, y2=end.year, m2=end.month, d2=end.day
    )


def _columns(key: str) -> tuple[str, ...]:
    return tuple(words.load(REPLIES, "replies").say(key).split("|"))
