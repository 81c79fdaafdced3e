"""New particulars of a member: read back, then one's own number is written and all else goes to the secretary."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from dialogs import handing, rules, words
from dialogs.handing import Kept
from dialogs.handlers import heard_whole, telephone
from dialogs.particulars import address, asked_for, hears, moves_away, number, one_part_anew, somebody_elses
from dialogs.reply import Effect
from dialogs.skill import Ask, Confirm, Desk, Done, Option, Outcome, Wish
from storage import applications, members
from storage.applications import Kind
from storage.database import present
from storage.log import About


@dataclass(frozen=True)
class News:
    """What is new; empty where nothing of the kind was said."""

    phone: str
    """A number."""
    address: str
    """Where the member lives now."""
    other: str
    """Anything else to be put right, in the member's own words."""


def act(wish: Wish, desk: Desk) -> Outcome:
    """Ask for what is new where it was not said, read it back, and on a yes write it or hand it in."""
    kept = handing.keep(wish, desk)
    news = _news(wish, desk)
    if not (news.phone or news.address or news.other):
        return _ask(wish, kept)
    if not wish.confirmed:
        shown = {**vars(news), "phone": telephone.grouped(news.phone)}
        parts = [_say(f"new_{name}", value=value) for name, value in shown.items() if value]
        return Confirm("read_back", {"news": "，".join(parts)}, {**kept.slots, **_slots(news), **_hearings(wish)})
    done = [_phone(news.phone, kept, desk)] if news.phone else []
    done += [_hand_in("address", news.address, kept, desk)] if news.address else []
    done += [_hand_in("particulars", news.other, kept, desk)] if news.other else []
    done += [_away(kept, desk)] if news.address and moves_away(kept.said) else []
    effects = tuple(effect for _, effects in done for effect in effects)
    return Done("written", {"lines": "".join(line for line, _ in done)}, effects)


def _news(wish: Wish, desk: Desk) -> News:
    told, lives_at = number(wish), one_part_anew(wish.text_slot("lives_at"), address(wish, desk))
    phone = told if telephone.is_whole(told) else ""
    if phone or lives_at:
        return News(phone, lives_at, "")
    wanted = wish.text_slot("text")
    if wish.key_slot("gaps"):
        return News("", "", "")
    if not wanted and not wish.text_slot("field") and not asked_for(wish.text) and not hears("vague", wish.text):
        wanted = wish.text
    return News("", "", wanted)


def _hearings(wish: Wish) -> dict[str, tuple[str, ...]]:
    """How the number was heard the first time, to be weighed with the next."""
    first = "" if "hearings" in wish.slots else heard_whole.hearing(wish.text)
    return {"hearings": (first,)} if first else {}


def _slots(news: News) -> dict[str, str]:
    """As it waits with the wish until the yes."""
    slots = {"phone": news.phone, "address": news.address, "text": news.other}
    return {name: value for name, value in slots.items() if value} | {
        "digits": news.phone,
        "piece": "",
        "lives_at": news.address,
    }


def _ask(wish: Wish, kept: Kept) -> Ask:
    """Only a wish to change something: ask for the new value, or first for what it is."""
    if wish.key_slot("gaps"):
        return Ask("phone_gaps", "phone", slots={**kept.slots, "gaps": 0})
    if "piece" not in wish.slots and (told := heard_whole.hearing(wish.text)):  # weighed with the next telling
        return Ask("phone_gaps", "phone", slots={**kept.slots, "hearings": (told,)})
    if told := number(wish):
        return _ask_more(told, kept)
    field = wish.text_slot("field") or asked_for(wish.text)
    if field:
        slot = "text" if field == "other" else field
        return Ask(f"new_{field}", slot, slots=kept.slots)
    options = tuple(Option(_say(f"option_{name}"), {"field": name}) for name in ("phone", "address", "other"))
    return Ask("which", "field", options=options, slots=kept.slots)


def _ask_more(told: str, kept: Kept) -> Ask:
    """Part of a number is kept, and only what is missing asked for; what can be none is asked for anew."""
    if telephone.is_too_long(told):
        return Ask("phone_again", "phone", slots={**kept.slots, "digits": "", "piece": ""})
    missing = telephone.missing(told)
    said = {"known": telephone.grouped(told), "left": str(missing)}
    return Ask("more_phone" if missing else "more_phone_open", "phone", said, slots={**kept.slots, "digits": told})


def _phone(phone: str, kept: Kept, desk: Desk) -> tuple[str, tuple[Effect, ...]]:
    """One's own number is written at once; somebody else's is the secretary's to enter."""
    if somebody_elses(kept.said, desk):
        return _hand_in("phone", phone, kept, desk)
    members.set_phone(desk.db, desk.speaker.id, phone)
    standing = present(members.member(desk.db, desk.speaker.id), "the speaker")
    entry = desk.log("phone_written", About("member", standing.id), name=standing.name, phone=standing.phone)
    handing.note(desk, f"phone:{desk.turn}", entry)
    effects = (Effect("phone_written", "member", standing.id), Effect("logged", "entry", entry.id))
    return _say("phone_written", phone=telephone.grouped(standing.phone)), effects


def _hand_in(kind: Kind, value: str, kept: Kept, desk: Desk) -> tuple[str, tuple[Effect, ...]]:
    """The old value stays until the secretary has entered the new one; the same value twice is one application."""
    waiting = applications.waiting(desk.db, desk.speaker.id, kind)
    if waiting and waiting.value == value:
        return _say("waiting", told=desk.secretary), ()
    handed = handing.apply(desk, kind, kept, kind, value=value)
    return _say(f"{kind}_handed", told=handed.told, value=value), handed.effects


def _away(kept: Kept, desk: Desk) -> tuple[str, tuple[Effect, ...]]:
    """Moved away: what the branch here and the branch there have to do becomes a task."""
    here, there = (desk.profile.rules[key] for key in ("away.home_branch", "away.host_branch"))
    ways = {"here": str(here.value), "there": str(there.value)}
    to_do = replace(kept, said=_say("away_task", said=kept.said, **ways))
    due = desk.now + timedelta(hours=desk.profile.hours("task.profile_update.hours"))
    handed = handing.give_task(
        desk, "profile_update", due, to_do, "away", origin=rules.source(here), there_origin=rules.source(there)
    )
    return _say("away", told=handed.told, **ways), handed.effects


def _say(key: str, **values: str) -> str:
    return words.load("skills/profile_update", "lines").say(key, **values)
