"""Scenarios of a spec: the same topology with other settings, and with more traffic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.growth import scaled
from archcode.spec.parse import in_scenario

if TYPE_CHECKING:
    from archcode.spec.model import Spec
    from archcode.spec.scenario import Scenario


def applied(spec: Spec, scenario: Scenario) -> Spec:
    """The spec as it is in one of its scenarios: settings change, then traffic is multiplied."""
    return scaled(in_scenario(spec, scenario), scenario.scale)
