"""The failure modes of a topology as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from msgspec.structs import asdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archcode.failures._handoff import Handoff

SCHEMA_VERSION = "1.0"
"""Raised in the first number when a key goes or changes its meaning."""


def render(title: str, handoffs: Iterable[Handoff]) -> str:
    """Title and handoffs, each with its answers."""
    document = {
        "schema_version": SCHEMA_VERSION,
        "title": title,
        "handoffs": [asdict(handoff) for handoff in handoffs],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
