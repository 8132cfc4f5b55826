"""`archcode explain`: every name, in words and for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from offenders import expect_none

from archcode.catalogue import entries
from archcode.cli._options import complete_rule
from archcode.names import NAMES
from archcode.render import rule_json, rule_text
from archcode.spec.load import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.catalogue import Entry

LEAKS = ("Fraction(", "Decimal(", "None", "Severity.")


def _faults(entry: Entry) -> Iterator[str]:
    """What is wrong with the page of a name."""
    page = rule_text.render(entry)
    head = f"{entry.name} ({entry.severity}, {entry.group})\n{entry.words}\n\n"
    if not page.startswith(head):
        yield f"begins with {page[: len(head)]!r}"
    if " ".join(entry.harm.split()) not in " ".join(page.split()):
        yield "does not say the harm"
    yield from (
        f"has no part {part}" for part in ("Mended", "Ignored by") if f"\n{part}\n  " not in page
    )
    yield from (f"shows {leak}" for leak in LEAKS if leak in page)
    yield from (
        f"has a long line: {line}"
        for line in page.splitlines()
        if len(line) > 100 and " " in line.strip()
    )


def test_every_name_has_a_page():
    assert len(entries()) > 400
    expect_none((name, fault) for name, entry in entries().items() for fault in _faults(entry))


def test_a_long_line_goes_on_in_the_next():
    line = "- {from: a, to: b, " + ", ".join(f"key_{n}: {n} words" for n in range(9)) + "}"
    entry = replace(entries()["fifo_batch_above_10"], clean=f"{line}\n- c -> d")
    shown = rule_text.render(entry).split("\nClean\n")[1].split("\n\n")[0]

    assert len(shown.splitlines()) == 3
    assert max(map(len, shown.splitlines())) <= 100
    assert load(shown).value == load(entry.clean).value


def test_a_rule_shows_a_line_with_it_and_one_without(archcode):
    assert archcode("explain", "fifo_batch_above_10").out == (
        "fifo_batch_above_10 (error, Event source)\n"
        "FIFO batch above 10\n"
        "\n"
        "The deployment fails: functions and pipes take at most 10 messages of a FIFO queue at a"
        " time.\n"
        "\n"
        "Offending\n"
        "  orders: {type: sqs.queue, fifo_queue: true, visibility_timeout: 18}\n"
        "  - orders -> worker: {batch: 11}\n"
        "\n"
        "Clean\n"
        "  orders: {type: sqs.queue, fifo_queue: true, visibility_timeout: 18}\n"
        "  - orders -> worker: {batch: 10}\n"
        "\n"
        "Sources\n"
        "  https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html\n"
        "\n"
        "Mended\n"
        "  archcode validate --fix mends it\n"
        "\n"
        "Ignored by\n"
        "  # archcode: ignore[fifo_batch_above_10] and the reason\n"
    )


def test_a_limit_shows_its_values(archcode):
    page = archcode("explain", "throttle_rate_exceeded").out

    assert page.startswith("throttle_rate_exceeded (warning, Amazon API Gateway)\n")
    assert (
        "\nLimits\n  apigateway.rest_api, apigatewayv2.api: throttle_rate: 10,000 requests/s"
        in page
    )
    assert "2,500 requests/s in af-south-1" in page


def test_what_the_language_refuses_cannot_be_ignored(archcode):
    page = archcode("explain", "unknown_key").out

    assert page.endswith("Mended\n  by hand\n\nIgnored by\n  cannot be ignored in a spec\n")


def test_without_a_name_all_are_listed(archcode):
    head, *rows = archcode("explain").out.splitlines()

    assert head.split() == ["RULE", "SEVERITY", "WHAT", "GOES", "WRONG"]
    assert {row.split()[0] for row in rows} == NAMES
    assert {row.split()[1] for row in rows} == {"error", "warning", "info"}


def test_programs_get_the_same(archcode):
    every = json.loads(archcode("explain", "--format", "json").out)
    (one,) = json.loads(archcode("explain", "throttle_rate_exceeded", "-f", "json").out)["rules"]

    assert every["schema_version"] == rule_json.SCHEMA_VERSION
    assert {rule["rule"] for rule in every["rules"]} == NAMES
    assert one in every["rules"]
    assert [*one] == [
        "rule", "severity", "group", "harm", "detail", "offending", "clean", "sources", "fixable",
        "ignorable", "limits",
    ]  # fmt: skip
    assert {**one["limits"][0], "regions": one["limits"][0]["regions"]["af-south-1"]} == {
        "type": "apigateway.rest_api",
        "name": "throttle_rate",
        "value": "10000",
        "unit": "requests/s",
        "kind": "adjustable",
        "scope": one["limits"][0]["scope"],
        "source": one["sources"][0],
        "as_of": one["limits"][0]["as_of"],
        "regions": "2500",
    }


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "fifo_batch_above_11",
            '"fifo_batch_above_11" is no rule; did you mean fifo_batch_above_10?',
        ),
        ("zzz", '"zzz" is no rule; archcode explain lists them'),
        ("\x1b[31m", '"·[31m" is no rule; archcode explain lists them'),
    ],
)
def test_an_unknown_name_is_wrong_usage(name, said, archcode):
    ended = archcode("explain", name)

    assert (ended.code, ended.out, ended.err) == (2, "", f"archcode: {said}\n")


def test_shells_complete_names():
    assert complete_rule("fifo_batch") == ["fifo_batch_above_10"]
    assert complete_rule("unfilled_batch,fifo_batch") == ["unfilled_batch,fifo_batch_above_10"]
    assert len(complete_rule("")) == len(NAMES)
