"""What is known of findings' names as JSON, for `archcode explain --format json`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from archcode.units import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archcode.catalogue import Entry
    from archcode.model import Limit

SCHEMA_VERSION = "1.0"
"""Raised in the first number when a key goes or changes its meaning."""


def render(entries: Iterable[Entry]) -> str:
    """Entries as indented JSON, keys in a fixed order."""
    document = {"schema_version": SCHEMA_VERSION, "rules": [_entry(entry) for entry in entries]}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _entry(entry: Entry) -> dict[str, object]:
    return {
        "rule": entry.name,
        "severity": entry.severity,
        "group": entry.group,
        "harm": entry.harm,
        "detail": entry.detail,
        "offending": entry.offending,
        "clean": entry.clean,
        "sources": entry.sources,
        "fixable": entry.fixable,
        "ignorable": entry.ignorable,
        "limits": [{"type": kind, **_limit(limit)} for kind, limit in entry.limits],
    }


def _limit(limit: Limit) -> dict[str, object]:
    return {
        "name": limit.name,
        "value": plain(limit.value),
        "unit": limit.unit,
        "kind": limit.kind,
        "scope": limit.scope,
        "source": limit.source,
        "as_of": limit.as_of,
        "regions": {name: plain(value) for name, value in (limit.regions or {}).items()},
    }
