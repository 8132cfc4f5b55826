"""`archcode failure-modes`."""

from __future__ import annotations

import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
SPEC = str(ROOT / "specs" / "work-queue.yaml")


def test_prints_a_paragraph_for_each_handoff(archcode):
    ended = archcode("failure-modes", SPEC)

    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("# Failure modes: Work queue\n\n## orders → worker\n\n")
    assert ended.out.count("**Poison messages.**") == 1


def test_the_page_names_every_key(archcode):
    document = json.loads(archcode("failure-modes", SPEC, "--format", "json").out)
    page = (ROOT / "docs" / "failure-modes.md").read_text("utf-8")
    rows = re.findall(r"^\| (`[^|]+) \|", page, re.MULTILINE)
    named = [name for row in rows for name in re.findall(r"`([a-z_]+)`", row)]

    assert [*document] == ["schema_version", "title", "handoffs"]
    assert named == [*document["handoffs"][0]]


def test_keeps_those_of_one_component(archcode):
    fanout = str(ROOT / "specs" / "order-fanout.yaml")
    ended = archcode("failure-modes", fanout, "--component", "billing")

    assert re.findall("^## (.*)", ended.out, re.MULTILINE) == [
        "order-events → billing",
        "billing → bill",
    ]
    ended = archcode("failure-modes", fanout, "--component", "biling")
    assert ended.code == 2
    assert ended.err == ('archcode: --component: "biling" is no component; did you mean billing?\n')


def test_says_that_there_are_none(archcode, tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("region: us-east-1\ncomponents: {q: {type: sqs.queue}}\n")

    assert archcode("failure-modes", str(path)).out == (
        "# Failure modes: Untitled\n\nNothing is handed over asynchronously.\n"
    )


def test_a_bad_spec_has_its_errors(archcode, tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("region: us-east-1\ncomponents: {q: {type: sqs.que}}\n")
    ended = archcode("failure-modes", str(path))

    assert (ended.code, ended.out) == (1, "")
    assert "unknown_type" in ended.err


def test_labels_are_text(archcode, tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text(
        "region: us-east-1\ncomponents:\n  c: {type: client}\n"
        "  q: {type: sqs.queue, label: '<b>*x*'}\n  s: {type: server}\n"
        "flows: ['c -> q': {rate: 1/s, size: 1 KB}, q -> s]\n"
    )

    assert r"&lt;b&gt;\*x\* (SQS standard)" in archcode("failure-modes", str(path)).out
