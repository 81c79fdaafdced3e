"""Spoken once, kept on disk: bounded, safe for many, and never believed when damaged."""

from __future__ import annotations

import os
import stat
import threading
import time
from pathlib import Path

from speech.voice_cache import VoiceCache, key


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_was_kept_comes_back_also_after_a_restart(tmp_path: Path) -> None:
    VoiceCache(tmp_path, 10_000).put(key("您好。"), b"sound")
    assert VoiceCache(tmp_path, 10_000).get(key("您好。")) == b"sound"
    assert VoiceCache(tmp_path, 10_000).get(key("再见。")) is None


def test_every_part_of_a_key_counts_and_none_runs_into_the_next() -> None:
    assert len({key("a", "bc"), key("ab", "c"), key("a", "bc", 0.85), key("a", "bc", 0.9)}) == 4


def test_the_folder_tells_nobody_what_was_said(tmp_path: Path) -> None:
    folder = tmp_path / "voice"
    VoiceCache(folder, 10_000).put(key("张建国生病了。"), b"sound")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert all(path.name.isascii() for path in files(folder))


def test_it_never_grows_beyond_its_limit_and_throws_out_what_was_not_used(tmp_path: Path) -> None:
    cache = VoiceCache(tmp_path, 10_000)
    for number in range(9):
        cache.put(key(number), bytes(1000))
        os.utime(next(path for path in files(tmp_path) if path.name == key(number)), ns=(0, number * 10**9))
    assert cache.get(key(0)) is not None  # used just now: the oldest is number 1
    cache.put(key(9), bytes(1000))
    assert sum(path.stat().st_size for path in files(tmp_path)) <= 10_000
    assert cache.get(key(0)) is not None
    assert cache.get(key(1)) is None
    assert cache.get(key(9)) is not None


def test_a_limit_of_nothing_keeps_nothing(tmp_path: Path) -> None:
    cache = VoiceCache(tmp_path, 0)
    cache.put(key("您好。"), b"sound")
    assert cache.get(key("您好。")) is None
    assert files(tmp_path) == []


def test_a_damaged_or_cut_file_is_a_miss_and_is_removed(tmp_path: Path) -> None:
    cache = VoiceCache(tmp_path, 10_000)
    for damage in (lambda old: old[:-1], lambda old: old[:5], lambda _: b"", lambda old: old[:-1] + b"!"):
        cache.put(key("您好。"), b"sound")
        (path,) = files(tmp_path)
        path.write_bytes(damage(path.read_bytes()))
        assert cache.get(key("您好。")) is None
        assert files(tmp_path) == []


def test_a_folder_that_cannot_be_written_costs_the_cache_not_the_answer(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = VoiceCache(tmp_path / "file", 10_000)
    cache.put(key("您好。"), b"sound")
    assert cache.get(key("您好。")) is None


def test_many_threads_share_it(tmp_path: Path) -> None:
    caches = [VoiceCache(tmp_path, 60_000) for _ in range(2)]
    wrong: list[int] = []

    def work(cache: VoiceCache, seed: int) -> None:
        for turn in range(100):
            number = (seed * 7 + turn) % 25
            found = cache.get(key(number))
            if found is not None and found != bytes([number]) * 4000:
                wrong.append(number)
            cache.put(key(number), bytes([number]) * 4000)

    threads = [threading.Thread(target=work, args=(caches[seed % 2], seed)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert not [path for path in files(tmp_path) if path.name.startswith(".new-")]


def test_a_hit_takes_less_than_ten_milliseconds(tmp_path: Path) -> None:
    cache = VoiceCache(tmp_path, 10_000_000)
    cache.put(key("您好。"), bytes(500_000))
    started = time.process_time()
    for _ in range(10):
        assert cache.get(key("您好。")) is not None
    assert (time.process_time() - started) / 10 < 0.01
