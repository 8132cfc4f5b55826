"""Unit costs in the interactive page: of each component, and end to end."""

from __future__ import annotations

import json
import re

SPEC = """\
region: us-east-1
components:
  c: {type: client}
  q: {type: sqs.queue}
  idle: {type: sqs.queue}
flows:
  - c -> q: {rate: 1/s, size: 1 KB, business_event: order}
"""


def model(archcode, folder, text):
    """What the page of a spec knows."""
    (folder / "a.yaml").write_text(text, "utf-8")
    archcode("render", folder / "a.yaml", "-o", folder, "-f", "html", "--no-free-tier")
    page = (folder / "a.html").read_text("utf-8")
    return json.loads(re.search(r'id="model">(.+?)</script>', page, re.DOTALL)[1])


def test_components_and_the_whole_have_unit_costs(archcode, tmp_path):
    told = model(archcode, tmp_path, SPEC)
    by_name = {part["name"]: part for part in told["components"]}

    # 2,628,000 sends at $0.40 a million; a million of 1 KB are 0.95367 GB, $0.4194 each
    unit = [
        ["Per million messages", "$0.40"],
        ["Per GB", "$0.4194"],
        ["Per order", "$0.0000004"],
    ]
    assert by_name["q"]["unit_costs"] == unit
    assert told["unit_costs"] == unit
    assert by_name["c"]["unit_costs"] == []


def test_where_nothing_flows_nothing_is_said(archcode, tmp_path):
    told = model(archcode, tmp_path, SPEC.replace("rate: 1/s, ", "rate: 0/s, "))

    assert told["unit_costs"] == []
    assert [part["unit_costs"] for part in told["components"]] == [[], [], []]
