"""Texts and file names that mean something to an output's format are shown as they are."""

from __future__ import annotations

import csv
import io
import json

import pytest
from support import PRICES, found, priced

from archcode.estimate import price
from archcode.explanation import explain
from archcode.render import dot, estimate_json, findings, focus_csv, markdown, picture, table
from archcode.spec.parse import parse
from archcode.topology import propagate

SPEC = r"""
title: "one\ntwo | [x](y) <b> `c` *d*"
region: us-east-1
components:
  shop: {type: client, label: "a \"quoted\" \\ label"}
  orders: {type: sqs.queue}
flows:
  - shop -> orders: {rate: 1/s, size: 1 KB, label: "1\n2"}
"""


@pytest.fixture(scope="module")
def hostile():
    return price(propagate(parse(SPEC)), PRICES)


def test_markdown_shows_a_title_as_it_is(hostile):
    first, *_ = markdown.render(hostile, ()).splitlines()

    assert first == r"# one two \| \[x\](y) &lt;b&gt; \`c\` \*d\*"


@pytest.mark.parametrize(
    ("file", "target"),
    [
        ("orders.svg", "orders.svg"),
        ("my orders (1).svg", "<my orders (1).svg>"),
        ("a<b>.svg", r"<a\<b\>.svg>"),
    ],
)
def test_markdown_links_any_file_name(hostile, file, target):
    assert f"]({target})\n" in markdown.render(hostile, (), pictures=[("", file)])


def test_a_table_has_its_title_on_one_line(hostile):
    first, second, *_ = table.render(hostile).splitlines()

    assert first == "one two | [x](y) <b> `c` *d*"
    assert second.startswith("us-east-1, ")


def test_a_table_is_bold_where_colour_is_wanted_only(hostile):
    assert "\x1b" not in table.render(hostile)
    assert table.render(hostile, colour=True).startswith("\x1b[1mone two")


def test_json_keeps_a_title_as_it_was_written(hostile):
    document = json.loads(estimate_json.render(hostile, ()))

    assert document["title"] == "one\ntwo | [x](y) <b> `c` *d*"


def test_dot_escapes_quotes_and_backslashes(hostile):
    text = dot.render(picture.render(hostile))

    assert r"a \"quoted\" \\ label" in text


def test_csv_has_no_cell_that_a_spreadsheet_runs(hostile):
    for row in csv.reader(io.StringIO(focus_csv.render(hostile))):
        assert not [cell for cell in row if cell.startswith(("=", "+", "@"))]


def test_two_ways_between_two_components_add_up_in_json():
    # a queue that is read into its own dead-letter queue: 1/s flow, nothing is given up
    result = priced(
        """
c: {type: client}
q: {type: sqs.queue, redrive_policy: {dead_letter_target: d}}
d: {type: sqs.queue}
""",
        "- c -> q: {rate: 1/s, size: 1 KB}\n- q -> d",
    )
    loads = estimate_json.document(result, ())["loads"]

    assert loads["q -> d"]["messages_per_second"] == "1"


def test_explain_tells_what_is_configured():
    result = priced(
        "c: {type: client}\nk: {type: kinesis.stream, shard_count: 4}",
        "- c -> k: {rate: 1/s, size: 1 KB}",
    )

    assert "; 4 configured\n" in explain(result, "k")


def test_findings_are_lines_to_jump_to():
    problems = found("q: {type: sqs.queue}")

    assert findings.render(problems, "a b.yaml") == (
        "a b.yaml:3:3: warning: q no flow begins or ends here, so its traffic counts as none"
        " [unconnected_component]\n"
        "    hint: add a flow, or state its measured quantities under usage\n"
    )
    assert "\x1b[33;1mwarning\x1b[0m" in findings.render(problems, "a.yaml", colour=True)
