"""A service manager hears that the server lives, and hears nothing of one that hangs."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.watchdog import keep_alive


@pytest.fixture
def manager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """The manager's end of the line; it wants a sign every 0.3 seconds."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(str(tmp_path / "notify"))
        line.settimeout(5)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        monkeypatch.setenv("WATCHDOG_USEC", "300000")
        yield line


async def test_it_is_ready_and_then_alive(manager: socket.socket) -> None:
    alive = asyncio.create_task(keep_alive())
    heard = [await asyncio.to_thread(manager.recv, 100) for _ in range(3)]
    alive.cancel()
    assert heard == [b"READY=1", b"WATCHDOG=1", b"WATCHDOG=1"]


async def test_a_loop_that_hangs_is_silent(manager: socket.socket) -> None:
    alive = asyncio.create_task(keep_alive())
    await asyncio.sleep(0)
    manager.setblocking(False)
    assert manager.recv(100) == b"READY=1"
    assert manager.recv(100) == b"WATCHDOG=1"
    time.sleep(0.4)  # the hanging loop itself
    with pytest.raises(BlockingIOError):
        manager.recv(100)
    alive.cancel()


async def test_where_nobody_asks_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    await asyncio.wait_for(keep_alive(), 1)


async def test_a_manager_that_is_gone_disturbs_nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "gone"))
    monkeypatch.delenv("WATCHDOG_USEC", raising=False)
    await asyncio.wait_for(keep_alive(), 1)
