"""What every service registers is complete, sourced, and used."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import typer
from support import PRICES

from archcode.cli import _assets, app
from archcode.flow import SERVICE_KEYS, FlowSettings
from archcode.prices.coverage import UNLISTED
from archcode.regions import REGIONS
from archcode.services import FULL_NAMES, MODULES, find, known_types, lookup
from archcode.services._transfer import PRICE_FILE
from archcode.spec.parse import parse
from archcode.topology import propagate

if TYPE_CHECKING:
    from archcode.model import Meter
    from archcode.services._service import AnyService

ROOT = Path(__file__).parents[2]
SERVICES = [find(kind) for kind in known_types()]
ON_AWS = [service for service in SERVICES if not service.settings.outside]
SOURCE = re.compile(
    r"(https://\S+|[a-z][\w-]*==[\w.]+:\S+|github:[\w./-]+@[0-9a-f]{7,40}:\S+)( \(\S.*\))?"
)
"""A page, a file of a package's release, or a file of a commit; then perhaps a remark."""
WORDS = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
OTHER_RANGES = {"tiered_storage_retention"}
"""Bounds of a setting that hold in one of its modes only."""

of_service = pytest.mark.parametrize("service", SERVICES, ids=known_types())
on_aws = pytest.mark.parametrize("service", ON_AWS, ids=[service.type for service in ON_AWS])


MADE = Path(__file__).with_name("usage_keys")
"""Specs that meter what no example does, one file for each module or two."""


def _specs() -> list[str]:
    """The specs of the project and the ones made to meter everything."""
    paths = [*(ROOT / "specs").glob("*.yaml"), *MADE.glob("*.yaml")]
    return [path.read_text("utf-8") for path in sorted(paths)]


TOPOLOGIES = [propagate(parse(text)) for text in _specs()]


class TestRegistry:
    def test_is_sorted(self):
        assert list(MODULES) == sorted(MODULES)
        assert list(FULL_NAMES) == sorted(FULL_NAMES)
        assert known_types() == tuple(MODULES)

    def test_knows_every_module(self):
        folder = ROOT / "archcode" / "services"
        modules = {p.stem for p in folder.glob("*.py") if not p.stem.startswith("_")}

        assert set(MODULES.values()) == modules

    @pytest.mark.parametrize("module", sorted(set(MODULES.values())))
    def test_module_registers_the_types_listed_for_it(self, module):
        registered = import_module(f"archcode.services.{module}").SERVICES

        assert sorted(registered) == [kind for kind, home in MODULES.items() if home == module]
        assert all(kind == service.type for kind, service in registered.items())

    @on_aws
    def test_finds_a_service_by_cloudformation_type(self, service):
        assert FULL_NAMES[service.resource_type] == service.type
        assert lookup(service.resource_type) is service
        assert re.fullmatch(r"AWS::\w+::\w+", service.resource_type)

    def test_full_names_are_those_of_services_on_aws(self):
        assert sorted(FULL_NAMES.values()) == sorted(service.type for service in ON_AWS)

    def test_knows_no_other_type(self):
        assert lookup("sqs.topic") is None
        with pytest.raises(KeyError):
            find("sqs.topic")


class TestService:
    @of_service
    def test_has_names(self, service):
        assert re.fullmatch(r"[a-z][a-z0-9]*(\.[a-z_]+)?", service.type)
        assert service.name
        assert (service.settings.__doc__ or "").endswith(".")

    @of_service
    def test_icon_is_installed(self, service):
        every = [c.settings for t in TOPOLOGIES for c in t.spec.components.values()]
        settings = [s for s in every if isinstance(s, service.settings)]

        for path in {service.icon(s) for s in settings} or {service.icon(None)}:
            assert _assets._file(path), path  # noqa: SLF001 - where drawings get them

    @on_aws
    def test_is_in_a_spec(self, service):
        texts = [path.read_text("utf-8") for path in (ROOT / "specs").glob("*.yaml")]
        types = {c.type for text in texts for c in parse(text).components.values()}

        assert service.type in types

    @on_aws
    def test_understands_known_flow_keys_only(self, service):
        assert service.flow_keys | service.inflow_keys <= SERVICE_KEYS
        assert set(service.pushes_to) | set(service.pulls_from) <= set(known_types())
        assert set(service.batches) <= set(known_types())

    @of_service
    def test_says_in_words_what_it_is(self, service):
        every = [c.settings for t in TOPOLOGIES for c in t.spec.components.values()]
        settings = [s for s in every if isinstance(s, service.settings)]

        for summary in {service.summary(s) for s in settings}:
            assert 3 <= len(summary) <= 40, summary

    @on_aws
    def test_promises_something(self, service):
        assert service.semantics
        for promise in service.semantics:
            for field in {*promise.__dataclass_fields__} - {"promise"}:
                assert getattr(promise, field), field
            assert SOURCE.fullmatch(promise.source), promise.source
            assert date.fromisoformat(promise.as_of)
        variants = [promise.variant for promise in service.semantics]
        assert len(variants) == len(set(variants))


class TestLimits:
    @on_aws
    def test_are_sourced_and_dated(self, service):
        assert service.limits
        for limit in service.limits:
            assert SOURCE.fullmatch(limit.source), limit
            assert date.fromisoformat(limit.as_of).isoformat() == limit.as_of
            assert limit.scope, limit
            assert limit.value > 0, limit
            assert limit.kind in {"hard", "adjustable", "range", "guideline"}

    @on_aws
    def test_are_told_apart_by_name_and_scope(self, service):
        names = [(limit.name, limit.scope) for limit in service.limits]

        assert len(names) == len(set(names))
        assert all(WORDS.fullmatch(part) for name, _ in names for part in name.split("."))

    @on_aws
    def test_hold_in_regions_that_exist(self, service):
        for limit in service.limits:
            assert set(limit.regions or {}) <= set(REGIONS)

    @on_aws
    def test_a_range_is_that_of_a_setting_or_a_flow_key(self, service):
        known = {part for name in _fields(service) for part in (name, *name.split("."))}
        ranges = {limit.name for limit in service.limits if limit.kind == "range"}

        assert ranges - OTHER_RANGES <= known | service.flow_keys | set(FlowSettings.model_fields)


class TestMeters:
    @on_aws
    def test_are_in_the_price_file(self, service):
        unpriced = {
            meter.name
            for meter in service.meters
            if _dimension(meter) not in PRICES.prices(_file(service, meter), "us-east-1")
        }

        assert unpriced == _unpriced(service)

    @on_aws
    def test_have_a_unit_and_words(self, service):
        for meter in service.meters:
            assert re.fullmatch(r"(\d+ )?(v?[A-Z])[\w -]*", meter.pricing_unit), meter
            assert meter.description[0].isupper(), meter
            assert not meter.description.endswith("."), meter
            assert meter.charge_frequency in {"Recurring", "Usage-Based"}
        names = [meter.name for meter in service.meters]
        assert len(names) == len(set(names))

    @on_aws
    def test_free_tiers_cover_meters(self, service):
        names = {meter.name for meter in service.meters}

        for tier in service.free_tiers:
            assert set(tier.covers) <= names
            assert tier.meter in PRICES.prices(tier.price_file or service.price_file, "global")

    @on_aws
    def test_a_free_meter_says_why(self, service):
        for meter in service.meters:
            if meter.name in _unpriced(service):
                continue
            tiers = PRICES.find(_file(service, meter), _dimension(meter), "us-east-1")
            assert bool(meter.free_because) is all(tier.usd == 0 for tier in tiers), meter

    def test_price_files_are_those_of_services(self):
        files = {path.stem for path in (ROOT / "pricing").glob("*.csv")}
        used = {_file(service, meter) for service in ON_AWS for meter in service.meters}

        # a warehouse or an index may cost what the author states
        assert files == (used | {PRICE_FILE}) - {""}


class TestUsage:
    @on_aws
    def test_keys_are_produced_or_only_stated(self, service):
        assert DERIVED[service.type] | set(service.extra_usage) == set(service.usage_keys)

    @on_aws
    def test_what_is_only_stated_has_a_meter(self, service):
        assert set(service.extra_usage.values()) <= {meter.name for meter in service.meters}

    @on_aws
    def test_all_usage_has_a_meter_of_the_service(self, service):
        assert METERED[service.type] <= {meter.name for meter in service.meters}

    @on_aws
    def test_keys_are_words(self, service):
        assert all(WORDS.fullmatch(key) for key in service.usage_keys)
        assert len(service.usage_keys) == len(set(service.usage_keys))


class TestManual:
    @of_service
    def test_lists_every_setting(self, service, archcode):
        ended = archcode("services", service.type)
        words = {
            line.split()[0].rstrip(":") for line in ended.out.splitlines() if line.startswith("  ")
        }

        assert ended.code == 0
        assert set(_fields(service)) <= words

    @of_service
    def test_lists_limits_meters_usage_and_flow_keys(self, service, archcode):
        printed = " ".join(archcode("services", service.type).out.split())
        names = [
            *(limit.name for limit in service.limits),
            *(limit.source for limit in service.limits),
            *(limit.as_of for limit in service.limits),
            *(meter.name for meter in service.meters),
            *service.usage_keys,
            *service.flow_keys,
            *service.inflow_keys,
            *(former.value for limit in service.limits for former in limit.formerly),
            *(promise.variant for promise in service.semantics),
            service.resource_type,
        ]

        assert [name for name in names if name not in printed] == []

    def test_lists_every_type(self, archcode):
        printed = archcode("services").out

        for service in SERVICES:
            assert re.search(
                rf"^  {re.escape(service.type)} +{service.name} ", printed, re.MULTILINE
            )

    def test_every_command_has_help_with_examples(self, archcode):
        group = typer.main.get_command(app.build())
        for name in group.commands:
            ended = archcode(name, "--help")
            assert ended.code == 0
            assert name == "prices" or f"archcode {name}" in ended.out, name


def _file(service: AnyService, meter: Meter) -> str:
    return meter.price_file or service.price_file


def _dimension(meter: Meter) -> str:
    return meter.dimension or meter.name


def _unpriced(service: AnyService) -> set[str]:
    return {m.name for m in service.meters if (_file(service, m), _dimension(m)) in UNLISTED}


def _fields(service: AnyService) -> list[str]:
    """The settings of a service, nested ones with a dotted name."""
    schema = service.settings.model_json_schema()
    definitions = schema.get("$defs", {})

    def names(owner: dict[str, object], prefix: str) -> list[str]:
        found = []
        for name, field in owner.get("properties", {}).items():
            references = re.findall(r"#/\$defs/(\w+)", str(field))
            nested = [definitions[r] for r in references if "properties" in definitions[r]]
            found += names(nested[0], f"{prefix}{name}.") if nested else [f"{prefix}{name}"]
        return found

    return names(schema, "")


def _produced() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Usage keys and meters that services derive in all specs, by type."""
    keys: dict[str, set[str]] = defaultdict(set)
    meters: dict[str, set[str]] = defaultdict(set)
    for topology in TOPOLOGIES:
        for name, traffic in topology.traffic.items():
            service = topology.service(name)
            for usage in service.usage(traffic, tuple(service.capacity(traffic))):
                keys[service.type].add(usage.key)
                meters[service.type].add(usage.meter)
    return keys, meters


DERIVED, METERED = _produced()
