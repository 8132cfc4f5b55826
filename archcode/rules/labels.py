"""Texts of the picture that cannot be drawn as they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.draw.metrics import clean, covered
from archcode.model import Finding, Severity
from archcode.rules._rule import rule
from archcode.units import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.estimate import Estimate


@rule(
    Severity.WARNING,
    offending="title: Café orders 🚚",
    clean="title: Café orders →",
)
def label_outside_font(estimate: Estimate) -> Iterator[Finding]:
    """A character that the bundled font lacks is an empty box in PNG and PDF on every machine."""
    for where, label in _labels(estimate):
        if label.isascii() or covered(clean(label)):
            continue
        missing = "".join(dict.fromkeys(c for c in clean(label) if not covered(c)))
        message = f"the bundled font lacks {quoted(missing)} of {quoted(label)}"
        hint = "PNG and PDF show boxes there; an SVG borrows from its reader's fonts"
        yield Finding("label_outside_font", Severity.WARNING, where, message, hint)


def _labels(estimate: Estimate) -> Iterator[tuple[str, str]]:
    """Every text of the author's in a picture, and where it stands."""
    spec = estimate.topology.spec
    yield "title", spec.title
    for name, component in spec.components.items():
        yield f"{name}.label", component.label
    for flow in spec.flows:
        where = f"{flow.source} -> {flow.target}"
        yield f"{where}.label", flow.settings.label or ""
        if flow.settings.step:
            yield f"{where}.description", flow.settings.description or ""
    for group in spec.groups:
        yield f"{group.name}.label", group.label
    for view in spec.views:
        yield f"views.{view.name}.label", view.label or ""


RULES = (label_outside_font,)
