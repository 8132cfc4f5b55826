"""What the options about money say: agreed prices, and the currency of what is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from archcode.currency import USD, Currency

if TYPE_CHECKING:
    from archcode.overlay.model import Overlay


class Terms(Struct, frozen=True):
    """What was agreed beside the list prices, and the currency that amounts are shown in."""

    overlay: Overlay | None = None
    currency: Currency = USD
