"""Budgets are exact, unknown never passes as within, and what breaks one is told at its line."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace
from support import PRICES, priced, spec_text

from archcode import Currency, SpecError, dump, parse
from archcode.budgets import spendings
from archcode.estimate import price
from archcode.render import _budgets
from archcode.review import findings
from archcode.rules.budgets import budget_at_risk
from archcode.topology import propagate

QUEUES = "shop: {type: client}\norders: {type: sqs.queue}\nstock: {type: sqs.queue}"
SENDING = "- shop -> orders: {rate: 1/s, size: 2 KB}\n- shop -> stock: {rate: 2/s, size: 2 KB}"
GROUPS = "inner: {contains: [orders]}\nouter: {contains: [inner, stock]}"
UNKNOWN = "shop: {type: client}\napi: {type: lambda.function}"
CALLING = "- shop -> api: {rate: 1/s, size: 2 KB}"
# https://aws.amazon.com/sqs/pricing/: 2,628,000 s × 1/s = 2,628,000 requests × $0.40 per million
ORDERS = Decimal("1.0512")
STOCK = 2 * ORDERS
CREDIT = Decimal("0.40")  # a million requests are free


def estimated(budgets: str, components: str = QUEUES, flows: str = SENDING, groups: str = GROUPS):
    groups = groups if components == QUEUES else ""
    spec = parse(f"{spec_text(components, flows, groups=groups)}budgets: {budgets}\n")
    return price(propagate(spec), PRICES)


def told(estimate) -> list[tuple[str, str]]:
    return [(s.budget.name, s.verdict) for s in spendings(estimate)]


@pytest.mark.parametrize(
    ("name", "cost"),
    [
        ("orders", ORDERS),
        ("inner", ORDERS),
        ("outer", ORDERS + STOCK),
        ("total", ORDERS + STOCK - CREDIT),
    ],
)
def test_just_as_much_is_within_and_a_millionth_of_a_cent_less_is_not(name, cost):
    (exact,) = spendings(estimated(f"{{{name}: {cost}}}"))
    (less,) = spendings(estimated(f"{{{name}: {cost - Decimal('0.00000001')}}}"))

    assert (exact.cost, exact.verdict, exact.over) == (cost, "within", 0)
    assert (less.verdict, less.over) == ("over", Decimal("0.00000001"))


def test_nothing_may_be_the_budget():
    assert told(estimated("{shop: 0, orders: 0}")) == [("shop", "within"), ("orders", "over")]


def test_an_unknown_cost_is_never_within():
    # 2,628,000 requests × $0.20 per million = $0.5256; how long they last is not said
    assert told(estimated("{api: 1M}", UNKNOWN, CALLING)) == [("api", "undecided")]
    assert told(estimated("{total: 1M}", UNKNOWN, CALLING)) == [("total", "undecided")]
    assert told(estimated("{api: 0.5256}", UNKNOWN, CALLING)) == [("api", "undecided")]
    assert told(estimated("{api: 0.5255}", UNKNOWN, CALLING)) == [("api", "over")]


def test_an_unknown_cost_elsewhere_does_not_matter():
    components = f"{QUEUES}\napi: {{type: lambda.function}}"
    estimate = estimated("{orders: 2, total: 9}", components, f"{SENDING}\n{CALLING}")

    assert told(estimate) == [("orders", "within"), ("total", "undecided")]


def test_amounts_are_in_the_currency_that_is_shown():
    estimate = estimated("{orders: 1}")
    (dollars,) = spendings(estimate)
    (euros,) = spendings(replace(estimate, currency=Currency("EUR", Decimal("0.92"))))

    assert (dollars.verdict, euros.verdict) == ("over", "within")
    assert euros.cost == Decimal("0.967104")  # 1.0512 × 0.92


def test_the_largest_charges_come_first_those_alike_together():
    (spending,) = spendings(estimated("{total: 1}"))

    assert spending.largest == (
        ("stock", "Requests, standard", STOCK),
        ("orders", "Requests, standard", ORDERS),
    )


def test_what_is_over_is_a_warning_at_its_line():
    estimate = estimated("{outer: 99, orders: 1.05, stock: 2}")
    found = [f for f in findings(estimate) if f.rule.startswith("budget")]

    assert [(f.rule, str(f.severity), f.line, f.where) for f in found] == [
        ("budget_exceeded", "warning", 12, "budgets.orders"),
        ("budget_exceeded", "warning", 12, "budgets.stock"),
    ]
    # Less than a cent apart the amounts have more digits.
    assert found[0].message == "costs $1.0512 a month, $0.0012 over its budget of $1.05"
    assert found[1].message == "costs $2.10 a month, $0.10 over its budget of $2.00"
    assert found[1].hint == "largest: stock, Requests, standard: $2.10"
    line = "budgets: {outer: 99, orders: 1.05, stock: 2}"
    assert [line[f.column - 1 :].split(",", maxsplit=1)[0] for f in found] == ["1.05", "2}"]


def test_what_nobody_can_tell_is_said():
    (found,) = [
        f
        for f in findings(estimated("{api: 100}", UNKNOWN, CALLING))
        if f.rule == "budget_undecided"
    ]

    assert str(found.severity) == "info"
    assert found.message == (
        "costs at least $0.53 a month of its budget of $100.00, and 1 charge is unknown"
    )
    assert found.hint == "unknown: api Duration, x86_64"


@pytest.mark.parametrize(
    ("budgets", "said"),
    [
        ("{order: 3}", 'unknown_component budgets "order" is no component, no group and not total'),
        ("{orders: -1}", "negative_quantity budgets.orders is -1, below 0"),
        (
            "{orders: much}",
            'wrong_type budgets.orders is "much", not a budget such as 2500, 99.50, 5k',
        ),
        (
            "{orders: $5}",
            'wrong_type budgets.orders is "$5", not a budget such as 2500, 99.50, 5k',
        ),
        ("{orders: [5]}", "wrong_type budgets.orders is a list, not a budget such as 2500,"),
        ("{orders: }", "wrong_type budgets.orders is empty, not a budget such as 2500, 99.50, 5k"),
        ("500", "wrong_type budgets is 500, not a mapping such as {total: 2500}"),
    ],
)
def test_what_is_wrong_with_a_budget_is_told(budgets, said):
    with pytest.raises(SpecError) as raised:
        estimated(budgets)
    (found,) = raised.value.findings

    assert f"{found.rule} {found.where} {found.message}".startswith(said)
    assert found.line == 12


def test_the_nearest_name_is_told():
    with pytest.raises(SpecError) as raised:
        estimated("{order: 3, totl: 5}")

    assert [f.hint for f in raised.value.findings] == [
        "did you mean orders?",
        "did you mean total?",
    ]


def test_a_component_named_total_leaves_the_budget_open():
    with pytest.raises(SpecError) as raised:
        parse(f"{spec_text('total: {type: sqs.queue}')}budgets: {{total: 3}}\n")
    (found,) = raised.value.findings

    assert (found.rule, found.line, found.column) == ("ambiguous_budget", 4, 11)


def test_budgets_survive_the_round_trip():
    text = spec_text(QUEUES, SENDING, groups=GROUPS)
    spec = parse(f"{text}budgets: {{total: 2_500.50, outer: 5k, orders: 0, stock: 0.1}}\n")

    assert parse(dump(spec)) == spec
    assert [b.amount for b in spec.budgets] == [Decimal("2500.50"), 5000, 0, Decimal("0.1")]


RANGED = "- shop -> orders: {rate: {low: 1/s, typical: 2/s, high: 9/s}, size: 2 KB}"


def rows(budgets: str, components: str, flows: str) -> list[tuple[str, ...]]:
    return [*_budgets.rows(priced(components, flows, budgets=budgets))]


def test_ranges_tell_both_ends_of_what_a_budget_pays_for():
    # 2,628,000 s × 1/s, 2/s and 9/s × $0.40 per million requests
    (budget,) = spendings(priced(QUEUES, RANGED, budgets="{orders: 9.46}"))
    low, high = budget.ends

    assert (low.cost, budget.cost, high.cost) == (ORDERS, 2 * ORDERS, 9 * ORDERS)
    assert (low.verdict, budget.verdict, high.verdict) == ("within", "within", "over")
    assert budget.at_risk is high
    assert high.over == Decimal("0.0008")  # 9.4608 − 9.46


@pytest.mark.parametrize(
    ("amount", "verdict"),
    [
        ("1.00", "over"),
        ("1.0512", "over, within at the low end"),
        ("2.1024", "within, over at the high end"),
        ("9.4608", "within"),
    ],
)
def test_a_verdict_tells_of_the_ends_that_have_another(amount, verdict):
    ((name, spent, _, _, told, _),) = rows(f"{{orders: {amount}}}", QUEUES, RANGED)

    assert (name, spent, told) == ("orders", "$2.10 (from $1.05 to $9.46)", verdict)


def test_what_a_range_does_not_move_has_one_cost():
    flows = f"{RANGED}\n- shop -> stock: {{rate: 2/s, size: 2 KB}}"
    ((_, spent, _, _, verdict, _),) = rows("{stock: 3}", QUEUES, flows)

    assert (spent, verdict) == ("$2.10", "within")


def test_the_largest_charges_are_those_of_the_end_that_breaks_it():
    ((*_, largest),) = rows("{orders: 3}", QUEUES, RANGED)

    assert largest == "orders, Requests, standard: $9.46"


def test_an_end_with_an_unknown_cost_is_a_risk_and_never_within():
    found = priced(QUEUES, RANGED, budgets="{orders: 10}")
    first, *others = found.spread.high.charges
    unknown = replace(first, contracted_cost=None)
    high = replace(found.spread.high, charges=(unknown, *others))
    changed = replace(found, spread=replace(found.spread, high=high))
    (budget,) = spendings(changed)
    ((_, spent, _, _, verdict, _),) = _budgets.rows(changed)
    (told,) = budget_at_risk(changed)

    assert budget.verdict == "within"
    assert budget.at_risk.verdict == "undecided"
    assert (spent, verdict) == (
        "$2.10 (from $1.05 to at least $0.00)",
        "within, undecided at the high end",
    )
    assert told.message == (
        "holds typically, but the ranges lead to at least $0.00 a month of $10.00,"
        " with charges that are unknown"
    )
