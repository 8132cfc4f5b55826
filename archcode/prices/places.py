"""Where regions are, to name the nearest one: AWS's own city or country for each."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

PLACES = {
    "af-south-1": ("Cape Town", -34, 18),
    "ap-east-1": ("Hong Kong", 22, 114),
    "ap-east-2": ("Taipei", 25, 122),
    "ap-northeast-1": ("Tokyo", 36, 140),
    "ap-northeast-2": ("Seoul", 38, 127),
    "ap-northeast-3": ("Osaka", 35, 135),
    "ap-south-1": ("Mumbai", 19, 73),
    "ap-south-2": ("Hyderabad", 17, 78),
    "ap-southeast-1": ("Singapore", 1, 104),
    "ap-southeast-2": ("Sydney", -34, 151),
    "ap-southeast-3": ("Jakarta", -6, 107),
    "ap-southeast-4": ("Melbourne", -38, 145),
    "ap-southeast-5": ("Malaysia", 3, 102),
    "ap-southeast-6": ("New Zealand", -37, 175),
    "ap-southeast-7": ("Thailand", 14, 101),
    "ca-central-1": ("Montreal", 45, -74),
    "ca-west-1": ("Calgary", 51, -114),
    "cn-north-1": ("Beijing", 40, 116),
    "cn-northwest-1": ("Ningxia", 38, 106),
    "eu-central-1": ("Frankfurt", 50, 9),
    "eu-central-2": ("Zurich", 47, 9),
    "eu-north-1": ("Stockholm", 59, 18),
    "eu-south-1": ("Milan", 45, 9),
    "eu-south-2": ("Spain", 42, -1),
    "eu-west-1": ("Ireland", 53, -6),
    "eu-west-2": ("London", 52, 0),
    "eu-west-3": ("Paris", 49, 2),
    "eusc-de-east-1": ("Brandenburg", 52, 13),
    "il-central-1": ("Tel Aviv", 32, 35),
    "me-central-1": ("UAE", 24, 54),
    "me-south-1": ("Bahrain", 26, 51),
    "mx-central-1": ("Mexico", 21, -100),
    "sa-east-1": ("São Paulo", -24, -47),
    "us-east-1": ("N. Virginia", 39, -77),
    "us-east-2": ("Ohio", 40, -83),
    "us-gov-east-1": ("GovCloud, US-East", 40, -83),
    "us-gov-west-1": ("GovCloud, US-West", 46, -120),
    "us-west-1": ("N. California", 37, -122),
    "us-west-2": ("Oregon", 46, -120),
}
"""Name, latitude and longitude in whole degrees, after
https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html."""
_GOVERNMENT = "us-gov-"


def nearest(region: str, others: Iterable[str]) -> str:
    """The region of these that is nearest to one, or an empty text.

    GovCloud comes last: few may use it, and who does cannot leave it.
    """
    known = [other for other in others if other in PLACES and other != region]
    apart = region.startswith(_GOVERNMENT)
    return min(
        known,
        key=lambda other: (other.startswith(_GOVERNMENT) != apart, _distance(region, other), other),
        default="",
    )


def _distance(one: str, other: str) -> float:
    """The angle between two regions: https://en.wikipedia.org/wiki/Haversine_formula."""
    (_, north1, east1), (_, north2, east2) = PLACES[one], PLACES[other]
    high = sin(radians(north2 - north1) / 2) ** 2
    wide = sin(radians(east2 - east1) / 2) ** 2
    return 2 * asin(sqrt(high + cos(radians(north1)) * cos(radians(north2)) * wide))
