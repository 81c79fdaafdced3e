"""What holds for every test: which files begin first, which share a worker, and that a busy machine is no fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from xdist.remote import Producer
    from xdist.scheduler import LoadFileScheduling

LONGEST = (
    "web/browser/test_documents.py", "web/browser/test_desk.py", "web/browser/test_talking.py",
    "docs/test_adding_a_skill.py", "bot/test_spoken_requests.py", "telegram/test_process.py",
    "speech/test_kokoro.py", "speech/test_whisper.py", "narration/test_files.py", "web/browser/test_desk_states.py",
    "conversations/test_conversations.py", "care/test_alerts_on_telegram.py", "conversations/test_channels.py",
    "speech/test_vosk.py", "understanding/test_times_carried.py", "speech/test_audio.py",
)  # fmt: skip
"""Files that take longest, longest first: begun last they would leave the other workers idle at the end."""
TOGETHER = {"web/browser/test_looks.py": "web/browser/test_talking.py"}
"""Files that share a server and a browser, and so a worker."""

# An example that takes long was begun while something was read or learnt for the first time, or others were at work.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first."""
    place = {f"tests/{name}": at for at, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.nodeid.partition("::")[0], len(LONGEST)))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling | None:
    """A file is one worker's, so that what its tests share is made once; each worker takes the next one."""
    if config.getoption("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    class ByFile(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0].removeprefix("tests/")
            return TOGETHER.get(file, file)

    config.option.loadscopereorder = False  # the order is that of LONGEST, not of the number of tests
    return ByFile(config, log)
