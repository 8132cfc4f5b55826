"""What every service registers is complete, sourced, and used."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import typer
from offenders import expect_none
from support import PRICES

from archcode.cli import _assets, app
from archcode.flow import SERVICE_KEYS, FlowSettings
from archcode.prices.coverage import UNLISTED
from archcode.regions import REGIONS
from archcode.services import FULL_NAMES, MODULES, find, known_types, lookup
from archcode.services._transfer import PRICE_FILE
from archcode.shape.twin import twin
from archcode.spec.parse import parse
from archcode.topology import propagate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archcode.model import Meter
    from archcode.services._service import AnyService
    from archcode.topology import Topology

ROOT = Path(__file__).parents[2]
SOURCE = re.compile(
    r"(https://\S+|[a-z][\w-]*==[\w.]+:\S+|github:[\w./-]+@[0-9a-f]{7,40}:\S+)( \(\S.*\))?"
)
"""A page, a file of a package's release, or a file of a commit; then perhaps a remark."""
WORDS = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
OTHER_RANGES = {"tiered_storage_retention"}
"""Bounds of a setting that hold in one of its modes only."""

MADE = Path(__file__).with_name("usage_keys")
"""Specs that meter what no example does, one file for each module or two."""


@cache
def services() -> tuple[AnyService, ...]:
    """Everything that a spec can be made of."""
    return tuple(find(kind) for kind in known_types())


@cache
def on_aws() -> tuple[AnyService, ...]:
    """The services of AWS, which have limits and meters."""
    return tuple(service for service in services() if not service.settings.outside)


@cache
def examples() -> tuple[Topology, ...]:
    """The specs of the project."""
    return _read(ROOT / "specs")


@cache
def topologies() -> tuple[Topology, ...]:
    """The specs of the project and the ones made to meter everything."""
    return (*examples(), *_read(MADE))


def _read(folder: Path) -> tuple[Topology, ...]:
    paths = sorted(folder.glob("*.yaml"))
    return tuple(propagate(parse(path.read_text("utf-8"))) for path in paths)


def settings_of(service: AnyService) -> list[object]:
    """The settings of a service in all specs."""
    every = (c.settings for t in topologies() for c in t.spec.components.values())
    return [settings for settings in every if isinstance(settings, service.settings)]


class TestRegistry:
    def test_is_sorted(self):
        assert list(MODULES) == sorted(MODULES)
        assert list(FULL_NAMES) == sorted(FULL_NAMES)
        assert known_types() == tuple(MODULES)

    def test_knows_every_module(self):
        folder = ROOT / "archcode" / "services"
        modules = {p.stem for p in folder.glob("*.py") if not p.stem.startswith("_")}

        assert set(MODULES.values()) == modules

    def test_modules_register_the_types_listed_for_them(self):
        registered = {
            (home, kind, service.type)
            for home in set(MODULES.values())
            for kind, service in import_module(f"archcode.services.{home}").SERVICES.items()
        }

        expect_none(sorted(registered ^ {(home, kind, kind) for kind, home in MODULES.items()}))

    def test_finds_a_service_by_cloudformation_type(self):
        expect_none(
            (service.type, service.resource_type)
            for service in on_aws()
            if FULL_NAMES.get(service.resource_type) != service.type
            or lookup(service.resource_type) is not service
            or not re.fullmatch(r"AWS::\w+::\w+", service.resource_type)
        )

    def test_full_names_are_those_of_services_on_aws(self):
        assert sorted(FULL_NAMES.values()) == sorted(service.type for service in on_aws())
        assert len(on_aws()) > 25

    def test_knows_no_other_type(self):
        assert lookup("sqs.topic") is None
        with pytest.raises(KeyError):
            find("sqs.topic")


class TestService:
    def test_has_names(self):
        expect_none(
            (service.type, service.name, service.settings.__doc__)
            for service in services()
            if not re.fullmatch(r"[a-z][a-z0-9]*(\.[a-z_]+)?", service.type)
            or not service.name
            or not (service.settings.__doc__ or "").endswith(".")
        )

    def test_icon_is_installed(self):
        icons = [
            (service.type, path)
            for service in services()
            for path in {service.icon(s) for s in settings_of(service)} or {service.icon(None)}
        ]

        # where drawings get them
        expect_none(icon for icon in icons if not _assets._file(icon[1]))  # noqa: SLF001

    def test_is_in_a_spec(self):
        types = {c.type for topology in examples() for c in topology.spec.components.values()}

        expect_none(service.type for service in on_aws() if service.type not in types)

    def test_understands_known_flow_keys_only(self):
        expect_none(
            (service.type, key)
            for service in on_aws()
            for key in sorted((service.flow_keys | service.inflow_keys) - SERVICE_KEYS)
        )

    def test_knows_types_that_there_are_only(self):
        expect_none(
            (service.type, kind)
            for service in on_aws()
            for kind in (*service.pushes_to, *service.pulls_from, *service.batches)
            if kind not in known_types()
        )

    def test_says_in_words_what_it_is(self):
        expect_none(
            (service.type, summary)
            for service in services()
            for summary in {service.summary(settings) for settings in settings_of(service)}
            if not 3 <= len(summary) <= 40
        )

    def test_promises_something(self):
        promises = [(s.type, promise) for s in on_aws() for promise in s.semantics]
        wrong = [
            (kind, promise.variant, field, getattr(promise, field))
            for kind, promise in promises
            for field in {*promise.__struct_fields__} - {"promise"}
            if not _stated(field, getattr(promise, field))
        ]

        expect_none([*(s.type for s in on_aws() if not s.semantics), *wrong])

    def test_promises_are_told_apart(self):
        promises = Counter((s.type, promise.variant) for s in on_aws() for promise in s.semantics)

        expect_none(promise for promise, times in promises.items() if times > 1)


class TestLimits:
    def test_are_sourced_and_dated(self):
        fields = ("source", "as_of", "scope", "value", "kind")
        wrong = [
            (service.type, limit.name, field, getattr(limit, field))
            for service in on_aws()
            for limit in service.limits
            for field in fields
            if not _stated(field, getattr(limit, field))
        ]

        expect_none([*(s.type for s in on_aws() if not s.limits), *wrong])

    def test_are_told_apart_by_name_and_scope(self):
        names = [(s.type, limit.name, limit.scope) for s in on_aws() for limit in s.limits]

        expect_none((*name, times) for name, times in Counter(names).items() if times > 1)

    def test_are_named_in_words(self):
        names = [(service.type, limit.name) for service in on_aws() for limit in service.limits]

        expect_none((kind, name) for kind, name in names if not _are_words(name.split(".")))

    def test_hold_in_regions_that_exist(self):
        expect_none(
            (service.type, limit.name, region)
            for service in on_aws()
            for limit in service.limits
            for region in limit.regions or {}
            if region not in REGIONS
        )

    def test_a_range_is_that_of_a_setting_or_a_flow_key(self):
        expect_none(
            (service.type, limit.name)
            for service in on_aws()
            for limit in service.limits
            if limit.kind == "range" and limit.name not in OTHER_RANGES | _keys(service)
        )


class TestMeters:
    def test_are_in_the_price_file(self):
        unpriced = {
            service.type: {
                meter.name
                for meter in service.meters
                if _dimension(meter) not in PRICES.prices(_file(service, meter), "us-east-1")
            }
            for service in on_aws()
        }

        expect_none(
            (service.type, *sorted(unpriced[service.type] ^ _unpriced(service)))
            for service in on_aws()
            if unpriced[service.type] != _unpriced(service)
        )

    def test_have_a_unit_and_words(self):
        expect_none(
            (service.type, meter)
            for service in on_aws()
            for meter in service.meters
            if not re.fullmatch(r"(\d+ )?(v?[A-Z])[\w -]*", meter.pricing_unit)
            or not meter.description[0].isupper()
            or meter.description.endswith(".")
            or meter.charge_frequency not in {"Recurring", "Usage-Based"}
        )

    def test_have_names_of_their_own(self):
        names = Counter((service.type, m.name) for service in on_aws() for m in service.meters)

        expect_none(name for name, times in names.items() if times > 1)

    def test_free_tiers_cover_meters(self):
        tiers = [(service, tier) for service in on_aws() for tier in service.free_tiers]

        expect_none(
            (service.type, tier)
            for service, tier in tiers
            if not {*tier.covers} <= _meters(service)
            or tier.meter not in PRICES.prices(tier.price_file or service.price_file, "global")
        )

    def test_a_free_meter_says_why(self):
        expect_none(
            (service.type, meter)
            for service in on_aws()
            for meter in service.meters
            if meter.name not in _unpriced(service)
            and bool(meter.free_because) is not _is_free(service, meter)
        )

    def test_price_files_are_those_of_services(self):
        files = {path.stem for path in (ROOT / "pricing").glob("*.csv")}
        used = {_file(service, meter) for service in on_aws() for meter in service.meters}

        # a warehouse or an index may cost what the author states
        assert files == (used | {PRICE_FILE}) - {""}


class TestUsage:
    def test_keys_are_produced_or_only_stated(self):
        derived, _ = produced()

        expect_none(
            (service.type, key)
            for service in on_aws()
            for key in sorted(
                (derived[service.type] | {*service.extra_usage}) ^ {*service.usage_keys}
            )
        )

    def test_what_is_only_stated_has_a_meter(self):
        expect_none(
            (service.type, *stated)
            for service in on_aws()
            for stated in service.extra_usage.items()
            if stated[1] not in _meters(service)
        )

    def test_all_usage_has_a_meter_of_the_service(self):
        _, metered = produced()

        expect_none(
            (service.type, meter)
            for service in on_aws()
            for meter in sorted(metered[service.type] - _meters(service))
        )

    def test_keys_are_words(self):
        keys = Counter((service.type, key) for service in on_aws() for key in service.usage_keys)

        expect_none(key for key, times in keys.items() if times > 1 or not _are_words(key[1:]))


class TestManual:
    @pytest.mark.parametrize("kind", known_types())
    def test_lists_all_there_is_to_a_service(self, kind, archcode):
        service = find(kind)
        ended = archcode("services", kind)
        words = {
            line.split()[0].rstrip(":") for line in ended.out.splitlines() if line.startswith("  ")
        }
        printed = " ".join(ended.out.split())
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

        assert ended.code == 0
        expect_none(
            [
                *(field for field in _fields(service.type) if field not in words),
                *(name for name in names if name not in printed),
            ]
        )

    def test_lists_every_type(self, archcode):
        printed = archcode("services").out

        expect_none(
            (service.type, service.name)
            for service in services()
            if not re.search(
                rf"^  {re.escape(service.type)} +{service.name} ", printed, re.MULTILINE
            )
        )

    def test_every_command_has_help_with_examples(self, archcode):
        group = typer.main.get_command(app.build())
        for name in group.commands:
            ended = archcode(name, "--help")
            assert ended.code == 0
            assert name == "prices" or f"archcode {name}" in ended.out, name


def _stated(field: str, value: object) -> bool:
    """Whether a field of a limit or a promise is there, and says what it has to."""
    if field == "source":
        return SOURCE.fullmatch(value) is not None
    if field == "as_of":
        return _is_day(value)
    if field == "value":
        return value > 0
    return value in {"hard", "adjustable", "range", "guideline"} if field == "kind" else bool(value)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _are_words(parts: Iterable[str]) -> bool:
    return all(WORDS.fullmatch(part) for part in parts)


def _keys(service: AnyService) -> set[str]:
    """The settings of a service, whole and part by part, and the keys of its flows."""
    settings = {part for name in _fields(service.type) for part in (name, *name.split("."))}
    return settings | service.flow_keys | set(FlowSettings.model_fields)


def _meters(service: AnyService) -> set[str]:
    return {meter.name for meter in service.meters}


def _is_free(service: AnyService, meter: Meter) -> bool:
    tiers = PRICES.find(_file(service, meter), _dimension(meter), "us-east-1")
    return all(tier.usd == 0 for tier in tiers)


def _file(service: AnyService, meter: Meter) -> str:
    return meter.price_file or service.price_file


def _dimension(meter: Meter) -> str:
    return meter.dimension or meter.name


def _unpriced(service: AnyService) -> set[str]:
    return {m.name for m in service.meters if (_file(service, m), _dimension(m)) in UNLISTED}


@cache
def _fields(kind: str) -> list[str]:
    """The settings of a service, nested ones with a dotted name."""
    schema = twin(find(kind).settings).model_json_schema()
    definitions = schema.get("$defs", {})

    def names(owner: dict[str, object], prefix: str) -> list[str]:
        found = []
        for name, field in owner.get("properties", {}).items():
            references = re.findall(r"#/\$defs/(\w+)", str(field))
            nested = [definitions[r] for r in references if "properties" in definitions[r]]
            found += names(nested[0], f"{prefix}{name}.") if nested else [f"{prefix}{name}"]
        return found

    return names(schema, "")


@cache
def produced() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Usage keys and meters that services derive in all specs, by type."""
    keys: dict[str, set[str]] = defaultdict(set)
    meters: dict[str, set[str]] = defaultdict(set)
    for topology in topologies():
        for name, traffic in topology.traffic.items():
            service = topology.service(name)
            for usage in service.usage(traffic, tuple(service.capacity(traffic))):
                keys[service.type].add(usage.key)
                meters[service.type].add(usage.meter)
    return keys, meters
