"""A suggestion, kept word for word with the recording; its member hears what becomes of it."""

from __future__ import annotations

from dialogs import notify, words
from dialogs.officers import suggesting
from dialogs.reply import Effect
from dialogs.skill import Ask, Desk, Done, NotMine, Outcome, Wish
from storage import suggestions
from storage.log import About
from storage.outbox import Button


def act(wish: Wish, desk: Desk) -> Outcome:
    """Keep what was said and lay it before the officer on duty, who passes it on with a press."""
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
    follow = {"state": Wish(wish.intent, {})}
    return Done("kept", {"told": notify.names(told, desk)}, effects, follow=follow)


def _state(desk: Desk) -> Outcome:
    """书记看到了吗: what became of the last opinion of the speaker."""
    latest = suggestions.latest(desk.db, desk.speaker.id)
    if latest is None:
        return Done("state_none")
    return Done(f"state_{latest.state}", {"told": desk.secretary, "answer": latest.answer or ""})
