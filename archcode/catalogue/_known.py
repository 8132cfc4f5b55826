"""What is known of a finding that no rule of `archcode/rules` makes."""

from __future__ import annotations

from typing import Literal, NamedTuple

from archcode.model import Severity

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
REFUSED: Literal["refused"] = "refused"
"""Graver than an error: a spec with it cannot be read, so that nothing else is told of it."""


class Known(NamedTuple):
    """A defect, how grave its findings are at most, and what goes wrong where it stays."""

    name: str
    level: Severity | Literal["refused"]
    harm: str
