"""What can go wrong, as values a program can catch.

ArchcodeError
├── SpecError       the author's text is not a topology; carries every finding
├── PriceMissing    the price book has no row for a meter in a region
├── DrawingError    the picture could not be laid out or drawn
├── PriceListError  AWS's price list could not be had or read, or the new book not written
└── UsageError      the command was called in a way that cannot work
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archcode.model import Finding


class ArchcodeError(Exception):
    """The root of all errors that archcode raises on purpose."""


class SpecError(ArchcodeError):
    """A spec that cannot become a topology; `findings` holds every problem found."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(f"{f.where} {f.message}".strip() for f in self.findings))


class PriceMissing(ArchcodeError):  # noqa: N818 - it names the defect, like every rule
    """No price is known for a meter in a region, so the cost is unknown, not zero."""

    def __init__(self, service: str, meter: str, region: str) -> None:
        self.service, self.meter, self.region = service, meter, region
        super().__init__(f"no price for {service} {meter} in {region}")


class DrawingError(ArchcodeError):
    """A picture that could not be laid out or drawn."""


class PriceListError(ArchcodeError):
    """A price list that cannot be had or read, or a book that cannot be written."""


class UsageError(ArchcodeError):
    """A call that cannot work as given: a missing file, an unwritable folder."""
