"""Short ways from the text of a spec to what the stages make of it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from textwrap import dedent, indent

from archcode.cli._io import bundled_prices
from archcode.estimate import Estimate, price
from archcode.model import Finding, LimitLoad
from archcode.rules import findings, verdicts
from archcode.sensitivity import ranged
from archcode.spec.parse import parse
from archcode.topology import Topology, propagate

PRICES = bundled_prices()
SECONDS = 730 * 3600


def spec_text(
    components: str,
    flows: str = "",
    region: str = "us-east-1",
    groups: str = "",
    budgets: str = "",
) -> str:
    """A whole spec from its components, flows, groups and budgets."""
    parts = [f"region: {region}\ncomponents:\n{indent(dedent(components).strip(), '  ')}\n"]
    if flows:
        parts.append(f"flows:\n{indent(dedent(flows).strip(), '  ')}\n")
    if groups:
        parts.append(f"groups:\n{indent(dedent(groups).strip(), '  ')}\n")
    if budgets:
        parts.append(f"budgets: {budgets}\n")
    return "".join(parts)


def topology(components: str, flows: str = "", **options: object) -> Topology:
    """The loads of a spec."""
    text, others = _text(components, flows, options)
    return propagate(parse(text), **others)  # type: ignore[arg-type]


def priced(components: str, flows: str = "", **options: object) -> Estimate:
    """The estimate of a spec and of both its ends, without free tiers unless asked for."""
    free_tier = bool(options.pop("free_tier", False))
    text, others = _text(components, flows, options)
    return estimated(text, free_tier=free_tier, **others)


def estimated(text: str, *, free_tier: bool = True, **options: object) -> Estimate:
    """The estimate of a whole spec, and of both ends of its ranges."""
    return ranged(
        parse(text),
        lambda spec: price(propagate(spec, **options), PRICES, free_tier=free_tier),  # type: ignore[arg-type]
    )


def _text(components: str, flows: str, options: dict[str, object]) -> tuple[str, dict[str, object]]:
    """A whole spec, and the options that are none of its parts."""
    parts = {"region", "groups", "budgets"}
    told = {name: str(value) for name, value in options.items() if name in parts}
    return spec_text(components, flows, **told), {
        name: value for name, value in options.items() if name not in parts
    }


def found(components: str, flows: str = "", **options: object) -> list[Finding]:
    """The findings of a spec."""
    return list(findings(priced(components, flows, **options)))


def rules(components: str, flows: str = "", **options: object) -> list[str]:
    """The names of the findings of a spec."""
    return [finding.rule for finding in found(components, flows, **options)]


def loads(components: str, flows: str = "", **options: object) -> list[LimitLoad]:
    """The loads of a spec on limits, whether they fit or not."""
    told = verdicts(priced(components, flows, **options))
    return [verdict for verdict in told if isinstance(verdict, LimitLoad)]


def loads_of(name: str, components: str, flows: str = "") -> list[tuple[str, Fraction, Fraction]]:
    """The loads of a component, by name: the load and the limit, in its unit; all have to fit."""
    found_ = [load for load in loads(components, flows) if load.component == name]
    assert not [load for load in found_ if load.exceeded]
    return sorted((load.name, load.load, load.most) for load in found_)


def cost(result: Estimate, name: str, key: str | tuple[str, ...] = "") -> Decimal:
    """The cost of one component, or of its charges whose description begins with a text."""
    charges = [c for c in result.of(name) if c.charge_description.startswith(key)]
    assert charges, [c.charge_description for c in result.of(name)]
    return sum((c.list_cost for c in charges if c.list_cost is not None), Decimal(0))


def borne(name: str, *texts: str, **options: object) -> list[tuple[str, Fraction, Fraction]]:
    """The loads of one component: the names of their limits, the loads and the limits."""
    found = (load for load in loads(*texts, **options) if load.component == name)
    return sorted((load.name, load.load, load.most) for load in found)


def quantity(result: Estimate, name: str, key: str) -> Decimal:
    """The metered quantity of the charges whose description begins with a text."""
    charges = [c for c in result.of(name) if c.charge_description.startswith(key)]
    assert charges, [c.charge_description for c in result.of(name)]
    return sum((c.pricing_quantity for c in charges if c.pricing_quantity is not None), Decimal(0))


def rate(result: Topology, arrow: str) -> Fraction:
    """Messages/s handed over on a flow."""
    return next(h for h in result.hops if h.where == arrow).handed.messages_per_second
