"""`archcode estimate --fail-over`, and budgets in what the command prints."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support import spec_text

SPEC = """\
region: us-east-1
components:
  shop: {type: client}
  orders: {type: sqs.queue}
  api: {type: lambda.function%s}
flows:
  - shop -> orders: {rate: 1/s, size: 2 KB}
  - shop -> api: {rate: 1/s, size: 2 KB}
budgets:
  orders: %s
  api: 100
"""
DURATION = ", duration: 80 ms"
CLICKS = Path(__file__).parents[2] / "specs" / "clickstream-kinesis.yaml"


def spec(orders: str, api: str = DURATION) -> bytes:
    return (SPEC % (api, orders)).encode()


def test_within_is_exit_code_0(archcode):
    assert archcode("estimate", "-", "--fail-over", stdin=spec("1.0512")).code == 0


def test_over_is_exit_code_1_with_the_line_that_breaks_it(archcode):
    ended = archcode("estimate", "-", "--fail-over", stdin=spec("1"))

    assert ended.code == 1
    assert (
        "<stdin>:10:11: error: budgets.orders costs $1.05 a month, $0.05 over its budget of $1.00"
        " [budget_exceeded]\n    hint: largest: orders, Requests, standard: $1.05\n"
    ) in ended.err


def test_without_the_option_it_is_a_warning(archcode):
    ended = archcode("estimate", "-", stdin=spec("1"))

    assert ended.code == 0
    assert "<stdin>:10:11: warning: budgets.orders costs $1.05 a month" in ended.err
    assert archcode("validate", "-", "--fail-on", "warning", stdin=spec("1")).code == 1


def test_undecided_does_not_pass_either(archcode):
    ended = archcode("estimate", "-", "--fail-over", stdin=spec("2", ""))

    assert ended.code == 1
    assert "<stdin>:11:8: error: budgets.api costs at least $0.53 a month" in ended.err
    assert archcode("estimate", "-", stdin=spec("2", "")).code == 0


def test_a_choice_of_rules_hides_no_budget(archcode, tmp_path):
    (tmp_path / "archcode.toml").write_text('ignore = ["budget_*"]\n')
    (tmp_path / "a.yaml").write_bytes(spec("1"))
    plain = archcode("estimate", tmp_path / "a.yaml")
    strict = archcode("estimate", tmp_path / "a.yaml", "--fail-over")

    assert "budget_exceeded" not in plain.err
    assert (strict.code, "budget_exceeded" in strict.err) == (1, True)


def test_a_comment_with_a_reason_lets_one_pass(archcode):
    text = spec("1  # archcode: ignore[budget_exceeded] agreed until March")

    assert archcode("estimate", "-", "--fail-over", stdin=text).code == 0


def test_the_table_has_a_row_for_each_budget(archcode):
    lines = archcode("estimate", "-", stdin=spec("1")).out.splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("BUDGET"))

    assert " ".join(lines[at].split()) == "BUDGET A MONTH OF LEFT VERDICT LARGEST CHARGES"
    assert lines[at + 1].split(maxsplit=5) == [
        *("orders", "$1.05", "$1.00", "-$0.05", "over"),
        "orders, Requests, standard: $1.05",
    ]
    # 2,628,000 requests × $0.0000002 + 2,628,000 × 0.08 s × 0.125 GB × $0.0000166667 = $0.96
    assert lines[at + 2].split() == ["api", "$0.96", "$100.00", "$99.04", "within"]


def test_markdown_and_json_have_them_too(archcode):
    text = archcode("estimate", "-", "-f", "md", stdin=spec("1", "")).out
    found = json.loads(archcode("estimate", "-", "-f", "json", stdin=spec("1", "")).out)

    assert "## Budgets\n\n| Budget | A month | Of |" in text
    assert "| api | at least $0.53 | $100.00 | unknown | undecided |" in text
    assert found["budgets"] == [
        {
            "name": "orders",
            "amount": "1",
            "contracted_cost": "1.0512",
            "complete": True,
            "over": "0.0512",
            "verdict": "over",
            "at_low": None,
            "at_high": None,
        },
        {
            "name": "api",
            "amount": "100",
            "contracted_cost": "0.5256",
            "complete": False,
            "over": None,
            "verdict": "undecided",
            "at_low": None,
            "at_high": None,
        },
    ]


def test_amounts_are_those_of_the_currency(archcode):
    options = ["--currency", "EUR", "--exchange-rate", "0.5"]
    ended = archcode("estimate", "-", *options, stdin=spec("0.5"))

    assert "budgets.orders costs €0.53 a month, €0.03 over its budget of €0.50" in ended.err


@pytest.mark.parametrize(
    ("scenario", "code"), [([], 0), (["--scenario", "next-year"], 1)], ids=["today", "next year"]
)
def test_a_scenario_may_break_a_budget(scenario, code, archcode):
    assert archcode("estimate", CLICKS, "--fail-over", *scenario).code == code


def test_scenarios_side_by_side_say_which(archcode):
    table = archcode("scenarios", CLICKS).out
    found = json.loads(archcode("scenarios", CLICKS, "-f", "json").out)

    assert "over: total, consumers, clicks" in table
    assert [one["budgets"]["clicks"] for one in found["scenarios"]] == ["within", "over", "over"]


def test_a_budget_that_breaks_at_an_end_only_is_a_note_and_passes(archcode):
    # 2,628,000 s × 9/s × $0.40 per million are $9.4608
    text = spec_text(
        "shop: {type: client}\norders: {type: sqs.queue}",
        "- shop -> orders: {rate: {low: 1/s, typical: 2/s, high: 9/s}, size: 2 KB}",
        budgets="{orders: 3}",
    ).encode()
    ended = archcode("estimate", "-", "--fail-over", stdin=text)
    (budget,) = json.loads(archcode("estimate", "-", "-f", "json", stdin=text).out)["budgets"]

    assert ended.code == 0
    assert "within, over at the high end" in ended.out
    assert "info: budgets.orders holds typically, but the ranges lead to $9.46 a month" in ended.err
    assert (budget["verdict"], budget["at_low"]["verdict"]) == ("within", "within")
    assert budget["at_high"] == {
        "contracted_cost": "9.4608",
        "complete": True,
        "over": "6.4608",
        "verdict": "over",
    }
