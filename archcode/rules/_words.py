"""Words that several rules use."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_NAMES = 4


def listed(names: Iterable[str]) -> str:
    """Names as a sentence has them; of many only the first ones."""
    found = list(dict.fromkeys(names))
    if len(found) > MOST_NAMES:
        return f"{', '.join(found[: MOST_NAMES - 1])} and {len(found) - MOST_NAMES + 1} others"
    if len(found) == 1:
        return found[0]
    return f"{', '.join(found[:-1])} and {found[-1]}"
