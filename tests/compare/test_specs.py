"""Whole specs side by side."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from small import SMALL
from support import PRICES

from archcode.compare import Basis
from archcode.compare.specs import compare_specs
from archcode.spec.parse import parse

BUSY = SMALL.replace("rate: 10/s, peak: 20/s", "rate: 100/s, peak: 200/s")
STREAM = SMALL.replace(
    "{type: sqs.queue, visibility_timeout: 3 min, receive_message_wait_time_seconds: 20}",
    "{type: kinesis.stream, shard_count: 1}",
)


@pytest.fixture
def found():
    specs = [("small", parse(SMALL)), ("busy", parse(BUSY)), ("stream", parse(STREAM))]
    return compare_specs(specs, Basis(PRICES, free_tier=False))


def test_differences_are_to_the_first(found):
    small, busy, _ = found.sides

    assert found.difference(small) == 0
    # Everything is charged by the message, so ten times the rate costs ten times as much.
    assert found.difference(busy) == 9 * small.estimate.list_cost


def test_components_and_services_add_up_to_the_total(found):
    for side in found.sides:
        assert sum(side.components.values()) == side.estimate.list_cost
        assert sum(side.services.values()) == side.estimate.list_cost


def test_what_only_one_has_is_no_amount_in_the_others(found):
    by_service = dict(found.by_service())

    assert by_service["AWS::SQS::Queue"][2] is None
    assert by_service["AWS::Kinesis::Stream"][:2] == (None, None)


def test_tells_what_breaks_first(found):
    stream = found.sides[2].headroom.binding

    # 20 of 1,000 records/s; the worker is slower: 1 shard x 10 / 0.1 s = 100/s
    assert (stream.load.name, stream.multiple) == ("mapping_throughput", 5)


@pytest.fixture
def _files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for folder, text in (("old", SMALL), ("new", STREAM)):
        Path(folder).mkdir()
        Path(folder, "system.yaml").write_text(text)


@pytest.mark.usefixtures("_files")
def test_specs_of_one_name_can_be_compared(archcode):
    ended = archcode("compare", "old/system.yaml", "new/system.yaml", "--no-free-tier")

    assert ended.code == 0
    (cost,) = [line for line in ended.out.splitlines() if line.startswith("Monthly cost")]
    assert cost.split() == ["Monthly", "cost", "$17.52", "$16.22"]
    (more,) = [line for line in ended.out.splitlines() if line.startswith("orders")]
    assert more.split() == ["orders", "$12.61", "$11.32", "(-$1.30)"]


@pytest.mark.usefixtures("_files")
def test_json_has_the_limit_that_breaks_first(archcode):
    ended = archcode("compare", "old/system.yaml", "new/system.yaml", "--format", "json")
    _, new = json.loads(ended.out)["specs"]

    assert new["file"] == "new/system.yaml"
    assert new["first_to_break"]["holds_to"] == "5"
    assert set(new["findings"]) == {"error", "warning", "info"}


@pytest.mark.usefixtures("_files")
def test_markdown_has_a_table_by_service_and_by_component(archcode):
    ended = archcode("compare", "old/system.yaml", "new/system.yaml", "--format", "md")

    assert [line for line in ended.out.splitlines() if line.startswith("#")] == [
        "# Specs side by side",
        "## By service",
        "## By component",
    ]


@pytest.mark.usefixtures("_files")
def test_all_specs_that_cannot_be_read_are_told(archcode):
    for folder in ("old", "new"):
        Path(folder, "system.yaml").write_text("region: us-east-1\ncomponents: {a: {type: x}}\n")
    ended = archcode("compare", "old/system.yaml", "new/system.yaml")

    assert ended.code == 1
    assert ended.err.count("unknown_type") == 2


@pytest.mark.usefixtures("_files")
def test_a_channel_is_that_of_one_spec(archcode):
    ended = archcode("compare", "old/system.yaml", "new/system.yaml", "--channel", "orders")

    assert ended.code == 2
    assert "--channel takes one spec, not 2" in ended.err
