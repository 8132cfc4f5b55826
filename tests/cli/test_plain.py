"""Calls without options skip the option parser, and nobody can tell."""

from __future__ import annotations

import os
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
