"""config.example.toml, made from the code, so that every key stands in it with its sentence and its default."""

from __future__ import annotations

import json

from bot.config import default_of, known_keys, sentences


def example_config() -> str:
    """The example config; every key is there, at its default."""
    lines = _comment("")
    section = ""
    for key, field in known_keys().items():
        table, _, name = key.rpartition(".")
        lines.append("")
        if table != section:
            section = table
            lines += [*_comment(table), f"[{table}]"]
        lines += [*_comment(key), f"{name} = {json.dumps(default_of(field), ensure_ascii=False)}"]
    return "\n".join(lines) + "\n"


def _comment(key: str) -> list[str]:
    return [f"# {sentences()[key][language]}" for language in ("zh", "en")]
