"""`--scenario` on the commands that take one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

SPEC = Path(__file__).parents[2] / "specs" / "clickstream-kinesis.yaml"


def test_an_estimate_is_that_of_the_scenario(archcode):
    now = json.loads(archcode("estimate", SPEC, "-f", "json").out)
    then = json.loads(archcode("estimate", SPEC, "-f", "json", "--scenario", "black-friday").out)
    shards = next(c for c in then["charges"] if c["charge_description"] == "Shards")

    assert (now["scenario"], then["scenario"]) == (None, "black-friday")
    assert then["title"] == "Clickstream on Kinesis (Black Friday)"
    assert shards["pricing_quantity"] == "29200"  # 40 shards × 730 h
    assert then["loads"]["web -> collector"]["messages_per_second"] == "10000"  # 4 × 2,500


def test_limits_are_those_of_the_scenario(archcode):
    ended = archcode("limits", SPEC, "--scenario", "next-year")

    # 1.25 times the clicks fit 10 shards; 1.2 times are used: 1.25 / 1.2 = 1.0416…
    assert "1.04x" in ended.out
    assert ended.out.startswith("Clickstream on Kinesis (Next year)\n")


def test_validate_tells_what_is_wrong_in_the_scenario(archcode):
    now = archcode("validate", SPEC)
    then = archcode("validate", SPEC, "--scenario", "black-friday")

    assert "requests_per_execution_exceeded" not in now.err
    assert "requests_per_execution_exceeded" in then.err


def test_rendered_files_have_names_of_their_own(archcode, tmp_path):
    ended = archcode("render", SPEC, "-o", tmp_path, "-f", "md,json", "--scenario", "next-year")

    assert ended.code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "clickstream-kinesis@next-year.json",
        "clickstream-kinesis@next-year.md",
    ]


@pytest.mark.parametrize("command", ["estimate", "limits", "render", "validate"])
def test_an_unknown_scenario_is_wrong_usage(command, archcode):
    ended = archcode(command, SPEC, "--scenario", "black-fryday")

    assert ended.code == 2
    assert '--scenario: "black-fryday" is no scenario of' in ended.err
    assert "did you mean black-friday?" in ended.err


@pytest.mark.parametrize("option", ["--fix", "--diff"])
def test_a_scenario_is_not_mended(option, archcode):
    ended = archcode("validate", SPEC, option, "--scenario", "next-year")

    assert ended.code == 2
    assert f"{option} mends a spec as it is written" in ended.err
