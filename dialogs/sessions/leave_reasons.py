"""Why somebody takes leave: said with the wish, in answer, or a moment later; kept word for word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from dialogs import notify, words
from dialogs.reply import Effect
from dialogs.sessions.finding import stretch
from dialogs.sessions.leaving import note
from dialogs.skill import Desk, Done, Wish
from dialogs.understanding.features import bare
from storage import leave
from storage.log import About
from storage.sessions import Session

NAMING = 2
"""Characters of a title that name the session."""
JUST_NOW = timedelta(minutes=5)
"""How long a reason said by itself (腿疼) still belongs to the leave before it."""


def keep(notes: Sequence[str], reason: str, desk: Desk) -> Done:
    """Write the reason to each of the leaves, and tell the officer on duty."""
    effects: tuple[Effect, ...] = ()
    for noted in notes:
        key = int(noted.partition(":")[0])
        leave.give_reason(desk.db, key, reason)
        entry = desk.log("leave_reason", About("registration", key), name=desk.speaker.name, reason=reason)
        effects += (Effect("leave_reason", "registration", key), Effect("logged", "entry", entry.id))
    text = _say("told_reason", name=desk.speaker.name, reason=reason)
    notify.alert(desk, f"leave_reason:{desk.turn}", text, lane="routine")
    follow = {"back": undo_of(notes), "more": Wish("leave_request", {"leaves": tuple(notes)})}
    return Done("reason_kept", {"told": desk.secretary}, effects, undo_of(notes), follow=follow)


def said_with(wish: Wish, found: Sequence[Session]) -> str:
    """The reason as it was said with the wish; the asking itself, and the name of the session, are none."""
    reason = wish.text_slot("reason")
    return "" if not reason or cue("no_reason", reason) or _names_only(reason, found) else _whole(reason, wish.text)


def _whole(reason: str, text: str) -> str:
    """The clauses from which it was taken, without those that ask: 我要去上海女儿家住一个月, of 女儿家住一个月."""
    begin, at = text.find(reason), 0
    kept = []
    for clause in re.split(r"(?<=[，。；！？,])", text):
        if begin < at + len(clause) and at < begin + len(reason) and not _asks(clause):
            kept.append(bare(clause))
        at += len(clause)
    return "，".join(kept) if begin >= 0 and kept else reason


def _asks(clause: str) -> bool:
    not_going = words.lists("skills/leave_request", "follow")["not_going"]
    return cue("no_reason", clause) or any(each in clause for each in not_going)


def _names_only(reason: str, found: Sequence[Session]) -> bool:
    """参观我 of 礼拜五参观我不去了: nothing but the session's name, and who does not go."""
    stretches = [
        session.title[at : at + NAMING]
        for session in found
        for at in range(len(session.title) - NAMING + 1)
        if session.title[at : at + NAMING] in reason
    ]
    for part in stretches:
        reason = reason.replace(part, "")
    return not re.sub(words.lists("skills/leave_request", "cues")["nobody"][0], "", bare(reason))


def said_alone(wish: Wish, desk: Desk) -> list[str]:
    """The leave to which a reason belongs that came with a report of need, or a moment later: 老伴住院了, 腿疼."""
    if not wish.text_slot("reason") or wish.key_slot("session") or stretch(wish) or cue("asks", wish.text):
        return []
    late = leave.without_reason(desk.db, desk.speaker.id, desk.now - JUST_NOW)
    return [note(late, "")] if late else []


def undo_of(notes: Sequence[str]) -> Wish:
    """What 不对 does after these leaves."""
    return Wish("leave_request", {"withdraw": tuple(notes)})


def cue(name: str, text: str) -> bool:
    """Whether one of these patterns is in it."""
    return any(re.search(pattern, bare(text)) for pattern in words.lists("skills/leave_request", "cues")[name])


def _say(key: str, **values: str) -> str:
    return words.load("skills/leave_request", "parts").say(key, **values)
