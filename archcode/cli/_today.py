"""The errors of a spec as it is, beside what else it could be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.cli import _io

if TYPE_CHECKING:
    from pathlib import Path

    from archcode.estimate import Estimate


def is_sound(today: Estimate, path: Path, *, consumers: int = 0) -> bool:
    """Tell the errors of a spec as it is; whether it has none.

    That it does not serve the consumers that an option asks for is no error of the spec.
    """
    from archcode.review import findings

    errors = [found for found in findings(today) if found.severity == "error"]
    wrong = [f for f in errors if not (consumers and f.rule == "too_many_consumers")]
    _io.tell_findings(wrong, path)
    return not wrong
