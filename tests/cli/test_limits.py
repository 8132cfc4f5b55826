"""`archcode limits`: what binds, how far it goes, and how the command ends."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from pathlib import Path

import pytest
from support import priced

from archcode import headroom
from archcode.headroom import headroom_of
from archcode.model import LimitLoad, Severity
from archcode.render import headroom_table
from archcode.rules import Check

ROOT = Path(__file__).parents[2]
SPECS = sorted((ROOT / "specs").glob("*.yaml"))
DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")

# 2.66 x 1,500 records/s = 3,990 fit into 4 shards of 1,000 records/s
CLICKS = """\
title: Clicks
region: eu-west-1
components:
  app: {type: client}
  clicks: {type: kinesis.stream, shard_count: 4}
  reports: {type: server}
flows:
  - app -> clicks: {rate: 500/s, peak: 1500/s, size: 100 B}
  - clicks -> reports
"""
# 300 of 400 calls/s: 0.75; 1 - 400/300 = -33.33%
PAYMENTS = """\
title: Payments
region: us-east-1
components:
  shop: {type: client}
  payments: {type: sqs.queue, fifo_queue: true}
flows:
  - shop -> payments: {rate: 400/s, size: 1 KB}
"""


@pytest.fixture(autouse=True)
def _specs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("clicks.yaml").write_text(CLICKS)
    Path("payments.yaml").write_text(PAYMENTS)


def row(text, name):
    """The cells of a line of the table."""
    (line,) = [line for line in text.splitlines() if line.startswith(f"{name}  ")]
    return re.split(r" {2,}", line)


def test_shows_what_binds_and_how_far_it_goes(archcode):
    ended = archcode("limits", "clicks.yaml")

    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("Clicks\neu-west-1\n\nCOMPONENT  BINDING LIMIT ")
    assert row(ended.out, "COMPONENT")[2:] == ["MEAN", "PEAK", "LIMIT", "HEADROOM", "HOLDS TO"]
    assert row(ended.out, "clicks") == [
        "clicks", "shards (configured)", "1", "2", "4", "50%", "2.66x",
    ]  # fmt: skip
    assert (
        "\nClicks holds to 2.66x today's peak; first to break: clicks (shards, configured)\n"
        in (ended.out)
    )
    assert ended.out.endswith(": 4, configured\n")


def test_a_broken_hard_limit_is_exit_code_1(archcode):
    ended = archcode("limits", "payments.yaml")

    assert ended.code == 1
    assert "payments.yaml:5:3: error: payments SendMessage makes 400 calls/s at peak" in ended.err
    assert row(ended.out, "payments") == [
        "payments", "fifo_throughput", "400", "400", "300 calls/s", "-33.33%", "broken: 0.75x",
    ]  # fmt: skip
    assert (
        "\nPayments is broken at today's peak: payments (fifo_throughput) has a headroom of"
        " -33.33%\n  SendMessage makes 400 calls/s at peak: 300 calls/s per API action without"
        " high throughput, hard\n"
    ) in ended.out


def test_says_everything_about_one_component(archcode):
    ended = archcode("limits", "payments.yaml", "--component", "payments")

    assert ended.code == 1
    assert ended.out.startswith(
        "payments (sqs.queue, us-east-1): broken: -33.33%, holds to 0.75x of today's peak:"
        " fifo throughput\n\nfifo_throughput: SendMessage makes 400 calls/s at peak\n"
        "  mean 400, peak 400 of 300 calls/s per API action without high throughput, hard\n"
        "  broken: -33.33%, holds to 0.75x of today's peak\n"
    )
    clicks = archcode("limits", "clicks.yaml", "--component", "clicks").out
    assert clicks.startswith(
        "clicks (kinesis.stream, eu-west-1): holds to 2.66x today's peak: shards\n\nshards: needs"
    )
    assert "\n  mean 1, peak 2 of 4, configured\n  a headroom of 50%, holds to 2.66x" in clicks


def test_says_that_a_box_outside_aws_has_no_limit(archcode):
    ended = archcode("limits", "clicks.yaml", "--component", "app")

    assert ended.out == "app (client, eu-west-1): no limit in archcode's facts\n"
    assert "\napp " not in archcode("limits", "clicks.yaml").out


def test_shows_every_limit_with_its_reason(archcode):
    ended = archcode("limits", "clicks.yaml", "--all")

    assert row(ended.out, "COMPONENT")[1] == "LIMIT"
    assert row(ended.out, "COMPONENT")[-1] == "BECAUSE"
    assert row(ended.out, "clicks")[-1].startswith("needs 2 shards: 1,500 records/s over 1,000")


def test_every_spec_has_its_own_table(archcode):
    ended = archcode("limits", "clicks.yaml", "payments.yaml")

    assert ended.code == 1
    assert ended.out == "\n".join(
        archcode("limits", name).out for name in ("clicks.yaml", "payments.yaml")
    )


def test_a_spec_that_cannot_be_read_does_not_hide_the_others(archcode):
    Path("bad.yaml").write_text("region: us-east-1\ncomponents: {a: {type: sqs.que}}\n")
    ended = archcode("limits", "bad.yaml", "clicks.yaml")

    assert ended.code == 1
    assert 'bad.yaml:2:24: error: a.type "sqs.que" is no known type' in ended.err
    assert ended.out == archcode("limits", "clicks.yaml").out


def test_the_region_counts(archcode):
    """A FIFO queue with high throughput takes 2,400 calls/s in most regions, 70,000 in three."""
    text = PAYMENTS.replace(
        "fifo_queue: true",
        "fifo_queue: true, deduplication_scope: messageGroup,"
        " fifo_throughput_limit: perMessageGroupId",
    ).replace("400/s", "9600/s")
    ended = archcode("limits", "-", "--region", "eu-north-1", stdin=text.encode())

    assert ended.code == 0  # a quota at its default is a warning
    assert row(ended.out, "payments")[1:] == [
        "fifo_high_throughput (default quota)",
        "9,600", "9,600", "2,400 calls/s", "-300%", "broken: 0.25x",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["limits"], "Missing argument 'SPEC...'."),
        (["limits", "none.yaml"], "archcode: none.yaml: no such file\n"),
        (["limits", "clicks.yaml", "--format", "csv"], "'csv' is not one of 'text', 'json'."),
        (["limits", "clicks.yaml", "--region", "mars"], '--region is "mars"'),
        (
            ["limits", "clicks.yaml", "--component", "click"],
            'archcode: --component: "click" is no component of clicks.yaml; did you mean clicks?\n',
        ),
    ],
)
def test_wrong_usage_is_exit_code_2(arguments, said, archcode):
    ended = archcode(*arguments)

    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err


def test_json_says_the_same_exactly(archcode):
    ended = archcode("limits", "clicks.yaml", "--format", "json")
    found = json.loads(ended.out)
    (spec,) = found["specs"]
    app, clicks, _ = spec["components"]
    shards = clicks["limits"][clicks["binding"]]

    assert ended.code == 0
    assert found["schema_version"] == "1.0"
    assert (spec["title"], spec["region_id"]) == ("Clicks", "eu-west-1")
    assert (app["binding"], app["limits"]) == (None, [])
    assert spec["binding"] == shards
    assert shards.pop("words").startswith("needs 2 shards: 1,500 records/s over 1,000 per shard")
    assert shards == {
        "resource_name": "clicks",
        "region_id": "eu-west-1",
        "name": "shards",
        "kind": "configured",
        "scope": "",
        "shared": False,
        "where": "clicks",
        "unit": "",
        "mean": "1",
        "peak": "2",
        "limit": "4",
        "headroom_percent": "50",
        "exceeded": False,
        "holds_to": "2.66",
        "holds_beyond": False,
    }


def test_json_has_all_specs_or_one_component(archcode):
    both = json.loads(archcode("limits", "clicks.yaml", "payments.yaml", "-f", "json").out)
    one = json.loads(archcode("limits", "clicks.yaml", "--component", "clicks", "-f", "json").out)

    assert [spec["title"] for spec in both["specs"]] == ["Clicks", "Payments"]
    assert [c["resource_name"] for c in one["specs"][0]["components"]] == ["clicks"]


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_every_example_has_headroom(path, archcode):
    ended = archcode("limits", path, "--format", "json")
    (spec,) = json.loads(ended.out)["specs"]
    limits = [one for c in spec["components"] for one in c["limits"]] + spec["account"]

    assert ended.code == 0
    for one in limits:
        numbers = [one[k] for k in ("mean", "peak", "limit", "headroom_percent", "holds_to")]
        assert [n for n in numbers if n is not None and not DECIMAL.fullmatch(n)] == []
        assert not one["exceeded"]
    assert archcode("limits", path, "--all").code == 0


def load_on(name, load, most, unit="", **others):
    return LimitLoad(
        "rule", Severity.ERROR, "q", "q", name, Fraction(load), Fraction(most), unit, "words",
        **others,
    )  # fmt: skip


@pytest.fixture
def shown(monkeypatch):
    """The table of a queue with some loads, of which those in `growing` grow with the traffic."""

    def show(*growing, fixed=(), options=None):
        def find(estimate):
            rate = estimate.topology.traffic["q"].received.peak_messages_per_second
            for name, most, others in growing:
                yield load_on(name, rate, most, "messages/s", **others)
            yield from fixed

        monkeypatch.setattr(headroom, "checks", lambda _: [Check(("q",), find)])
        estimate = priced(
            "app: {type: client}\nq: {type: sqs.queue}", "- app -> q: {rate: 7/s, size: 1 B}"
        )
        return headroom_table.render(headroom_of(estimate), **(options or {}))

    return show


def test_multiples_are_rounded_down(shown):
    # 24 / 7 = 3.4286, 9,999 / 7 = 1,428.4, 6.999 / 7 = 0.99986
    assert row(shown(("some", 24, {})), "q")[-1] == "3.42x"
    assert row(shown(("far", 9999, {})), "q")[-1] == "more than 1,000x"
    assert row(shown(("near", Fraction("6.999"), {})), "q")[-1] == "broken: 0.999x"


def test_what_does_not_grow_says_so(shown):
    text = shown(fixed=(load_on("message_size", 512, 1024, "bytes"),))

    assert row(text, "q")[2:] == ["512 B", "512 B", "1 KB", "50%", "does not grow"]
    assert text.endswith(
        "\nUntitled: no limit breaks when traffic grows; the least is left of q (message_size)\n"
        "  words: 1 KB, hard\n"
    )


def test_what_is_broken_with_any_traffic_says_so(shown):
    text = shown(fixed=(load_on("message_size", 1536, 1024, "bytes", kind="range"),))

    assert row(text, "q")[1:] == [
        "message_size (setting)", "1.5 KB", "1.5 KB", "1 KB", "-50%", "broken",
    ]  # fmt: skip


def test_nothing_to_say_is_said(shown):
    text = shown()

    assert row(text, "q") == ["q", "no load on a limit"]
    assert text.endswith("\n\nUntitled: no load on a limit\n")


def test_what_all_share_stands_apart(shown):
    text = shown(("sends", 70, {"shared": True, "kind": "adjustable", "scope": "per account"}))

    assert row(text, "sqs.queue, us-east-1")[1:] == [
        "sends (default quota)", "7", "7", "70 messages/s", "90%", "10x",
    ]  # fmt: skip
    assert text.endswith(
        "\nUntitled holds to 10x today's peak; first to break: sqs.queue, us-east-1"
        " (sends, default quota)\n  words: 70 messages/s per account, default quota\n"
    )


def test_colours_are_for_terminals(shown):
    plain = shown(("near", 6, {}), ("far", 60, {}), options={"every": True})
    coloured = shown(("near", 6, {}), ("far", 60, {}), options={"every": True, "colour": True})

    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[\d*m", "", coloured) == plain
    assert [line for line in coloured.splitlines() if line.startswith("\x1b[31m")] == [
        f"\x1b[31m{line}\x1b[0m" for line in plain.splitlines() if line.startswith("q ")
    ]
