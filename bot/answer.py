"""The answer to one turn, as every channel gets it and as the inbox keeps it for a redelivered update."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from bot.charts import chart_of
from dialogs.reply import Chart, Effect, Reply, Table
from dialogs.understanding.meaning import SlotValue, Span
from storage.outbox import Button

JsonSlot = str | float | int | list[str] | dict[str, str | None]


@dataclass(frozen=True)
class Answer:
    """What a channel shows and speaks."""

    text: str
    """The words shown."""
    spoken: str
    """The words said aloud."""
    heard: str
    """What was understood to have been said; empty where nothing was heard."""
    intent: str = ""
    """The intent acted on."""
    slots: Mapping[str, JsonSlot] = field(default_factory=dict)
    """Its slots, as the command line prints them."""
    effects: tuple[Effect, ...] = ()
    """What was written."""
    buttons: tuple[Button, ...] = ()
    """Choices offered."""
    table: Table | None = None
    """The rows a secretary's answer rests on."""
    chart: Chart | None = None
    """The same as a picture, where people would rather look."""
    entries: tuple[int, ...] = ()
    """Numbers of the log entries behind it."""
    answered: bool = True
    """False where only the nearest to what was asked is told."""
    timings: Mapping[str, float] = field(default_factory=dict)
    """Milliseconds by stage: recognise_ms, respond_ms (understanding, dialogue and the commit)."""

    def to_json(self) -> str:
        """As one JSON object."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @staticmethod
    def from_json(text: str) -> Answer:
        """The answer that `to_json` wrote."""
        values = json.loads(text)
        table, chart = values.pop("table"), values.pop("chart", None)
        return Answer(
            **{
                **values,
                "effects": tuple(Effect(**each) for each in values["effects"]),
                "buttons": tuple(Button(**each) for each in values["buttons"]),
                "table": Table(tuple(table["columns"]), tuple(tuple(row) for row in table["rows"])) if table else None,
                "chart": chart_of(**chart) if chart else None,
                "entries": tuple(values.get("entries", ())),
            }
        )

    @staticmethod
    def of(reply: Reply, timings: Mapping[str, float]) -> Answer:
        """The answer that a dialogue's reply makes."""
        return Answer(
            text=reply.text,
            spoken=reply.spoken or reply.text,
            heard=reply.heard,
            intent=reply.intent,
            slots={name: json_slot(value) for name, value in (reply.slots or {}).items()},
            effects=reply.effects,
            buttons=reply.buttons,
            table=reply.table,
            chart=reply.chart,
            entries=reply.entries,
            answered=reply.answered,
            timings=timings,
        )


def json_slot(value: SlotValue) -> JsonSlot:
    """A slot's value as JSON has it."""
    if isinstance(value, Span):
        return {"start": value.start, "end": value.end}
    return list(value) if isinstance(value, tuple) else value
