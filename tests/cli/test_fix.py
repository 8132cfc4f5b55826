"""`--fix` changes the settings that findings name, and nothing else; `--diff` only shows it."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import PRICES

from archcode.cli import _fixing, _io
from archcode.estimate import price
from archcode.model import Finding, Severity
from archcode.review import findings
from archcode.spec.load import load
from archcode.spec.parse import parse
from archcode.topology import propagate

SPEC = """\
# One comment
region: us-east-1   # another
components:
  shop: {type: client, label: "Größe # 1"}
  orders:
    type: sqs.queue
    fifo_queue: true
    visibility_timeout: 5100
    redrive_policy: {dead_letter_target: missed, max_receive_count: 5}
  missed: {type: sqs.queue, fifo_queue: true, message_retention_period: 14 d}
  worker:
    type: lambda.function

    duration: 80 ms
    timeout: 850 # too long
  clicks: {type: kinesis.stream}
  kafka: {type: msk.serverless_cluster}
flows:
  - shop -> orders: {rate: 100/s, size: 2 KB}
  - orders -> worker: {batch: 11, label: eleven,
      function_response_types: [ReportBatchItemFailures]}
  - shop -> clicks: {rate: 100/s, size: 2 KB}
  - {from: clicks, to: worker, bisect_batch_on_function_error: true,
      maximum_record_age_in_seconds: "59 s"}
"""
MENDED = SPEC.replace("batch: 11,", "batch: 10,").replace('"59 s"', "60")
TWO = "specs/a.yaml: mended 2 settings\n"


@pytest.fixture(autouse=True)
def _in_a_folder_of_specs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("specs").mkdir()
    Path("specs/a.yaml").write_text(SPEC)


def fixed(archcode, *options, path="specs/a.yaml"):
    return archcode("validate", path, "--fix", *options)


def test_settings_are_mended_and_all_else_stays(archcode):
    before = archcode("validate", "specs/a.yaml")
    ended = fixed(archcode)

    assert "[fifo_batch_above_10]" in before.err
    assert "[record_age_below_60]" in before.err
    assert Path("specs/a.yaml").read_text() == MENDED
    assert ended.err.startswith(TWO)
    assert "[fifo_batch_above_10]" not in ended.err
    assert "[record_age_below_60]" not in ended.err
    assert ended.out.startswith("specs/a.yaml: ")


def test_a_second_time_changes_nothing(archcode):
    fixed(archcode)
    before = Path("specs/a.yaml").stat()
    ended = fixed(archcode)
    after = Path("specs/a.yaml").stat()

    assert "mended" not in ended.err
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_only_what_is_chosen_is_mended(archcode):
    fixed(archcode, "--select", "fifo_batch_above_10")

    assert Path("specs/a.yaml").read_text() == SPEC.replace("batch: 11,", "batch: 10,")


def test_what_is_ignored_stays(archcode):
    text = SPEC.replace("eleven,", "eleven,  # archcode: ignore[fifo_batch_above_10] a test")
    Path("specs/a.yaml").write_text(text)
    fixed(archcode)

    assert Path("specs/a.yaml").read_text() == text.replace('"59 s"', "60")


def test_a_diff_shows_it_and_writes_nothing(archcode):
    ended = archcode("validate", "specs", "--diff")

    assert ended.code == 1
    assert ended.err == ""
    assert ended.out == (
        "--- specs/a.yaml\n"
        "+++ specs/a.yaml\n"
        "@@ -17,8 +17,8 @@\n"
        "   kafka: {type: msk.serverless_cluster}\n"
        " flows:\n"
        "   - shop -> orders: {rate: 100/s, size: 2 KB}\n"
        "-  - orders -> worker: {batch: 11, label: eleven,\n"
        "+  - orders -> worker: {batch: 10, label: eleven,\n"
        "       function_response_types: [ReportBatchItemFailures]}\n"
        "   - shop -> clicks: {rate: 100/s, size: 2 KB}\n"
        "   - {from: clicks, to: worker, bisect_batch_on_function_error: true,\n"
        '-      maximum_record_age_in_seconds: "59 s"}\n'
        "+      maximum_record_age_in_seconds: 60}\n"
    )
    assert Path("specs/a.yaml").read_text() == SPEC


def test_a_diff_of_nothing_is_empty(archcode):
    Path("specs/a.yaml").write_text(MENDED)

    assert archcode("validate", "specs", "--diff") == archcode(
        "validate", "specs", "--fix", "--diff"
    )
    assert archcode("validate", "specs", "--diff").terminal == ""
    assert archcode("validate", "specs", "--diff").code == 0


def test_a_diff_knows_a_text_without_an_end(archcode):
    Path("specs/a.yaml").write_bytes(SPEC.rstrip("\n").replace("\n", "\r\n").encode())
    out = archcode("validate", "specs/a.yaml", "--diff").out

    assert '"59 s"}\n\\ No newline at end of file\n+' in out
    assert out.endswith("60}\n\\ No newline at end of file\n")
    assert "{batch: 10, label: eleven,\r\n" in out


def test_standard_input_is_answered_on_standard_output(archcode):
    ended = archcode("validate", "-", "--fix", stdin=SPEC.encode())

    assert ended.out == MENDED
    assert ended.err.startswith("-: mended 2 settings\n")
    assert archcode("validate", "-", "--fix", stdin=MENDED.encode()).out == MENDED
    assert archcode("validate", "-", "--diff", stdin=SPEC.encode()).out.startswith("--- <stdin>\n")


def test_a_reader_that_has_gone_is_no_error():
    ours, theirs = os.pipe()
    os.close(ours)
    command = [sys.executable, "-m", "archcode", "validate", "-", "--fix"]
    with os.fdopen(theirs, "wb") as gone:
        done = subprocess.run(
            command, input=SPEC.encode(), stdout=gone, stderr=subprocess.PIPE, check=False
        )

    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("data", [b"[", b"\xff", b"", SPEC.replace("100/s", "100").encode()])
def test_what_cannot_be_read_stays_as_it_is(data, archcode):
    Path("specs/a.yaml").write_bytes(data)
    ended, shown = fixed(archcode), archcode("validate", "specs/a.yaml", "--diff")

    assert (ended.code, shown.code) == (1, 1)
    assert Path("specs/a.yaml").read_bytes() == data
    assert (ended.out, shown.out) == ("", "")
    assert ended.err == shown.err
    if data != b"\xff":
        assert archcode("validate", "-", "--fix", stdin=data).out == data.decode()


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_bytes_stay(mark, ending, archcode):
    Path("specs/a.yaml").write_bytes(mark + SPEC.replace("\n", ending).encode())
    fixed(archcode)

    assert Path("specs/a.yaml").read_bytes() == mark + MENDED.replace("\n", ending).encode()


def test_the_mode_of_a_file_and_a_link_stay(archcode):
    Path("specs/a.yaml").chmod(0o640)
    Path("link.yaml").symlink_to("specs/a.yaml")
    fixed(archcode, path="link.yaml")

    assert Path("link.yaml").is_symlink()
    assert Path("specs/a.yaml").read_text() == MENDED
    assert stat.S_IMODE(Path("specs/a.yaml").stat().st_mode) == 0o640
    assert [path.name for path in Path("specs").iterdir()] == ["a.yaml"]


def test_a_file_that_is_read_only_stays(archcode):
    Path("specs/a.yaml").chmod(0o444)
    ended = fixed(archcode)

    assert (ended.code, ended.err) == (
        2,
        "archcode: specs/a.yaml: cannot be written: is read-only\n",
    )
    assert Path("specs/a.yaml").read_text() == SPEC


def test_a_file_that_changes_meanwhile_stays(archcode, monkeypatch):
    look = _io.review_text

    def slow(*arguments):
        Path("specs/a.yaml").write_text("# another editor\n")
        return look(*arguments)

    monkeypatch.setattr(_io, "review_text", slow)
    ended = fixed(archcode)

    assert (ended.code, ended.err) == (
        2,
        "archcode: specs/a.yaml: has changed while it was checked; nothing written\n",
    )
    assert Path("specs/a.yaml").read_text() == "# another editor\n"


def test_a_file_that_goes_meanwhile_is_not_made_again(archcode, monkeypatch):
    look = _io.review_text

    def slow(*arguments):
        Path("specs/a.yaml").unlink(missing_ok=True)
        return look(*arguments)

    monkeypatch.setattr(_io, "review_text", slow)
    ended = fixed(archcode)

    assert (ended.code, ended.err) == (
        2,
        "archcode: specs/a.yaml: cannot be written: No such file or directory\n",
    )
    assert [*Path("specs").iterdir()] == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["specs", "--diff", "--format", "json"], "--diff prints a diff, which has no --format"),
        (
            ["-", "--fix", "--format", "sarif"],
            "--fix prints the spec of standard input, which has no --format",
        ),
    ],
)
def test_two_things_in_one_place_are_wrong_usage(arguments, said, archcode):
    ended = archcode("validate", *arguments, stdin=SPEC.encode())

    assert (ended.code, ended.terminal) == (2, f"archcode: {said}\n")


def test_a_document_is_that_of_the_mended_spec(archcode):
    ended = fixed(archcode, "--format", "github")

    assert "fifo_batch_above_10" not in ended.out
    assert ended.err.startswith(TWO)


# What findings ask for, whatever rules there are.

SMALL = "region: us-east-1\ncomponents:\n  a: {type: sqs.queue, delay_seconds: 1}\n"


def _asking(*wishes):
    """A look at a spec that finds settings which are not as wished."""

    def look(text):
        spec = parse(text)
        found = []
        for where, value, wrong in wishes:
            at = load(text).value
            for key in spec.setting(where):
                at = (
                    at[key]
                    if isinstance(key, int)
                    else at.get(key)
                    if isinstance(at, dict)
                    else None
                )
            if wrong(at):
                found.append(Finding("rule_a", Severity.ERROR, where, "is wrong", "", remedy=value))
        return spec, tuple(found)

    return look


def test_a_remedy_may_bring_another_to_light():
    look = _asking(
        ("a.delay_seconds", 2, lambda at: at == 1), ("a.delay_seconds", 3, lambda at: at == 2)
    )
    done = _fixing.fixed(SMALL, look)

    assert done == _fixing.Fixed(SMALL.replace("delay_seconds: 1", "delay_seconds: 3"), 1)


def test_a_contested_setting_stays_while_others_are_mended():
    look = _asking(
        ("a.delay_seconds", 2, lambda at: at != 2),
        ("a.delay_seconds", 3, lambda at: at != 3),
        ("a.visibility_timeout", 60, lambda at: at is None),
    )
    done = _fixing.fixed(SMALL, look)

    assert done.text == SMALL.replace("seconds: 1}", "seconds: 1, visibility_timeout: 60}")
    assert _fixing.fixed(done.text, look).text == done.text


def test_a_remedy_that_would_break_the_spec_is_left_out():
    look = _asking(
        ("a.delay_seconds", 10**9, lambda at: at == 1),
        ("a.visibility_timeout", 60, lambda at: at is None),
    )

    assert _fixing.fixed(SMALL, look).text == SMALL.replace(
        "seconds: 1}", "seconds: 1, visibility_timeout: 60}"
    )


def test_only_what_leaves_a_spec_is_safe():
    path, other = ("components", "a", "delay_seconds"), ("components", "a", "visibility_timeout")

    assert _fixing.safe(SMALL, {path: 2, other: 60}) == {path: 2, other: 60}
    assert _fixing.safe(SMALL, {path: 10**9, other: 60}) == {other: 60}
    assert _fixing.safe(SMALL, {("components", "a"): 1}) == {}
    assert _fixing.safe(SMALL, {}) == {}


def test_of_two_arrows_alike_neither_is_mended():
    text = SMALL + "  b: {type: server}\nflows:\n  - b -> a: {batch: 2}\n  - b -> a: {batch: 3}\n"
    done = _fixing.fixed(text, _asking(("b -> a.batch", 10, lambda _: True)))

    assert done == _fixing.Fixed(text, 0)


def test_an_arrow_without_options_gets_some():
    text = (
        SMALL
        + "  b: {type: server}\nflows:\n  - b -> a: {rate: 1/s, size: 1 KB}\n  - a -> b  # why\n"
    )
    done = _fixing.fixed(text, _asking(("a -> b.batch", 10, lambda at: at != 10)))

    assert done == _fixing.Fixed(text.replace("- a -> b  #", "- a -> b: {batch: 10}  #"), 1)


# Any layout of a spec with these defects.

GAPS = st.sampled_from(["", "\n", "# a comment: {x}\n", "  # another 'one\"\n\n"])
TAILS = st.sampled_from(["", "  # why: [1, 2}", " #"])
TEXTS = st.sampled_from(["x", "'it''s # no'", '"Größe \\" # no"', "漢字 \U0001f600"])


@st.composite
def _layouts(draw):
    """A spec with up to three defects in settings that it states or leaves out, in any style."""
    ending = draw(st.sampled_from(["\n", "\r\n"]))
    batch = draw(st.sampled_from(["9", "10", "11", "12"]))
    age = draw(st.sampled_from(["59", "0", '"59 s"', "'1 s'", "60", "-1"]))
    said = draw(st.sampled_from(["true", "false", ""]))
    bisect = [("bisect_batch_on_function_error", said)] if said else []
    label = draw(TEXTS)

    def mapping(indent, pairs):
        if draw(st.booleans()):
            comma = draw(st.sampled_from([", ", ",", " , "]))
            return " {" + comma.join(f"{k}: {v}" for k, v in pairs) + "}" + draw(TAILS) + "\n"
        lines = [f"{indent}{k}: {v}{draw(TAILS)}\n{draw(GAPS)}" for k, v in pairs]
        return draw(TAILS) + "\n" + "".join(lines)

    def flow(ends, pairs):
        if draw(st.booleans()):
            return f"  - {' -> '.join(ends)}:" + mapping("      ", pairs)
        both = [("from", ends[0]), ("to", ends[1]), *pairs]
        return "  - {" + ", ".join(f"{k}: {v}" for k, v in both) + "}" + draw(TAILS) + "\n"

    text = "".join(
        [
            draw(GAPS),
            "region: us-east-1\n",
            "components:\n",
            "  shop:" + mapping("    ", [("type", "client"), ("label", label)]),
            "  orders:"
            + mapping(
                "    ",
                [("type", "sqs.queue"), ("fifo_queue", "true"), ("visibility_timeout", "18")],
            ),
            "  clicks:" + mapping("    ", [("type", "kinesis.stream")]),
            "  worker:" + mapping("    ", [("type", "lambda.function"), ("duration", "80 ms")]),
            draw(GAPS),
            "flows:\n",
            flow(("shop", "orders"), [("rate", "100/s"), ("size", "2 KB")]),
            flow(("orders", "worker"), [("batch", batch), ("label", label)]),
            flow(("shop", "clicks"), [("rate", "100/s"), ("size", "2 KB")]),
            draw(GAPS),
            flow(("clicks", "worker"), [("maximum_record_age_in_seconds", age), *bisect]),
        ]
    )
    return text.replace("\n", ending)


def _look(text):
    estimate = price(propagate(parse(text)), PRICES)
    return estimate.topology.spec, findings(estimate)


@settings(max_examples=60, deadline=None)
@given(_layouts())
def test_any_layout_is_mended_once_and_says_the_same_otherwise(text):
    _, before = _look(text)
    done = _fixing.fixed(text, _look)
    spec, after = _look(done.text)
    wrong = [finding for finding in before if finding.remedy is not None]

    assert done.settings == len(wrong)
    assert [finding for finding in after if finding.remedy is not None] == []
    assert _fixing.fixed(done.text, _look) == _fixing.Fixed(done.text, 0)
    meant = load(text).value
    for finding in wrong:
        meant = _fixing._set(meant, spec.setting(finding.where), finding.remedy)  # noqa: SLF001
    assert load(done.text).value == meant
    left = [f for f in before if f.remedy is None]
    assert [(f.rule, f.where) for f in after] == [(f.rule, f.where) for f in left]
    # A setting that was not there may have its own line, or stand behind another that is mended.
    old, new = Counter(text.split("\n")), Counter(done.text.split("\n"))
    assert bool(wrong) <= (new - old).total() <= len(wrong)
    assert (old - new).total() <= (new - old).total()
    assert text.count("#") == done.text.count("#")
