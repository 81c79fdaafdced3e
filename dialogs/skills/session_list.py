"""What is coming: at most three are read out, each with a button to sign up; and what is asked about one of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from dialogs.sessions import spoken_of
from dialogs.sessions.finding import MOST_READ_OUT, fitting, spoken, stretch
from dialogs.sessions.telling import aspect, button, own, parts, place, say, shortly, state
from dialogs.skill import Desk, Done, NotMine, Outcome, Wish
from dialogs.understanding.meaning import Span
from dialogs.understanding.times import as_span, find_time
from storage import sessions
from storage.outbox import Button
from storage.sessions import Session

OF_SESSIONS = frozenset(("", "session_list", "session_register", "session_cancel", "leave_request", "choose", "next"))
"""What any question about the session that was just spoken of may sound like."""
TAKEN_FOR = OF_SESSIONS | {
    "theme_query", "out_of_scope", "repeat", "help", "care_status", "dues_status", "deny", "document_list",
}  # fmt: skip
"""What one that asks when, where or the like may sound like."""
FOR_ALL = ("skip", "allowed", "unwritten")
"""What is answered alike whatever session is asked about."""
A_FAREWELL = 12
"""Characters of 下次一定来 and no more."""


def act(wish: Wish, desk: Desk) -> Outcome:
    """Read out the sessions of the time or topic that was said; where there is none, say so and name the next."""
    if spoken_of.says("points", wish.text):
        return NotMine(Wish("my_record", {}, wish.text))
    if step := wish.text_slot("step"):
        if step == "other_day":
            return _of_another_day(wish, desk)
        if step == "see_you" and len(wish.text) <= A_FAREWELL:
            return Done("see_you")
        if not (step == "asks" and _about_what_was_told(wish)) and not spoken_of.says("own", wish.text):
            return NotMine()
    return _list(wish, desk)


def _about_what_was_told(wish: Wish) -> bool:
    """Whether it asks about the session just told, or when and where the ones just read out are."""
    surely = spoken_of.surely_asks(wish.text)
    if not spoken_of.asks(wish.text) or ("choices" in wish.slots and not surely):
        return False
    return wish.text_slot("heard_as") in (TAKEN_FOR if surely else OF_SESSIONS)


def _of_another_day(wish: Wish, desk: Desk) -> Outcome:
    """下个星期三呢, after one was told."""
    time = find_time(wish.text, desk.now, "future")
    if time is None or len(wish.text) > A_FAREWELL:
        return NotMine()
    return _list(Wish(wish.intent, {"period": as_span(time)}, wish.text), desk)


def _list(wish: Wish, desk: Desk) -> Done:
    coming = sessions.upcoming(desk.db, desk.speaker.branch_id, desk.now)
    if not coming:
        return Done("none_planned", {"secretary": desk.secretary})
    if spoken_of.says("leave", wish.text):
        return _own([each for each in coming if state(each, desk) == "leave"], coming, desk)
    if spoken_of.says("own", wish.text):
        return _own(own(coming, desk), coming, desk)
    found = spoken_of.read_out(fitting(coming, _of_a_day(wish, desk), desk), wish)
    if len(found) > 1 and spoken_of.asks(wish.text):
        found = own(found, desk) or found
    return _told(found, wish, desk) if found else _none(wish, coming[0], desk)


def _told(found: list[Session], wish: Wish, desk: Desk) -> Done:
    """One with all that is known; of several the three soonest, or the one thing that was asked of each of them."""
    shown = found[:MOST_READ_OUT]
    buttons = tuple(button(session, desk) for session in shown if state(session, desk) == "free")
    if len(found) == 1:
        return _one(found[0], wish, buttons, desk)
    follow = _follow(shown)
    if each := shortly(shown, wish.text, desk):
        return Done("several", {"each": each}, buttons=buttons, follow=follow)
    if (asked := aspect(wish.text)) in FOR_ALL:
        return Done(f"{asked}_all", {"secretary": desk.secretary}, follow=follow)
    said = {"sessions": "；".join(spoken(session, desk) for session in shown)}
    if "choices" in wish.slots:
        return Done("several", {"each": said["sessions"]}, buttons=buttons, follow=follow)
    if len(found) > len(shown):
        return Done("list_more", {**said, "more": str(len(found) - len(shown))}, buttons=buttons, follow=follow)
    return Done("list", {**said, "count": say("count", count=len(found))}, buttons=buttons, follow=follow)


def _of_a_day(wish: Wish, desk: Desk) -> Wish:
    """The wish without an hour that is asked about and names no day: 参观那天中午管饭不."""
    time = find_time(wish.text, desk.now, "future")
    if time is None or time.day_said or not spoken_of.asks(wish.text):
        return wish
    return replace(wish, slots={name: each for name, each in wish.slots.items() if name not in ("when", "period")})


def _own(kept: list[Session], coming: list[Session], desk: Desk) -> Done:
    """What the speaker has signed up for, or takes leave from."""
    if not kept:
        return Done("own_none", {"session": spoken(coming[0], desk)}, follow=_follow(coming[:1]))
    if len(kept) == 1:
        standing = say(state(kept[0], desk)) if state(kept[0], desk) in ("waiting", "leave") else ""
        return Done("own_one", {**parts(kept[0], desk), "state": standing}, follow=spoken_of.follow(kept[0]))
    told = "；".join(f"{spoken(each, desk)}，{say(state(each, desk))}" for each in kept).replace("。", "")
    return Done("own", {"count": str(len(kept)), "sessions": told}, follow=_follow(kept[:MOST_READ_OUT]))


def _one(session: Session, wish: Wish, buttons: tuple[Button, ...], desk: Desk) -> Done:
    """When, where, and whether one stands on its list; what no branch writes down the secretary knows."""
    key = aspect(wish.text)
    if key == "one" and "about_session" in wish.slots and spoken_of.says("yes_no", wish.text):
        key = "unwritten"  # 中午回得来吗, of what was just told
    return Done(key, parts(session, desk), buttons=buttons, follow=_this_one(session, desk))


def _this_one(session: Session, desk: Desk) -> dict[str, Wish]:
    """What may be said of it next; 就这个 is for who has no place in it."""
    choose = {"choose": Wish("session_register", {"about_session": session.id})}
    return spoken_of.follow(session) | (choose if state(session, desk) == "free" else {})


def _follow(shown: list[Session]) -> dict[str, Wish]:
    """第二个, 第二个给我报上 and 第二个我去不了 are about what was just read out; so is 在哪儿."""
    choices = {"choices": tuple(str(session.id) for session in shown)}
    numbered = Wish("session_register", choices)
    return {
        "not_going": Wish("leave_request", choices),
        "other_day": Wish("session_list"),
        "choose": numbered,
        "session_register": numbered,
        "asks": Wish("session_list", choices),
    }


def _none(wish: Wish, soonest: Session, desk: Desk) -> Done:
    said = {"session": spoken(soonest, desk), "place": place(soonest)}
    buttons = (button(soonest, desk),) if state(soonest, desk) == "free" else ()
    follow, period = _this_one(soonest, desk), stretch(wish)
    if period and (off := sessions.called_off(desk.db, desk.branch_id, *_within(period))):
        return Done("called_off", {**said, "off": spoken(off[0], desk)}, buttons=buttons, follow=follow)
    if period is None:
        return Done("none_on_topic", {**said, "topic": wish.text_slot("topic")}, buttons=buttons, follow=follow)
    one_day = period.end is None or period.end[:10] == (period.start or "")[:10]
    said["period"] = say("day" if one_day else "stretch")
    return Done("none_in_period", said, buttons=buttons, follow=follow)


def _within(period: Span) -> tuple[datetime, datetime]:
    start = datetime.fromisoformat(period.start or "")
    return start, datetime.fromisoformat(period.end) if period.end else start.replace(hour=23, minute=59)
