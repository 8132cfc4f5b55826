"""A decision between options, with all that a reviewer asks for."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from archcode.advice._advice import Advice, Article
    from archcode.compare import Comparison, Option
    from archcode.estimate import Estimate
    from archcode.failures._handoff import Handoff
    from archcode.sweep import Sweep

Certainty = Literal["firm", "leaning", "open"]
"""It holds over all of the ranges, or only where quantities are typical; or nothing can be said."""


class Reason(Struct, frozen=True):
    """A sentence with the numbers of this spec, and the advice that it follows, if any."""

    text: str
    article: Article | None = None
    advice: Advice | None = None


class Change(Struct, frozen=True):
    """What would lead to another decision: a fact, and the option that it would be, if any.

    `within` is whether it lies within the ranges of the spec.
    """

    text: str
    option: str = ""
    within: bool = False


class Decision(Struct, frozen=True):
    """Options for a channel or whole alternatives, and which of them to take.

    `today` is the spec as it is, with what its ranges make of its cost.
    `recommended` is None where nothing fits. `material` is the difference a month, in US dollars,
    below which costs do not decide. `doubts` say what the certainty is not higher for.
    """

    comparison: Comparison
    today: Estimate
    recommended: Option | None
    certainty: Certainty
    material: Decimal
    because: tuple[Reason, ...]
    doubts: tuple[str, ...]
    changes: tuple[Change, ...]
    sweep: Sweep | None
    handoffs: tuple[tuple[str, tuple[Handoff, ...]], ...]
