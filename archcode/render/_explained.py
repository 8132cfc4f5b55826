"""What is known of a finding's name, in the words that several outputs share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.advice import advising
from archcode.units import grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.catalogue import Entry
    from archcode.model import Limit


def limit_lines(limit: Limit) -> Iterator[str]:
    """A limit with its kind, scope, regions, date, source, and what older documents state."""
    value = f"{grouped(limit.value)} {limit.unit}".strip()
    yield f"{limit.name}: {value}, {limit.kind}, {limit.scope} ({limit.as_of}, {limit.source})"
    regions: dict[int, list[str]] = {}
    for region, other in (limit.regions or {}).items():
        regions.setdefault(other, []).append(region)
    for other, names in regions.items():
        yield f"{limit.name}: {grouped(other)} {limit.unit} in {', '.join(names)}"
    for former in limit.formerly:
        when = "" if former.as_of in former.said else f", {former.as_of}"
        yield f"{limit.name}, elsewhere: {former.value} ({former.said}{when})"


def limits_of(entry: Entry) -> Iterator[str]:
    """The limits behind a name, each with the types that have it."""
    types: dict[str, list[str]] = {}
    for kind, limit in entry.limits:
        for line in limit_lines(limit):
            types.setdefault(line, []).append(kind)
    for line, kinds in types.items():
        yield f"{', '.join(dict.fromkeys(kinds))}: {line}"


def advised(entry: Entry) -> Iterator[str]:
    """What articles advise, where a finding of this name tells that it is not followed."""
    for article, advice in advising(entry.name):
        yield f"{advice.number}. {advice.says} ({article.title})"


def ignoring(entry: Entry) -> str:
    """How a finding of this name is ignored."""
    if entry.ignorable:
        return f"# archcode: ignore[{entry.name}] and the reason"
    return "cannot be ignored in a spec"


def fixing(entry: Entry) -> str:
    """Whether `--fix` mends it."""
    return "archcode validate --fix mends it" if entry.fixable else "by hand"
