"""config.example.toml, made from the code, so that every key stands in it with its sentence and its default."""

from __future__ import annotations

import json

from bot.config import Config, default_of, known_keys


def example_config() -> str:
    """The example config; every key is there, at its default."""
    lines = ["# Nuanyang's configuration. Every key is optional; the values here are the defaults.", ""]
    section = ""
    for key, field in known_keys().items():
        table, _, name = key.rpartition(".")
        if table != section:
            section = table
            model = Config.model_fields[table].annotation
            lines += ["", f"# {(model.__doc__ or '').strip()}", f"[{table}]"]
        lines += [f"# {field.description}", f"{name} = {json.dumps(default_of(field), ensure_ascii=False)}"]
    return "\n".join(lines) + "\n"
