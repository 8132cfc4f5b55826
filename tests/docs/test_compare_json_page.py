"""The page on the JSON of comparisons names every key."""

from __future__ import annotations

import re
from pathlib import Path

from small import SMALL, compared
from support import PRICES

from archcode.compare import Basis
from archcode.compare.specs import compare_specs
from archcode.render import specs_json
from archcode.render.comparison_json import SCHEMA_VERSION, document
from archcode.spec.parse import parse

PAGE = (Path(__file__).parents[2] / "docs" / "compare-json.md").read_text("utf-8")


def test_names_every_key_and_no_other():
    shape = document(compared())
    option = next(o for o in shape["options"] if o["capacity"])
    for title, values in (("", shape), ("options[]", option)):
        part = PAGE.split(f"## `{title}`")[1] if title else PAGE
        rows = re.findall(r"^\| (`[^|]+) \|", part.split("\n## ")[0], re.MULTILINE)

        assert [name.strip("`") for name in rows] == [*values], title


def test_names_the_keys_of_sizes_and_limits():
    option = next(o for o in document(compared())["options"] if o["capacity"])
    for key, values in (
        ("capacity", option["capacity"][0]),
        ("binding_limit", option["binding_limit"]),
    ):
        (row,) = [line for line in PAGE.splitlines() if line.startswith(f"| `{key}` ")]

        assert re.findall(r"`(\w+)`", row)[1:] == [*values]


def test_states_the_version():
    assert f"`schema_version` is `{SCHEMA_VERSION}`" in PAGE


def test_names_the_keys_of_specs():
    basis = Basis(PRICES)
    (side,) = specs_json.document(compare_specs([("small", parse(SMALL))], basis))["specs"]
    rows = re.findall(r"^\| (`[^|]+) \|", PAGE.split("## `specs[]`")[1], re.MULTILINE)
    (limit,) = [line for line in PAGE.splitlines() if line.startswith("| `first_to_break` ")]

    assert [name.strip("`") for name in rows] == [*side]
    assert re.findall(r"`(\w+)`", limit)[1:-1] == [*side["first_to_break"]]
    assert f"`schema_version` `{specs_json.SCHEMA_VERSION}`" in PAGE
