"""What the operating system refuses and what hearing and speaking lack, as something that the operator can mend."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from pathlib import Path

from speech.contracts import AudioTooLarge, ModelMissing, SpeechError, UnreadableAudio, VoiceFailed
from speech.engines import UnknownEngine
from speech.stocking import FetchFailed
from storage.faults import Mendable

FULL = (errno.ENOSPC, errno.EDQUOT)
FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)
SPEECH: Mapping[type[SpeechError], str] = {
    UnreadableAudio: "no_recording",
    AudioTooLarge: "recording_too_large",
    ModelMissing: "no_model",
    UnknownEngine: "no_engine",
    FetchFailed: "not_fetched",
    VoiceFailed: "no_voice",
}
"""Sentences of bot/messages.toml; the reason in them is `speech`'s own, in English."""


def file_trouble(error: OSError, folder: Path) -> Mendable | None:
    """The fault of a file or of the disk under it; None where no file was at fault.

    `folder` is named where the disk is full and the system does not say which file it was writing.
    """
    if error.errno in FULL:
        return Mendable("disk_full", folder=str(error.filename or folder))
    if error.filename is None:
        return None
    file = str(error.filename)
    if error.errno in FORBIDDEN:
        return Mendable("file_forbidden", file=file)
    return Mendable("file_trouble", file=file, reason=str(error.strerror))


def speech_trouble(error: SpeechError) -> Mendable:
    """Hearing or speaking could not be done."""
    key = next((key for kind, key in SPEECH.items() if isinstance(error, kind)), "no_speech")
    return Mendable(key, reason=str(error))
