"""Which range matters most to a cost, as a tornado chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.charts import Bar, Tornado, described
from archcode.render._spread import text_of

if TYPE_CHECKING:
    from archcode.estimate import Estimate


def tornado(estimate: Estimate) -> Tornado:
    """The total at both ends of each range of a spec, around the typical total."""
    currency, found = estimate.currency, estimate.spread
    bars = tuple(
        Bar(
            effect.range.where,
            currency.of(effect.low),
            currency.of(effect.high),
            text_of(effect.range.low),
            text_of(effect.range.high),
        )
        for effect in (found.effects if found else ())
    )
    title = " ".join(estimate.topology.spec.title.split())
    words = f"{title}: which range matters most"
    label = f"Monthly cost in {currency.code}"
    return described(Tornado(words, "", label, currency.of(estimate.contracted_cost), bars))
