"""The ladder: who is called for a case, and who next, until somebody takes it.

The first person is called with the report, the next after a while, after a longer while everybody, and everybody again
and again. Each call writes the next one as a due row in the same transaction, so that a case that nobody has taken
always has a call to come. How long each wait is stands in the branch's profile.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dialogs.care import calling
from dialogs.office import Office
from storage import care, deliveries, due, members, outbox
from storage.care import MOST_URGENT, CareCase
from storage.members import Officer

CALL = "ladder_call"
"""Kind of the due rows that call the next person."""
CHECK = "ladder_check"
"""Kind of the due rows that look whether a call has arrived at all."""
ARRIVES_WITHIN = timedelta(seconds=40)
"""A call that no chat has taken by then has told nobody; the next person is called within 60 s of the first."""
URGENT_ARRIVES_WITHIN = timedelta(seconds=15)
"""The same for an emergency: two chats that do not answer still leave time for a third within a minute."""
SHORTEST = timedelta(seconds=30)
"""Between two calls, however late the clock says it is."""


@dataclass(frozen=True)
class Called:
    """Who was called on one step."""

    officers: tuple[Officer, ...]
    """They, in order; empty where the branch has no officer at all."""
    by_chat: bool
    """Whether any of them has a chat that takes messages; otherwise it only lies on a desk."""
    everybody: bool
    """Whether there is nobody else left to call."""


def call(case: CareCase, desk: Office) -> Called:
    """Take the next step: call whoever is next, or everybody, and write when the step after it is due."""
    untell(case, desk)
    case = care.asked_by_now(desk.db, case, desk.now)
    people, fresh = able(case, desk), not_called(case, desk)
    waited = desk.now - datetime.fromisoformat(case.asked_at)
    if not fresh or waited >= _wait(case, desk, "everybody"):
        called = people
    else:
        called = _until_a_chat(fresh, desk)
    step = care.next_step(desk.db, case)
    by_chat = calling.put_on_its_way(case, called, people, step, desk)
    everybody = not not_called(case, desk)
    rest = _wait(case, desk, "everybody") - waited
    after = _wait(case, desk, "again") if everybody else min(_wait(case, desk, "next"), rest)
    _then(CALL, case, desk, max(SHORTEST, after))
    if by_chat and not everybody:
        _then(CHECK, case, desk, URGENT_ARRIVES_WITHIN if case.urgency == MOST_URGENT else ARRIVES_WITHIN)
    return Called(tuple(called), by_chat, everybody)


def sooner(case: CareCase, desk: Office) -> None:
    """A case that was reported again is more urgent: the next call comes after the shorter wait, never later."""
    standing = due.waiting(desk.db, kind=CALL, case_id=case.id)
    shorter = max(SHORTEST, _wait(case, desk, "next"))
    if standing is None or datetime.fromisoformat(standing.due_at) > desk.now + shorter:
        _then(CALL, case, desk, shorter)


def able(case: CareCase, desk: Office) -> list[Officer]:
    """Who can be called: not the person in need, and not who reported it, unless there is nobody else."""
    knows = {case.member_id, *care.reporters(desk.db, case.id)}
    others = [officer for officer in desk.officers if officer.id not in knows]
    return others or [officer for officer in desk.officers if officer.id != case.member_id] or list(desk.officers)


def not_called(case: CareCase, desk: Office) -> list[Officer]:
    """Who has not been called yet since somebody is wanted, in order."""
    already = deliveries.called(desk.db, case.id, case.asked_at)
    return [officer for officer in able(case, desk) if officer.id not in already]


def reachable(case: CareCase, desk: Office) -> bool:
    """Whether any officer has a chat that takes messages."""
    return any(members.contacts(desk.db, officer.id) for officer in able(case, desk))


def pass_on(case: CareCase, text: str, key: str, desk: Office) -> list[Officer]:
    """Tell something more to whoever has the case, or to everybody called for it so far; returns who is told."""
    since = case.asked_at
    whom = [case.acknowledged_by] if case.acknowledged_by else deliveries.called(desk.db, case.id, since)
    by_key = {officer.id: officer for officer in desk.officers}
    told = [by_key[key] for key in whom if key in by_key] or able(case, desk)[:1]
    for officer in told:
        calling.tell(officer, case, text, key, desk, buttons=calling.buttons(case) if case.waits else ())
    return told


def untell(case: CareCase, desk: Office) -> None:
    """Keep back the news that it is taken, where it is not out yet: it is no longer so."""
    outbox.cancel_keys(desk.db, f"taken:{case.id}:")


def stop(case: CareCase, desk: Office) -> None:
    """Somebody has taken the case, or it is closed: call nobody else, keep back what is not out yet."""
    for kind in (CALL, CHECK):
        due.cancel_case(desk.db, case.id, kind)
    outbox.cancel_alerts(desk.db, case.id)


def _wait(case: CareCase, desk: Office, which: str) -> timedelta:
    """A wait of the case's ladder: halved after a second report, that of an emergency after a third."""
    trigger = "emergency" if case.urgency == MOST_URGENT else case.trigger
    rule = f"ladder.{trigger}.{which}_minutes"
    if rule not in desk.profile.rules:  # a holiday visit, which nobody calls for, has no ladder of its own
        rule = f"ladder.illness.{which}_minutes"
    return desk.profile.minutes(rule) / (2 if case.urgency == MOST_URGENT - 1 else 1)


def _until_a_chat(fresh: Sequence[Officer], desk: Office) -> list[Officer]:
    """The next person; where they have no chat, those after them too, up to the first who has one."""
    for place, officer in enumerate(fresh):
        if members.contacts(desk.db, officer.id):
            return list(fresh[: place + 1])
    return list(fresh[:1])


def _then(kind: str, case: CareCase, desk: Office, after: timedelta) -> None:
    due.only(desk.db, branch_id=case.branch_id, kind=kind, case_id=case.id, now=desk.now, after=after)
