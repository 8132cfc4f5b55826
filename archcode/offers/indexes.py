"""The two indexes before an offer file: of all services, then of one service's regions."""

from __future__ import annotations

import json
import re
from typing import Any

from archcode.errors import PriceListError
from archcode.units import quoted

SERVICES = "/offers/v1.0/aws/index.json"
"""The path of the index of all services."""
_PATH = re.compile(r"/offers(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+")


def regions_path(data: bytes, offer: str) -> str:
    """The path of the index of an offer's regions; raises PriceListError."""
    entry = _member(_member(_document(data), "offers"), offer)
    return _path(entry, "currentRegionIndexUrl")


def region_paths(data: bytes) -> dict[str, str]:
    """The paths of an offer's newest files by region; raises PriceListError."""
    regions = _member(_document(data), "regions")
    return {code: _path(_member(regions, code), "currentVersionUrl") for code in regions}


def csv_path(path: str) -> str:
    """The path of the CSV beside a JSON file."""
    return f"{path.removesuffix('.json')}.csv"


def _document(data: bytes) -> dict[str, Any]:
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        start = " ".join(data[:60].decode("utf-8", "replace").split())
        raise PriceListError(f"is no whole JSON; it begins {quoted(start)}") from None
    if not isinstance(document, dict):
        raise PriceListError(f"is no index: it is {quoted(document)}")
    return document


def _member(owner: dict[str, Any], name: str) -> dict[str, Any]:
    value = owner.get(name)
    if not isinstance(value, dict):
        raise PriceListError(f"is no index, or names no {quoted(name)}")
    return value


def _path(entry: dict[str, Any], name: str) -> str:
    """A path below the list's own address: an index leads nowhere else."""
    path = entry.get(name)
    if not isinstance(path, str) or not _PATH.fullmatch(path):
        raise PriceListError(f"{name} is {quoted(path)}, which is no path below /offers/")
    return path
