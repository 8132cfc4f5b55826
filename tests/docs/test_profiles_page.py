"""The page on profiles: its numbers, its keys and its examples."""

from __future__ import annotations

import re
from pathlib import Path

from support import spec_text

from archcode import parse
from archcode.spec.profile import BUILT_IN, ProfileText
from archcode.units import grouped

PAGE = (Path(__file__).parents[2] / "docs" / "profiles.md").read_text("utf-8")
ROWS = re.findall(r"^\| `([a-z-]+)` \| (.*?) \|", PAGE, re.MULTILINE)


def test_names_every_profile_with_its_busiest_hour():
    told = dict(ROWS[: len(BUILT_IN)])

    assert told == {
        name: f"{grouped(profile.peak_to_mean)} times the mean"
        for name, profile in BUILT_IN.items()
    }


def test_names_every_key_and_no_other():
    assert [name for name, _ in ROWS[len(BUILT_IN) :]] == [*ProfileText.model_fields]


def test_the_examples_are_specs():
    flows, own = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    components = spec_text("shop: {type: client}\norders: {type: sqs.queue}")
    spec = parse(components + flows + own)

    assert spec.flows[0].settings.profile == "business-hours"
    assert grouped(spec.profiles["lunch"].peak_to_mean) == "4.48"
