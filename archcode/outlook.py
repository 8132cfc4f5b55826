"""All scenarios of a spec side by side: what each costs, needs and bears."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec import Struct

from archcode.headroom import headroom_of
from archcode.model import ONE
from archcode.review import EVERYTHING, review
from archcode.scenarios import applied

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from archcode.estimate import Estimate
    from archcode.headroom import Headroom, Margin
    from archcode.model import Capacity, Finding
    from archcode.review import Choice
    from archcode.spec.model import Spec

AS_WRITTEN = "as written"
"""What stands for the spec without any scenario; no name of a scenario holds a blank."""


class Prospect(Struct, frozen=True):
    """A spec in one scenario, priced and checked; `name` is "" as it was written."""

    name: str
    label: str
    scale: Fraction
    estimate: Estimate
    headroom: Headroom
    findings: tuple[Finding, ...]

    @property
    def first(self) -> Margin | None:
        """What breaks first when its traffic grows, else what has the least left."""
        return self.headroom.binding

    @property
    def sizes(self) -> Mapping[tuple[str, str], Capacity]:
        """Everything that was sized, by component and resource."""
        return {
            (name, size.name): size
            for name, sizes in self.estimate.capacity.items()
            for size in sizes
        }


def outlook(
    spec: Spec, price: Callable[[Spec], Estimate], choice: Choice = EVERYTHING
) -> tuple[Prospect, ...]:
    """The spec as it was written, then in each of its scenarios; raises SpecError."""

    def prospect(name: str, label: str, scale: Fraction, changed: Spec) -> Prospect:
        estimate = price(changed)
        told = review(estimate, choice).findings
        return Prospect(name, label, scale, estimate, headroom_of(estimate), told)

    return (
        prospect("", AS_WRITTEN, ONE, spec),
        *(prospect(one.name, one.label, one.scale, applied(spec, one)) for one in spec.scenarios),
    )


def changed_sizes(
    prospects: tuple[Prospect, ...],
) -> Iterator[tuple[str, str, tuple[Capacity | None, ...]]]:
    """Component, resource and the size in each prospect, where the number changes."""
    sizes = [prospect.sizes for prospect in prospects]
    for component, resource in dict.fromkeys(key for known in sizes for key in known):
        found = tuple(known.get((component, resource)) for known in sizes)
        if len({(size.required, size.configured) if size else None for size in found}) > 1:
            yield component, resource, found
