"""The examples that `archcode init --pattern` writes: one for each pattern of messaging on AWS."""

from __future__ import annotations

from functools import cache
from pathlib import Path

PATTERNS = {
    "activemq-migration": "activemq-backoffice",
    "change-data-capture": "change-data-capture",
    "choreographed-saga": "choreographed-saga",
    "competing-consumers": "competing-consumers",
    "cqrs": "cqrs",
    "event-log": "kafka-event-log",
    "fan-out": "order-fanout",
    "front-doors": "front-doors",
    "inbox": "inbox",
    "iot-telemetry": "iot-telemetry",
    "multi-region-log": "kafka-two-regions",
    "on-demand-stream": "telemetry-on-demand",
    "orchestrated-saga": "orchestrated-saga",
    "ordered-processing": "ordered-payments",
    "outbox": "outbox",
    "partner-events": "partner-events",
    "rabbitmq-migration": "rabbitmq-orders",
    "scheduled-jobs": "scheduled-jobs",
    "shared-stream": "clickstream-kinesis",
    "stream-analytics": "stream-analytics",
    "third-party-broker": "third-party-broker",
    "uncertain-traffic": "launch-forecast",
    "warehouse-loading": "warehouse-loading",
    "work-queue": "work-queue",
}
"""Patterns in alphabetical order, each with the spec that shows it."""

_SCHEMA = "$schema=../archcode.schema.json"


def text(name: str) -> str:
    """The spec of a pattern, with the schema where `archcode schema` puts it."""
    spec = (_folder() / f"{PATTERNS[name]}.yaml").read_text("utf-8")
    return spec.replace(_SCHEMA, "$schema=archcode.schema.json", 1)


def words(name: str) -> str:
    """What a pattern is, from the first comment of its spec."""
    lines = text(name).splitlines()[1:]
    return lines[0].removeprefix("# ")


@cache
def _folder() -> Path:
    # In a wheel the examples are inside the package, in a checkout beside it.
    package = Path(__file__).parent.parent
    inside = package / "_specs"
    return inside if inside.is_dir() else package.parent / "specs"
