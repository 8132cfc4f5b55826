"""Where components run: their region and account, by the frames that they stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from archcode.traffic import Way

if TYPE_CHECKING:
    from archcode.spec.model import Group, Spec


class Place(Struct, frozen=True):
    """Where a component is: its region, its account ("" is the one of the spec), and if in AWS."""

    region: str
    account: str
    in_aws: bool


def places_of(spec: Spec, region: str) -> dict[str, Place]:
    """Where every component is, by the frames it stands in; a box outside AWS may stand in one."""
    if not spec.groups:
        return {
            name: Place(region, "", not component.settings.over_internet)
            for name, component in spec.components.items()
        }
    frames = spec.frames()
    return {name: _place(spec, name, frames[name], region) for name in spec.components}


def _place(spec: Spec, name: str, frames: tuple[Group, ...], region: str) -> Place:
    own = next((frame.region for frame in frames if frame.region), region)
    account = next((frame.name for frame in frames if frame.kind == "account"), "")
    framed = any(frame.kind != "lane" for frame in frames)
    return Place(own, account, framed or not spec.components[name].settings.over_internet)


def way_between(source: Place, target: Place) -> Way:
    """What a flow from one place to another crosses."""
    inside = source.in_aws and target.in_aws
    return Way(
        source.region,
        target.region,
        other_account=inside and source.account != target.account,
        leaves_aws=source.in_aws and not target.in_aws,
        enters_aws=target.in_aws and not source.in_aws,
    )
