"""A suggestion, kept word for word with the recording; its member hears what becomes of it."""

from __future__ import annotations

from dialogs import notify, words
from dialogs.officers import suggesting
from dialogs.reply import Effect
from dialogs.skill import Ask, Desk, Done, NotMine, Outcome, Wish
from dialogs.understanding.features import bare
from storage import suggestions
from storage.log import About
from storage.outbox import Button

SHORTEST = 4
"""Characters of what can be added to an opinion: 不对 and no more adds nothing."""


def act(wish: Wish, desk: Desk) -> Outcome:
    """Keep what was said and lay it before the officer on duty, who passes it on with a press."""
    if standing := wish.key_slot("suggestion"):
        more = bare(desk.said)
        return Ask("what", "text") if len(more) < SHORTEST else _added(standing, desk.said, desk)
    if step := wish.text_slot("step"):
        asked = step == "state" or any(cue in wish.text for cue in words.lists("skills/suggestion", "follow")["state"])
        return _state(desk) if asked else NotMine()
    piece = wish.text_slot("text")
    if not piece:
        return Ask("what", "text")
    said = next((whole for whole in (desk.said, wish.text) if piece in whole), piece)
    key = suggestions.add(
        desk.db, desk.speaker.branch_id, desk.speaker.id, said, desk.now, recording_id=desk.recording_id
    )
    entry = desk.log("suggested", About("suggestion", key), name=desk.speaker.name, said=said)
    passed = Button(words.load("officers/suggesting", "words").say("button_passed_on"), f"{suggesting.PASSED}:{key}")
    told = notify.notice(
        desk, f"suggestion:{key}", entry.sentence or "", buttons=[passed], recording_id=desk.recording_id
    )
    effects = (Effect("suggested", "suggestion", key), Effect("logged", "entry", entry.id))
    return Done("kept", {"told": notify.names(told, desk)}, effects, amend=_of(key), follow=_follow(key))


def _of(key: int) -> Wish:
    return Wish("suggestion", {"suggestion": key})


def _follow(key: int) -> dict[str, Wish]:
    return {"state": Wish("suggestion", {}), "more": _of(key)}


def _added(key: int, more: str, desk: Desk) -> Done:
    """不对，是太咸 and 还有就是……: kept below the first words, and laid before the same officer."""
    suggestions.add_to(desk.db, desk.branch_id, key, more)
    entry = desk.log("suggested_more", About("suggestion", key), name=desk.speaker.name, said=more)
    text = entry.sentence or ""
    told = notify.notice(desk, f"suggestion:{key}:{desk.turn}", text, recording_id=desk.recording_id)
    effects = (Effect("logged", "entry", entry.id),)
    return Done("added", {"told": notify.names(told, desk)}, effects, amend=_of(key), follow=_follow(key))


def _state(desk: Desk) -> Outcome:
    """书记看到了吗: what became of the last opinion of the speaker."""
    latest = suggestions.latest(desk.db, desk.speaker.id)
    if latest is None:
        return Done("state_none")
    return Done(f"state_{latest.state}", {"told": desk.secretary, "answer": latest.answer or ""})
