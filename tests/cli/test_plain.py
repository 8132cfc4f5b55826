"""Calls without options skip the option parser, and nobody can tell."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from archcode.cli._plain import fits

ROOT = Path(__file__).parents[2]
SPEC = str(ROOT / "specs" / "work-queue.yaml")
BAD = str(ROOT / "tests" / "bad_input" / "cases" / "alias_bomb.yaml")
WITH_DEFAULT = {
    "estimate": ["--format", "table"],
    "limits": ["--format", "text"],
    "render": ["--format", "svg,png,md,json"],
    "validate": ["--hours-per-month", "730"],
}


def ran(folder: Path, *arguments: str) -> tuple[int, str, str, dict[str, bytes]]:
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "archcode", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COLUMNS": "100"},
    )
    files = {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    return done.returncode, done.stdout, done.stderr, files


@pytest.mark.parametrize("command", WITH_DEFAULT)
@pytest.mark.parametrize("files", [[SPEC], [BAD], ["missing.yaml"]], ids=["good", "bad", "missing"])
def test_both_ways_end_alike(command, files, tmp_path):
    plain = ran(tmp_path / "plain", command, *files)
    parsed = ran(tmp_path / "parsed", command, *files, *WITH_DEFAULT[command])

    assert plain == parsed


@pytest.mark.parametrize("formats", ["dot", "md,dot", "svg,nothing", ","])
def test_options_of_render_are_what_the_parser_makes_of_them(formats, tmp_path):
    plain = ran(tmp_path / "plain", "render", SPEC, "-o", "here/there", "-f", formats)
    parsed = ran(tmp_path / "parsed", "render", SPEC, "--output=here/there", f"--format={formats}")

    assert plain == parsed


@pytest.mark.parametrize(
    ("arguments", "plain"),
    [
        (["render", "a.yaml"], True),
        (["render", "a.yaml", "b.yaml"], True),
        (["validate", "specs"], True),
        (["estimate", "a.yaml"], True),
        (["limits", "a.yaml", "b.yaml"], True),
        (["limits", "a.yaml", "--all"], False),
        (["estimate", "a.yaml", "b.yaml"], False),
        (["render"], False),
        (["render", "--help"], False),
        (["render", "a.yaml", "-o", "out"], True),
        (["render", "--format", "png", "a.yaml", "--output", "out"], True),
        (["render", "a.yaml", "-f", "png", "-f", "svg"], False),
        (["render", "a.yaml", "-f"], False),
        (["render", "a.yaml", "-f", ""], False),
        (["render", "a.yaml", "-f", "-o"], False),
        (["render", "-o", "out"], False),
        (["render", "a.yaml", "--format=png"], False),
        (["render", "a.yaml", "--", "-o"], False),
        (["validate", "a.yaml", "-o", "out"], False),
        (["validate", "-"], False),
        (["estimate", ""], False),
        (["services"], False),
        ([], False),
    ],
)
def test_which_calls_are_plain(arguments, plain):
    assert fits(arguments) is plain


def test_a_plain_call_does_not_load_the_option_parser(tmp_path):
    code = (
        "import sys; sys.argv = ['archcode', 'estimate', sys.argv[1]]\n"
        "from archcode.__main__ import main\n"
        "main()\n"
        "sys.stderr.write(' '.join(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, SPEC], capture_output=True, text=True, check=True, cwd=tmp_path
    )

    assert "typer" not in done.stderr.split()
    assert "archcode.estimate" in done.stderr.split()
    assert "pydantic" not in done.stderr.split()


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&-", "<&- >&- 2>&-"])
def test_a_stream_that_is_closed_is_none_to_write_to(closed, tmp_path):
    command = f"{shlex.quote(sys.executable)} -m archcode render {SPEC} -f png -o {tmp_path}"
    done = subprocess.run(
        ["sh", "-c", f"{command} {closed}"], capture_output=True, check=False, text=True
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "work-queue.png").read_bytes().startswith(b"\x89PNG")


def test_a_command_ends_with_its_code_and_all_of_its_words(tmp_path):
    (tmp_path / "wrong.yaml").write_text("region: eu-west-9\n")
    ends = {}
    for words in (("validate", SPEC), ("validate", "wrong.yaml"), ("rendr",), ("estimate", SPEC)):
        command = [sys.executable, "-m", "archcode", *map(str, words)]
        done = subprocess.run(command, capture_output=True, check=False, text=True, cwd=tmp_path)
        ends[words[0], done.returncode] = done.stdout + done.stderr

    assert [code for _, code in ends] == [0, 1, 2, 0]
    assert "no AWS region" in ends["validate", 1]
    assert ends["estimate", 0].rstrip().endswith("$0.3002")
