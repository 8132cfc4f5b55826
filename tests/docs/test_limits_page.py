"""The page on the JSON of limits names every key."""

from __future__ import annotations

import re
from pathlib import Path

from support import priced

from archcode.headroom import MOST, headroom_of
from archcode.render.headroom_json import SCHEMA_VERSION, document

PAGE = (Path(__file__).parents[2] / "docs" / "limits-json.md").read_text("utf-8")


def test_names_every_key_and_no_other():
    stream = "app: {type: client}\nclicks: {type: kinesis.stream, shard_count: 4}"
    found = headroom_of(priced(stream, "- app -> clicks: {rate: 1/s, size: 1 B}"))
    shape = document([found])
    (spec,) = shape["specs"]
    component = spec["components"][1]
    sections = {
        "": shape,
        "specs[]": spec,
        "components[]": component,
        "limits[]": component["limits"][0],
    }
    for title, values in sections.items():
        part = PAGE.split(f"## `{title}`")[1] if title else PAGE
        rows = re.findall(r"^\| (`[^|]+) \|", part.split("\n## ")[0], re.MULTILINE)

        assert [name.strip("`") for name in rows] == [*values], title


def test_states_the_version_and_the_bound():
    assert f"`schema_version` is `{SCHEMA_VERSION}`" in PAGE
    assert f"{MOST:,} times" in PAGE
