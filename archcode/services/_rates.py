"""Which rate of a load counts: the mean costs money, the peak meets limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

    from archcode.model import Load

    Rate = Callable[[Load], Fraction]


def mean(load: Load) -> Fraction:
    """Messages/s on average."""
    return load.messages_per_second


def peak(load: Load) -> Fraction:
    """Messages/s at the peak."""
    return load.peak_messages_per_second
