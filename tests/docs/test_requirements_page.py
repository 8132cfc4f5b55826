"""docs/requirements.md: keys and checks are all there, and its table is what the code promises."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest
from support import found

from archcode.requires import DELIVERIES, LONGEST, ORDERINGS, Requires
from archcode.rules import OF_REQUIREMENTS
from archcode.rules._alternatives import title
from archcode.services import find, known_types
from archcode.services._promises import latency_class, window_text
from archcode.units import grouped

PAGE = Path(__file__).parents[2] / "docs" / "requirements.md"
TEXT = PAGE.read_text("utf-8")
COLUMNS = ("Service", "Ordering", "Delivery", "Replay", "Latency", "Protocol", "Consumers")
RULES = [
    rule
    for name in sorted(OF_REQUIREMENTS)
    for rule in import_module(f"archcode.rules.{name}").RULES
]


def _rows() -> list[tuple[str, ...]]:
    """Each variant of each service that promises something."""
    rows = []
    for service in map(find, known_types()):
        for semantics in service.semantics:
            promise = semantics.promise
            if promise is None:
                continue
            delivery = promise.delivery + (f" ({promise.once})" if promise.once else "")
            most = "any number" if promise.consumers is None else grouped(promise.consumers)
            rows.append(
                (
                    f"[{title(service, semantics)}](services.md#{service.type.replace('.', '')})",
                    promise.ordering,
                    delivery,
                    window_text(promise.replay),
                    latency_class(promise.latency),
                    ", ".join(promise.protocols) or "that of its targets",
                    most,
                )
            )
    return rows


def _table() -> str:
    lines = [COLUMNS, ("---",) * len(COLUMNS), *_rows()]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"


def test_the_table_is_what_the_code_promises(update):
    head = TEXT.partition("\n| Service |")[0].rstrip("\n") + "\n\n"
    if update:
        PAGE.write_text(head + _table(), "utf-8")
        return

    assert head + _table() == TEXT


def test_no_cell_is_empty():
    assert len(_rows()) > 15
    assert all(all(row) for row in _rows())


@pytest.mark.parametrize("key", Requires.model_fields)
def test_says_what_a_key_means(key):
    assert re.search(rf"^\| `{key}` \|", TEXT, re.MULTILINE)


@pytest.mark.parametrize("value", [*ORDERINGS, *DELIVERIES, *LONGEST])
def test_names_every_value(value):
    assert f"`{value}`" in TEXT


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_names_every_check_with_its_gravest_severity(rule):
    (line,) = [
        line for line in TEXT.splitlines() if line.startswith("|") and f"`{rule.name}`" in line
    ]

    assert rule.severity in line.split("|")[2]


def test_its_example_is_clean():
    components = re.search(r"^components:\n(.*?)^flows:", TEXT, re.DOTALL | re.MULTILINE)
    flows = re.search(r"^flows:\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)
    findings = found(
        components[1]
        + "  shop: {type: client}\n"
        + "  dead: {type: sqs.queue, fifo_queue: true}\n"
        + "  clicks: {type: kinesis.stream, retention_period_hours: 7 d}\n"
        + "  sessions: {type: lambda.function}\n",
        "  - shop -> clicks: {rate: 1000/s, size: 1 KB}\n"
        + flows[1]
        + "  - shop -> orders: {rate: 1/s, size: 1 KB}\n",
    )

    assert [f for f in findings if f.rule in {rule.name for rule in RULES}] == []
