"""docs/services.md: every service with its settings, limits, sizes, meters, example and tests."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support import PRICES

from archcode.cli import _assets
from archcode.regions import PRICED
from archcode.services import find, known_types
from archcode.spec.parse import parse
from archcode.topology import propagate

if TYPE_CHECKING:
    from archcode.services._service import AnyService

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "services.md"
SPECS = sorted((ROOT / "specs").glob("*.yaml"))
MADE = sorted((ROOT / "tests" / "architecture" / "usage_keys").glob("*.yaml"))
TESTS = sorted((ROOT / "tests" / "services").glob("test_*.py"))
OUTSIDE = ROOT / "tests" / "services" / "test_outside.py"
TOPOLOGIES = {path: propagate(parse(path.read_text("utf-8"))) for path in (*SPECS, *MADE)}
HEAD = """\
# Services

What a spec may contain, and what archcode knows of it. Generated from the code by
`pytest tests/docs --update`; a test fails where a cell would be empty.

- **Limits** are those that a spec is checked against; each has a source and a date below.
- **Sizes** are derived from the peak. Services without one scale by themselves.
- **Regions** are those of the 36 in which at least one meter has a price.
- **Tests** work each meter out by hand, with the price page's address.

"""
COLUMNS = (
    "Type", "Settings", "Limits", "Sizes", "Meters", "Regions", "Icon", "Example", "Tests",
)  # fmt: skip


def _capacities() -> dict[str, list[str]]:
    """Names of the sizes that each type derives in any spec."""
    names: dict[str, list[str]] = defaultdict(list)
    for topology in TOPOLOGIES.values():
        for name, traffic in topology.traffic.items():
            service = topology.service(name)
            for size in service.capacity(traffic):
                if size.name not in names[service.type]:
                    names[service.type].append(size.name)
    return names


CAPACITIES = _capacities()


def _regions(service: AnyService) -> str:
    if service.settings.outside:
        return "anywhere"
    files = {m.price_file or service.price_file: [] for m in service.meters}
    for meter in service.meters:
        files[meter.price_file or service.price_file].append(meter.dimension or meter.name)
    own = files.get(service.price_file) or next(iter(files.values()), [])
    file = service.price_file if files.get(service.price_file) else next(iter(files), "")
    sold = [r for r in PRICED if any(name in PRICES.prices(file, r) for name in own)]
    return f"{len(sold)} of {len(PRICED)}" if sold else "no prices: unknown"


def _icons(service: AnyService) -> list[str]:
    every = [c.settings for t in TOPOLOGIES.values() for c in t.spec.components.values()]
    return sorted({service.icon(s) for s in every if isinstance(s, service.settings)})


def _examples(service: AnyService) -> list[Path]:
    """Specs with this type, the smallest first."""
    found = [
        path
        for path in SPECS
        if any(c.type == service.type for c in TOPOLOGIES[path].spec.components.values())
    ]
    return sorted(found, key=lambda path: (len(TOPOLOGIES[path].spec.components), path.name))


def _tests(service: AnyService) -> tuple[Path, int] | None:
    """The file that tests a type most, and how many tests it has."""
    if not service.meters:
        return OUTSIDE, len(re.findall(r"^def test_", OUTSIDE.read_text("utf-8"), re.MULTILINE))
    texts = {path: path.read_text("utf-8") for path in TESTS}
    counts = {
        path: len(re.findall(rf"type: {re.escape(service.type)}\b", text))
        for path, text in texts.items()
    }
    best = max(counts, key=lambda path: (counts[path], path.name))
    if not counts[best]:
        return None
    return best, len(re.findall(r"^ *def test_", texts[best], re.MULTILINE))


def _fields(model: type) -> int:
    """Settings, nested ones counted and not what holds them."""
    count = 0
    for field in model.model_fields.values():
        parts = (field.annotation, *getattr(field.annotation, "__args__", ()))
        nested = next((part for part in parts if hasattr(part, "model_fields")), None)
        count += _fields(nested) if nested else 1
    return count


def _boxes(service: AnyService) -> str:
    """The settings of a box outside AWS by their names, since it has no section of its own."""
    return ", ".join(("label", *service.settings.model_fields))


def row(service: AnyService) -> dict[str, str]:
    """The cells of one service."""
    outside = service.settings.outside
    example, tested = _examples(service), _tests(service)
    priced = len(service.meters)
    return {
        "Type": f"[`{service.type}`](#{service.type.replace('.', '')})" if not outside
        else f"`{service.type}`",
        "Settings": str(_fields(service.settings)) if not outside or priced else _boxes(service),
        "Limits": str(len(service.limits)) if service.limits else "none: outside AWS",
        "Sizes": ", ".join(CAPACITIES.get(service.type, ())) or "scales by itself",
        "Meters": str(priced) if priced else "never priced",
        "Regions": _regions(service),
        "Icon": ", ".join(f"`{path.rpartition('/')[2]}`" for path in _icons(service)),
        "Example": f"[{example[0].stem}](../specs/{example[0].name})" if example else "",
        "Tests": f"[{tested[1]}](../tests/services/{tested[0].name})" if tested else "",
    }  # fmt: skip


SERVICES = [find(kind) for kind in known_types()]


def page(archcode) -> str:
    """The whole page: the table, and a section for each service on AWS."""
    lines = [f"| {' | '.join(COLUMNS)} |", f"|{'---|' * len(COLUMNS)}"]
    for service in SERVICES:
        cells = row(service)
        lines.append(f"| {' | '.join(cells[column] for column in COLUMNS)} |")
    text = HEAD + "\n".join(lines) + "\n"
    for service in SERVICES:
        if not service.settings.outside:
            about = archcode("services", service.type).out.strip("\n")
            text += f"\n## {service.type}\n\n```text\n{about}\n```\n"
    return text


def test_the_page_is_what_the_code_says(update, archcode):
    text = page(archcode)
    if update:
        PAGE.write_text(text, "utf-8")
        return

    assert PAGE.read_text("utf-8") == text


@pytest.mark.parametrize("service", SERVICES, ids=known_types())
def test_no_cell_is_empty(service):
    cells = row(service)

    assert tuple(cells) == COLUMNS
    assert all(cells.values()), cells


@pytest.mark.parametrize("service", SERVICES, ids=known_types())
def test_limits_and_meters_are_there_for_all_of_aws(service):
    if service.settings.outside:
        return
    assert service.limits
    assert service.meters
    for icon in _icons(service):
        assert _assets._file(icon)  # noqa: SLF001 - where drawings get them


@pytest.mark.parametrize("service", SERVICES, ids=known_types())
def test_links_lead_somewhere(service):
    for target in re.findall(r"\]\((\.\./[^)]+)\)", " ".join(row(service).values())):
        assert (PAGE.parent / target).resolve().is_file()
