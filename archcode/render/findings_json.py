"""Findings of several specs as JSON of a documented, versioned shape."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from archcode.model import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archcode.review import Checked

_FINDING = Finding.__struct_fields__
SCHEMA_VERSION = "1.0"
"""Raised in the first number when a key goes or changes its meaning."""


def render(specs: Sequence[Checked]) -> str:
    """All specs as indented JSON, keys in a fixed order."""
    return json.dumps(document(specs), indent=2, ensure_ascii=False) + "\n"


def document(specs: Sequence[Checked]) -> dict[str, object]:
    """The same as plain dictionaries and lists."""
    return {
        "schema_version": SCHEMA_VERSION,
        "specs": [_spec(spec) for spec in specs],
        "findings": [_finding(spec.file, finding) for spec in specs for finding in spec.findings],
        "ignored": [
            {**_finding(spec.file, ignored.finding), "reason": ignored.reason}
            for spec in specs
            for ignored in spec.ignored
        ],
    }


def _spec(spec: Checked) -> dict[str, object]:
    counts = {
        f"{severity}s": sum(finding.severity == severity for finding in spec.findings)
        for severity in Severity
    }
    return {
        "file": spec.file,
        "components": spec.components,
        **counts,
        "ignored": len(spec.ignored),
    }


def _finding(file: str, finding: Finding) -> dict[str, object]:
    return {"file": file} | {name: getattr(finding, name) for name in _FINDING}
