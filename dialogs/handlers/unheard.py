"""Silence, noise, a broken recording: asked again once, then a human listens. It never ends as nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from dialogs import notify
from dialogs.duties import listen_call
from dialogs.handlers.open_question import simpler
from dialogs.reply import Effect, Reply, Unheard
from dialogs.scene import Scene, Step
from storage import tasks
from storage.log import About

ATTEMPTS = 2
"""Recordings in a row in which nothing was understood, after which a human listens."""


def unheard(scene: Scene) -> Step | None:
    """Answer a voice message in which no words were found."""
    said = scene.utterance.said
    if not isinstance(said, Unheard):
        return None
    recording = scene.utterance.recording_id
    tried = scene.talk.unheard + ((recording,) if recording else (0,))
    if said.reason == "failed" or len(tried) >= ATTEMPTS:
        return _hand_over(scene, tried, "failed" if said.reason == "failed" else "handed_over")
    text, question = scene.words("unheard").say(said.reason), scene.talk.question
    if question is not None and not question.optional:
        text += simpler(scene, question)
    return Step(Reply(text, buttons=scene.talk.last_buttons), replace(scene.talk, unheard=tried))


def _hand_over(scene: Scene, recordings: tuple[int, ...], key: str) -> Step:
    """Every recording of the row becomes a task to listen to, and the officer on duty is told."""
    it, desk = scene.utterance, scene.desk("")
    due = it.now + timedelta(hours=scene.profile.hours("care.emergency.visit_hours"))
    begun = scene.talk.question.wish.text if scene.talk.question else ""  # half a report is better than none
    effects: list[Effect] = []
    for recording in recordings:
        task_id = tasks.add_task(
            scene.db,
            it.speaker.branch_id,
            "listen",
            it.speaker.id,
            it.now,
            due,
            said=begun,
            recording_id=recording or None,
        )
        effects.append(Effect("listen", "task", task_id))
    scene.log("handed_to_listen", "unheard", "log", About("task", effects[-1].id), name=it.speaker.name)
    text = scene.words("unheard").say("task_alert", name=it.speaker.name)
    notify.alert(desk, f"listen:{effects[-1].id}", text)
    listen_call.begin_for(effects[-1].id, desk)
    reply = Reply(scene.words("unheard").say(key, secretary=desk.secretary), effects=tuple(effects))
    return Step(reply, replace(scene.talk, unheard=()))
