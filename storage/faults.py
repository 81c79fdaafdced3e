"""What whoever runs the branch can put right, told without words: `storage` speaks no language."""

from __future__ import annotations


class Mendable(Exception):
    """Something that an operator can mend.

    `kind` names its sentence in bot/messages.toml, where the remedy stands in each language; `values` fill its places.
    """

    def __init__(self, kind: str, **values: str | int) -> None:
        super().__init__(kind, values)
        self.kind = kind
        self.values = values

    def __str__(self) -> str:
        """For the log: the kind and its values, as `disk_full: folder=/data`."""
        return f"{self.kind}: {', '.join(f'{name}={value}' for name, value in self.values.items())}"
