"""What holds for every scene, whatever it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from draw.measure import faults
from draw.measure_arrows import BEHIND

from archcode.draw.layout import lay_out

if TYPE_CHECKING:
    from archcode.draw.picture import Picture


def everything_has_its_place(picture: Picture) -> None:
    found = faults(picture, lay_out(picture))
    assert [fault for fault in found if fault.kind != BEHIND] == []
