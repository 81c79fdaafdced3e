"""The answer to how somebody is, and whether and how often they want to be asked.

There is no intent for it: 挺好的 is an answer only while the question is open. Any other wish is done as ever and ends
the question too: whoever speaks is there. What sounds like danger goes the way of all danger.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from dialogs import notify, words
from dialogs.care import rhythms
from dialogs.reply import Reply
from dialogs.scene import Scene, Step
from dialogs.skill import Desk, Wish
from dialogs.talk import Question
from dialogs.understanding.meaning import Said
from storage import check_ins, in_touch
from storage.check_ins import CheckIn
from storage.log import About
from storage.outbox import Button

RECENT = timedelta(days=30)
"""So long after a check-in 以后别问了 is about it."""
LEAVES_OPEN = ("repeat", "slower", "faster", "help")
"""Whoever asks for the question again has not answered it."""
CHATTER = ("affirm", "deny", "greet", "thanks", "out_of_scope", "stop", "next", "back", "choose")
"""What is no wish of its own here."""


def checked_in(scene: Scene) -> Step | None:
    """Take the answer, or the wish to be asked otherwise; None where something else was meant."""
    last = check_ins.latest(scene.db, scene.utterance.speaker.id)
    if last is None or not scene.text or scene.talk.question is not None:
        return None
    return _asked_otherwise(scene, last) or _answer(scene, last)


def _asked_otherwise(scene: Scene, last: CheckIn) -> Step | None:
    """No more, again, or in another rhythm."""
    if scene.utterance.now - datetime.fromisoformat(last.asked_at) > RECENT:
        return None
    desk, said = scene.desk(""), scene.text
    speaker = scene.utterance.speaker
    if _has("resume", said):
        check_ins.resume(scene.db, speaker.id, said, desk.now)
        return _noted(scene, last, "resumed", "check_in_resumed")
    if days := _rhythm_in(said):
        check_ins.set_rhythm(scene.db, speaker.id, days, said, desk.now)
        return _noted(scene, last, "rhythm", "check_in_rhythm", days=str(days))
    if _has("refuse", said):
        check_ins.refuse(scene.db, speaker.id, said, desk.now)
        return _noted(scene, last, "refused", "check_in_refused")
    return None


def _noted(scene: Scene, last: CheckIn, key: str, kind: str, **values: str) -> Step:
    """Write it down, tell the secretary, and let the next question come when it is wanted."""
    desk = scene.desk("")
    speaker = scene.utterance.speaker
    _end(last, "heard", desk)
    if rhythms.is_asked(speaker, desk):
        rhythms.put(speaker, desk.now + rhythms.rhythm_of(speaker, desk), desk)
    else:
        rhythms.stop(speaker, desk)
    entry = desk.log(
        kind, About("check_in", last.id), None, "care/checking_in", name=speaker.name, said=desk.said, **values
    )
    notify.notice(desk, f"rhythm:{desk.turn}", entry.sentence or "")
    return Step(Reply(_say(scene, key, **values), intent="check_in"), scene.talk.settled())


def _answer(scene: Scene, last: CheckIn) -> Step | None:
    if last.state != "asked" or in_touch.spoke_since(scene.db, last.member_id, last.asked_at, scene.utterance.inbox_id):
        return None
    desk, meaning = scene.desk(""), scene.meaning
    if _nothing_but_well(scene):
        _end(last, "well", desk)
        return Step(Reply(_say(scene, "glad"), intent="check_in"), scene.talk.settled())
    if meaning.danger is not None:
        _end(last, "unwell", desk)
        return None
    heard = " ".join(_readings(scene))
    if need := next((need for need in ("care_illness", "care_hardship") if _has(need, heard)), None):
        return _unwell(scene, last, need)
    if not meaning.unsure and meaning.intent in LEAVES_OPEN:
        return None
    if not meaning.unsure and meaning.intent == "deny":
        return _unwell(scene, last, "care_illness")
    chatter = meaning.unsure or meaning.intent in CHATTER
    well = chatter and (meaning.intent == "affirm" or _begins_well(scene.text))
    _end(last, "well" if well else "heard", desk)
    if chatter:
        return Step(Reply(_say(scene, "glad" if well else "listened"), intent="check_in"), scene.talk.settled())
    return None


def _unwell(scene: Scene, last: CheckIn, need: str) -> Step:
    """The secretary knows before it is asked whether somebody is to come; a yes then opens the case."""
    desk = scene.desk("")
    _end(last, "unwell", desk)
    about = About("check_in", last.id)
    entry = desk.log("check_in_unwell", about, None, "care/checking_in", name=desk.speaker.name, said=desk.said)
    told = notify.notice(desk, f"unwell:{last.id}", entry.sentence or "", recording_id=desk.recording_id)
    text = _say(scene, f"{need}_ask", told=notify.names(told, desk))
    manager = scene.words("manager")
    buttons = tuple(Button(manager.say(key), manager.say(key)) for key in ("button_yes", "button_no"))
    question = Question(Wish(need, text=scene.text), "", text, desk.now)
    return Step(Reply(text, buttons=buttons, intent="check_in"), replace(scene.talk.settled(), question=question))


def _end(last: CheckIn, state: str, desk: Desk) -> None:
    check_ins.end(desk.db, last, state, desk.now, said=desk.said, recording_id=desk.recording_id)


def _nothing_but_well(scene: Scene) -> bool:
    """Whether nothing but well-being and thanks is spoken of; recognisers leave the commas out and spell it otherwise.

    It is asked before danger is looked for, so danger to life in any reading counts more.
    """
    if scene.meaning.danger == "care_emergency" or not _begins_well(scene.text):
        return False
    cues = words.lists("care/checking_in", "cues")
    # Atomic, so that a long row of 还行 that ends otherwise is not tried in every cut.
    row = f"(?:(?>{'|'.join([*cues['well'], *cues['polite'], cues['pause'][0]])}))++"
    return any(re.fullmatch(row, reading) for reading in _readings(scene))


def _begins_well(text: str) -> bool:
    """Whether well-being is what is said first, after a greeting or thanks."""
    cues = words.lists("care/checking_in", "cues")
    before = "|".join([*cues["polite"], cues["pause"][0]])
    return re.match(f"(?:(?>{before}))*+(?:{'|'.join(cues['well'])})", text) is not None


def _readings(scene: Scene) -> tuple[str, ...]:
    """What was heard, as the recogniser wrote it in its likeliest ways."""
    said = scene.utterance.said
    return (said.text, *said.alternatives) if isinstance(said, Said) else ()


def _rhythm_in(text: str) -> int:
    """Days from one question to the next, as they are wanted (一个月问一次); 0 where that is not spoken of."""
    if not _has("ask", text):
        return 0
    rhythms = words.lists("care/checking_in", "rhythms")
    return next((int(days) for days, cues in rhythms.items() if any(re.search(cue, text) for cue in cues)), 0)


def _has(cue: str, text: str) -> bool:
    return any(re.search(pattern, text) for pattern in words.lists("care/checking_in", "cues")[cue])


def _say(scene: Scene, key: str, **values: str) -> str:
    spoken = words.load("care/checking_in", "words").of_turn(scene.utterance.inbox_id)
    return spoken.say(key, name=scene.desk("").address, **values)
