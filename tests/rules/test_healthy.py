"""A reviewer with nothing to say: healthy designs have no findings, not even advice."""

from __future__ import annotations

from healthy import LEAST_COMPONENTS, MOST_COMPONENTS, designs
from hypothesis import HealthCheck, Phase, given, settings
from support import PRICES

from archcode.estimate import price
from archcode.rules import findings
from archcode.services import known_types
from archcode.spec.parse import parse
from archcode.topology import propagate

LEFT_OUT = {
    "broker": "what it promises is its vendor's affair",
    "ec2.instance": "as an ecs.service",
    "eventschemas.discoverer": "looks on only",
    "msk.replicator": "a copy for a disaster has no reader",
    "opensearchservice.domain": "a store",
    "redshift.cluster": "a store",
    "redshiftserverless.workgroup": "a store",
    "splunk": "outside AWS",
    "device": "outside AWS",
}
"""Types that no design has, and why."""

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@settings(unhurried, max_examples=150)
@given(designs())
def test_has_no_findings(text):
    found = findings(price(propagate(parse(text)), PRICES))

    assert [f"{f.where} {f.message} [{f.rule}]" for f in found] == []


def test_the_designs_are_of_all_kinds_and_sizes():
    types: set[str] = set()
    sizes: set[int] = set()

    @settings(unhurried, max_examples=400, derandomize=True, database=None, phases=[Phase.generate])
    @given(designs())
    def look(text: str) -> None:
        components = parse(text).components.values()
        types.update(component.type for component in components)
        sizes.add(len(components))

    look()

    assert {*known_types()} - types == {*LEFT_OUT}
    assert min(sizes) >= LEAST_COMPONENTS
    assert max(sizes) <= MOST_COMPONENTS
    assert max(sizes) > MOST_COMPONENTS - 8
