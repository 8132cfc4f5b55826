"""Files and folders that cannot be read or written, and bytes that are no text."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

GOOD = """\
region: us-east-1
components:
  shop: {type: server}
  orders: {type: sqs.queue}
flows:
  - shop -> orders: {rate: 1/s, size: 1 KB}
"""
BAD = GOOD.replace("1/s", "1")
HEAD = b"region: us-east-1\ncomponents:\n"


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def _write(name, data):
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def _tree(folder):
    return {path: path.read_bytes() for path in sorted(Path(folder).rglob("*")) if path.is_file()}


BYTES = {
    "latin-1": (
        HEAD + b"  orders: {type: sqs.queue, label: Bestellung f\xfcr M\xfcller}\n",
        "a.yaml:3:48: error: byte 0xfc is not UTF-8 text [not_utf8]\n1 error\n",
    ),
    "a byte behind wide characters": (
        "title: Größe 漢字 \U0001f600".encode() + b"\xff",
        "a.yaml:1:18: error: byte 0xff is not UTF-8 text [not_utf8]\n1 error\n",
    ),
    "UTF-16": (
        "region: us-east-1\n".encode("utf-16"),
        "a.yaml:1:1: error: byte 0xff is not UTF-8 text [not_utf8]\n1 error\n",
    ),
    "cut in the middle of a character": (
        HEAD + "  a: ä".encode()[:-1],
        "a.yaml:3:6: error: byte 0xc3 is not UTF-8 text [not_utf8]\n1 error\n",
    ),
    "an encoded surrogate": (
        b"title: \xed\xa0\x80",
        "a.yaml:1:8: error: byte 0xed is not UTF-8 text [not_utf8]\n1 error\n",
    ),
    "NUL": (
        HEAD + b"  orders: \x00",
        (
            "a.yaml:3:11: error: the file holds the control character U+0000; it is no text"
            " [not_text]\n1 error\n"
        ),
    ),
    "an executable": (
        b"\x7fELF\x02\x01\x01\x00" + bytes(range(128)),
        (
            "a.yaml:1:1: error: the file holds the control character U+007F; it is no text"
            " [not_text]\n1 error\n"
        ),
    ),
    "a terminal escape": (
        HEAD + b"  \x1b[31m: {type: sqs.queue}\n",
        (
            "a.yaml:3:3: error: the file holds the control character U+001B; it is no text"
            " [not_text]\n1 error\n"
        ),
    ),
    "no byte at all": (
        b"",
        (
            "a.yaml:1:1: error: the file is empty; a spec needs components [empty_file]\n"
            "    hint: archcode init writes one\n1 error\n"
        ),
    ),
}


@pytest.mark.parametrize("name", BYTES)
def test_names_the_place_of_bytes_that_are_no_text(name, archcode):
    data, expected = BYTES[name]
    _write("a.yaml", data)
    ended = archcode("validate", "a.yaml")

    assert (ended.code, ended.terminal) == (1, expected)


def test_refuses_a_file_of_50_mb_without_reading_it_all(archcode):
    with Path("big.yaml").open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    ended = archcode("validate", "big.yaml")

    assert ended.code == 1
    assert ended.terminal == (
        "big.yaml:1:1: error: the file has 52,428,800 bytes, above the maximum of 8,388,608"
        " [file_too_large]\n1 error\n"
    )


def test_refuses_too_much_on_standard_input(archcode):
    ended = archcode("validate", "-", stdin=b"#" * (8 * 1024 * 1024 + 1))

    assert ended.code == 1
    assert ended.terminal == (
        "<stdin>:1:1: error: the file has 8,388,609 bytes, above the maximum of 8,388,608"
        " [file_too_large]\n1 error\n"
    )


def test_stops_at_40_levels_in_every_form(archcode):
    block = "".join(f"{'  ' * level}a:\n" for level in range(40))
    flow = "a: " + "{a: " * 40 + "}" * 40
    lists = "- " * 40 + "a"
    for text in (block, flow, lists):
        _write("a.yaml", text)
        ended = archcode("validate", "a.yaml")

        assert ended.code == 1
        assert "this is nested deeper than 32 levels [nesting_too_deep]" in ended.err
        assert ended.err.endswith("1 error\n")


def test_a_million_brackets_neither_hang_nor_overflow(archcode):
    _write("a.yaml", "[" * 1_000_000)
    ended = archcode("validate", "a.yaml")

    assert ended.code == 1
    # Some builds of libyaml give up at their own limit, before they hand out the first bracket.
    assert re.fullmatch(
        r"a\.yaml:1:(34|1001): error: this is nested deeper than 32 levels \[nesting_too_deep\]\n"
        r"1 error\n",
        ended.terminal,
    )


def test_thousands_of_misspelt_names_are_told_in_seconds(archcode):
    names = "".join(f"  queue-{number}: {{type: sqs.queue}}\n" for number in range(3000))
    flows = "".join(f"  - queue-{number}x -> quue-{number}\n" for number in range(3000))
    _write("a.yaml", f"region: us-east-1\ncomponents:\n{names}flows:\n{flows}")
    ended = archcode("validate", "a.yaml")

    assert ended.err.endswith("6000 errors\n")


USAGE = {
    "a missing file": (["validate", "nowhere.yaml"], "archcode: nowhere.yaml: no such file\n"),
    "a folder without specs": (
        ["validate", "empty"],
        "archcode: empty: no .yaml file in this folder\n",
    ),
    "two specs of one name": (
        ["validate", "a.yaml", "sub/a.yaml"],
        "archcode: sub/a.yaml: has the same name as a.yaml, so outputs would collide\n",
    ),
    "an unknown region": (
        ["validate", "a.yaml", "--region", "eu-central-9"],
        (
            'archcode: --region is "eu-central-9", which is no AWS region;'
            " did you mean eu-central-1?\n"
        ),
    ),
    "an hour too many": (
        ["validate", "a.yaml", "--hours-per-month", "745"],
        'archcode: --hours-per-month is "745"; it must be a number from 1 to 744\n',
    ),
    "no hours": (
        ["validate", "a.yaml", "--hours-per-month", "0"],
        'archcode: --hours-per-month is "0"; it must be a number from 1 to 744\n',
    ),
    "hours that are no number": (
        ["validate", "a.yaml", "--hours-per-month", "a month"],
        'archcode: --hours-per-month is "a month"; it must be a number from 1 to 744\n',
    ),
    "hours that are not finite": (
        ["validate", "a.yaml", "--hours-per-month", "nan"],
        'archcode: --hours-per-month is "nan"; it must be a number from 1 to 744\n',
    ),
    "a division by zero": (
        ["validate", "a.yaml", "--hours-per-month", "1/0"],
        'archcode: --hours-per-month is "1/0"; it must be a number from 1 to 744\n',
    ),
    "a huge exponent": (
        ["validate", "a.yaml", "--hours-per-month", "1e999999999"],
        'archcode: --hours-per-month is "1e999999999"; it must be a number from 1 to 744\n',
    ),
    "an unknown output format": (
        ["render", "a.yaml", "--format", "md,gif"],
        (
            'archcode: --format: "gif" is no format; known: svg, png, pdf, pptx, drawio, dot, mmd,'
            " d2, html, md, json\n"
        ),
    ),
    "no output format": (
        ["render", "a.yaml", "--format", ","],
        (
            "archcode: --format: no format is named; known: svg, png, pdf, pptx, drawio, dot, mmd,"
            " d2, html, md, json\n"
        ),
    ),
    "an unknown component to explain": (
        ["estimate", "a.yaml", "--explain", "oders"],
        'archcode: --explain: "oders" is no component; did you mean orders?\n',
    ),
    "an unknown type of prices": (
        ["prices", "show", "sqs.que"],
        'archcode: "sqs.que" is no known type and no price file; did you mean sqs.queue?\n',
    ),
    "an unknown type of service": (
        ["services", "sns"],
        'archcode: "sns" is no known type; did you mean sns.topic?\n',
    ),
    "a file that exists": (
        ["init", "a.yaml"],
        "archcode: a.yaml: exists already; --force overwrites it\n",
    ),
    "an output folder that is a file": (
        ["render", "a.yaml", "-f", "md", "-o", "file"],
        "archcode: file/a.md: cannot be written: File exists\n",
    ),
    "an output folder below a file": (
        ["render", "a.yaml", "-f", "md", "-o", "file/out"],
        "archcode: file/out/a.md: cannot be written: Not a directory\n",
    ),
    "an output file that is a folder": (
        ["schema", "-o", "empty"],
        "archcode: empty: cannot be written: is a folder\n",
    ),
    "a schema below a file": (
        ["schema", "-o", "file/schema.json"],
        "archcode: file/schema.json: cannot be written: File exists\n",
    ),
    "a first spec below a file": (
        ["init", "file/a.yaml"],
        "archcode: file/a.yaml: cannot be written: File exists\n",
    ),
}


@pytest.mark.parametrize("name", USAGE)
def test_wrong_usage_is_one_sentence_and_exit_code_2(name, archcode):
    _write("a.yaml", GOOD)
    _write("sub/a.yaml", GOOD)
    _write("file", b"")
    Path("empty").mkdir()
    before = _tree(".")
    arguments, expected = USAGE[name]
    ended = archcode(*arguments)

    assert (ended.code, ended.err) == (2, expected)
    assert _tree(".") == before


def test_a_broken_spec_in_a_folder_does_not_hide_the_others(archcode):
    _write("specs/a.yaml", BAD)
    _write("specs/b.yaml", GOOD)
    _write("specs/c.yml", GOOD.replace("1 KB", "2 MB"))
    ended = archcode("validate", "specs")

    assert ended.code == 1
    assert ended.err == (
        "specs/a.yaml:6:28: error: shop -> orders.rate is 1, a rate without a unit; write it like"
        " 350/s, 20k/min, 5M/day [missing_unit]\n1 error\n"
        "specs/c.yml:6:5: error: shop -> orders messages of 2 MB are larger than orders takes"
        " (1 MB): a headroom of -100% [message_too_large]\n"
        "    hint: keep the payload in Amazon S3 and send its key, or compress it\n"
    )
    assert ended.out == (
        "specs/b.yaml: no findings in 2 components\nspecs/c.yml: 1 error in 2 components\n"
    )


@pytest.mark.parametrize("text", [BAD, GOOD.replace("1 KB", "2 MB"), "[", "\x00"])
def test_a_failed_render_leaves_earlier_outputs_as_they_were(text, archcode):
    spec = _write("a.yaml", GOOD)
    assert archcode("render", spec, "-f", "md,json", "-o", "out").code == 0
    before = _tree(".")
    assert sorted(before) == [Path("a.yaml"), Path("out/a.json"), Path("out/a.md")]
    _write("a.yaml", text)

    assert archcode("render", spec, "-f", "md,json", "-o", "out").code == 1
    assert _tree(".") == before | {spec: text.encode()}


def test_a_failed_write_leaves_no_output_at_all(archcode):
    _write("a.yaml", GOOD)
    Path("out/a.json").mkdir(parents=True)
    ended = archcode("render", "a.yaml", "-f", "md,json", "-o", "out")

    assert (ended.code, ended.err) == (
        2,
        "archcode: out/a.json: cannot be written: is a folder\n",
    )
    assert _tree("out") == {}


def test_an_interrupted_write_leaves_no_temporary_file(archcode, monkeypatch):
    _write("a.yaml", GOOD)
    rename = Path.replace

    def interrupted(source, target):
        if target.suffix == ".json":
            raise KeyboardInterrupt
        return rename(source, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    ended = archcode("render", "a.yaml", "-f", "md,json", "-o", "out")

    assert ended.code == 130
    assert "Traceback" not in ended.terminal
    assert [path.name for path in _tree("out")] == ["a.md"]


def test_anyway_writes_the_outputs_of_a_spec_with_errors(archcode):
    _write("a.yaml", GOOD.replace("1 KB", "2 MB"))
    ended = archcode("render", "a.yaml", "-f", "md,json", "-o", "out", "--anyway")

    assert ended.code == 1
    assert sorted(_tree("out")) == [Path("out/a.json"), Path("out/a.md")]


@pytest.mark.parametrize(
    ("data", "code", "err"),
    [
        (GOOD.encode(), 0, b""),
        (
            BAD.encode(),
            1,
            (
                b"a.yaml:6:28: error: shop -> orders.rate is 1, a rate without a unit; write it"
                b" like 350/s, 20k/min, 5M/day [missing_unit]\n1 error\n"
            ),
        ),
        (b"\xff", 1, b"a.yaml:1:1: error: byte 0xff is not UTF-8 text [not_utf8]\n1 error\n"),
        (
            "region: us-east-1\ncomponents: {größe: 1}\n".encode(),
            1,
            'a.yaml:2:14: error: "größe" is no name of a component [bad_name]\n'.encode()
            + b"    hint: a letter, then up to 79 letters, digits, dots, hyphens or underscores\n"
            + "a.yaml:2:21: error: größe is 1, not a mapping such as {type: sqs.queue}".encode()
            + b" [wrong_type]\n2 errors\n",
        ),
    ],
)
def test_the_process_says_the_same(data, code, err):
    _write("a.yaml", data)
    command = [sys.executable, "-m", "archcode", "validate", "a.yaml"]
    ended = subprocess.run(command, capture_output=True, timeout=30, check=False)

    assert (ended.returncode, ended.stderr) == (code, err)


def test_a_terminal_without_unicode_gets_the_findings_all_the_same():
    _write("a.yaml", "region: us-east-1\ncomponents: {größe: {type: sqs.queue}}\n")
    command = [sys.executable, "-m", "archcode", "validate", "a.yaml"]
    environment = {"PYTHONIOENCODING": "ascii", "PATH": "/usr/bin:/bin"}
    ended = subprocess.run(command, capture_output=True, timeout=30, check=False, env=environment)

    assert ended.returncode == 1
    assert ended.stderr.startswith(b'a.yaml:2:14: error: "gr??e" is no name of a component')
