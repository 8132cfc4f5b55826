"""What a decision rests on: the traffic around it, and the prices that it is made with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.currency import USD, dollars
from archcode.render import _lines
from archcode.render._blocks import Grid, Heading, Item, Items, Paragraph
from archcode.units import bytes_text, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.compare import Option
    from archcode.decision import Decision
    from archcode.render._blocks import Block
    from archcode.requires import Requires
    from archcode.traffic import Hop

_HEAD = ("Flow", "Messages/s", "Peak", "Message size")
_PRICES = ("Component", "Charge", "Unit price", "Unit", "Price of", "Source")


def context(found: Decision) -> Iterator[Block]:
    """What comes in, what goes out, and what is required."""
    topology, around = found.today.topology, _around(found)
    yield Heading(2, "Context")
    subjects = ", ".join(found.comparison.subjects)
    about = f"{subjects} in {_title(found)}" if subjects else _title(found)
    yield Paragraph(f"{about}, with {_lines.heading(found.today)}.")
    if around:
        yield Grid(_HEAD, tuple(map(_flow, around)), (1, 2, 3))
    wanted = {
        name: component.requires
        for name, component in topology.spec.components.items()
        if component.requires and (not subjects or name in found.comparison.current.parts)
    }
    wanted |= {hop.where: hop.options.requires for hop in around if hop.options.requires}
    if wanted:
        yield Paragraph("Required are:")
        yield Items(tuple(Item(_requires(needs), f"{name}:") for name, needs in wanted.items()))


def _title(found: Decision) -> str:
    return " ".join(found.comparison.title.split())


def _around(found: Decision) -> list[Hop]:
    """The flows into the channel and out of it, without what is given up."""
    parts = found.comparison.current.parts
    hops = [hop for hop in found.today.topology.hops if hop.kind == "flow"]
    return [hop for hop in hops if hop.source in parts or hop.target in parts]


def _flow(hop: Hop) -> tuple[str, ...]:
    load = hop.handed
    return (
        hop.where.replace("->", "→"),
        grouped(load.messages_per_second),
        grouped(load.peak_messages_per_second),
        bytes_text(load.message_size_bytes),
    )


def _requires(needs: Requires) -> str:
    said = {key: getattr(needs, key) for key in sorted(needs.model_fields_set)}
    return ", ".join(f"{key} {_word(value)}" for key, value in said.items())


def _word(value: object) -> str:
    if isinstance(value, tuple):
        return " or ".join(map(str, value))
    return f"{value}".replace("_", " ")


def assumptions(found: Decision) -> Iterator[Block]:
    """What the numbers hold for, and every price in the proposed option."""
    yield Heading(2, "Assumptions")
    yield Items(tuple(Item(text) for text in _assumed(found)))
    chosen = found.recommended
    if chosen and chosen.estimate:
        yield Paragraph(f"Prices of {chosen.name} and all around it:")
        yield Grid(_PRICES, tuple(_prices(chosen)), (2,))


def _assumed(found: Decision) -> Iterator[str]:
    yield f"Costs are of the whole topology: {_lines.heading(found.today)}."
    yield (
        f"A difference below {dollars(found.material)} a month, or below a tenth of the cheapest,"
        " does not decide."
    )
    estimates = [option.estimate for option in _priced(found) if option.estimate]
    charges = [charge for estimate in estimates for charge in estimate.charges]
    dates = sorted({charge.price_date for charge in charges if charge.price_date})
    if dates:
        yield f"Prices of all options were published between {dates[0]} and {dates[-1]}."
    spread = found.today.spread
    if spread:
        yield f"{len(spread.effects)} quantities are ranges; at an end all options meet the same."
    unknown = sorted({o.name for o in _priced(found) if not o.complete})
    if unknown:
        yield f"Something is unknown in {', '.join(unknown)}, whose costs are lower bounds."
    yield "What work it is to run each option, and what people know, is not in any number here."


def _priced(found: Decision) -> list[Option]:
    return [option for option in found.comparison.options if option.estimate is not None]


def _prices(option: Option) -> Iterator[tuple[str, ...]]:
    """Each price once, in the order of the components."""
    rows = {
        (
            charge.resource_name,
            charge.charge_description,
            "unknown" if charge.list_unit_price is None else USD.unit_price(charge.list_unit_price),
            charge.pricing_unit,
            charge.price_date,
            charge.price_source,
        ): None
        for charge in (option.estimate.charges if option.estimate else ())
    }
    yield from rows
