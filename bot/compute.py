"""Where audio work runs: on this machine, or on a Dask cluster where a city has outgrown one."""

from __future__ import annotations

from concurrent.futures import Executor, ThreadPoolExecutor
from importlib import import_module

from bot.config import ComputeConfig, ConfigError


def open_executor(config: ComputeConfig) -> Executor:
    """An executor for hearing and speaking.

    The engines leave the interpreter lock while they compute, so threads share one loaded model. Raises ConfigError
    where a scheduler is configured and Dask is not installed, or cannot reach it.
    """
    if not config.scheduler:
        return ThreadPoolExecutor(config.workers, thread_name_prefix="speech")
    try:
        distributed = import_module("distributed")
    except ImportError as error:
        raise ConfigError("no_dask") from error
    try:
        executor: Executor = distributed.Client(config.scheduler).get_executor()
    except (OSError, ValueError) as error:  # nobody answers there; no address that Dask knows
        raise ConfigError("no_scheduler", address=config.scheduler, reason=str(error)) from error
    return executor
