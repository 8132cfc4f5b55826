"""`archcode render --check`, and several specs at once."""

from __future__ import annotations

import os
import pty
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SPECS = Path(__file__).parents[2] / "specs"
ERROR = "region: us-east-1\ncomponents: {a: {type: sqs.que}}\n"


@pytest.fixture(autouse=True)
def _two_specs(tmp_path, monkeypatch):
    """A folder with two specs, whose outputs are there."""
    (tmp_path / "specs").mkdir()
    for name in ("work-queue", "inbox"):
        shutil.copy(SPECS / f"{name}.yaml", tmp_path / "specs")
    monkeypatch.chdir(tmp_path)


def _state(folder="out"):
    return {path: path.read_bytes() for path in sorted(Path(folder).iterdir())}


def test_outputs_that_are_as_they_would_be_pass(archcode):
    archcode("render", "specs", "-o", "out", "--theme", "light,dark")
    before = _state()
    ended = archcode("render", "specs", "-o", "out", "--theme", "light,dark", "--check")

    assert (ended.code, ended.err) == (0, "")
    assert ended.out == "outputs of 2 specs in out are as they would be drawn\n"
    assert _state() == before


def test_stale_and_missing_outputs_are_named_and_left_alone(archcode):
    archcode("render", "specs", "-o", "out")
    Path("out/inbox.md").unlink()
    with Path("out/inbox.svg").open("a") as file:
        file.write("<!-- by hand -->")
    before = _state()
    ended = archcode("render", "specs", "-o", "out", "--check")

    assert ended.code == 1
    assert ended.out == "outputs of 1 of 2 specs are stale\n"
    assert ended.err == (
        "out/inbox.svg: is stale: archcode render specs/inbox.yaml -o out\n"
        "out/inbox.md: is missing: archcode render specs/inbox.yaml -o out\n"
    )
    assert _state() == before


def test_a_change_of_the_spec_makes_outputs_stale(archcode):
    archcode("render", "specs/inbox.yaml", "-o", "out", "-f", "md")
    spec = Path("specs/inbox.yaml")
    spec.write_text(spec.read_text("utf-8").replace("title: ", "title: New "), "utf-8")
    ended = archcode("render", "specs/inbox.yaml", "-o", "out", "-f", "md", "--check")

    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("out/inbox.md: is stale")


def test_a_bad_spec_is_never_current(archcode):
    Path("specs/inbox.yaml").write_text(ERROR)
    ended = archcode("render", "specs/inbox.yaml", "-o", "out", "--check")

    assert ended.code == 1
    assert "unknown_type" in ended.err
    assert not Path("out").exists()


def test_several_specs_end_with_a_summary(archcode):
    assert archcode("render", "specs", "-f", "md").out.endswith("2 specs rendered to out\n")
    Path("specs/inbox.yaml").write_text(ERROR)
    ended = archcode("render", "specs", "-f", "md")
    assert ended.code == 1
    assert ended.out.endswith("2 specs rendered to out, 1 of them with errors\n")


def test_a_pattern_that_the_shell_leaves_is_taken(archcode):
    ended = archcode("render", "specs/*.yaml", "-f", "md")

    assert ended.code == 0
    assert ended.out.endswith("2 specs rendered to out\n")
    assert archcode("render", str(Path("specs").resolve() / "w*.yaml"), "-f", "md").code == 0


@pytest.mark.parametrize(
    ("pattern", "message"),
    [("specs/x*.yaml", "specs/x*.yaml: matches no file"), ("gone.yaml", "gone.yaml: no such file")],
)
def test_what_is_not_there_is_wrong_usage(archcode, pattern, message):
    ended = archcode("render", pattern)

    assert (ended.code, ended.err) == (2, f"archcode: {message}\n")


def test_files_folders_and_patterns_may_be_mixed(archcode):
    Path("more/deep").mkdir(parents=True)
    shutil.copy(SPECS / "outbox.yaml", "more/deep")
    shutil.copy(SPECS / "cqrs.yaml", "more")
    asked = ("specs", "more/cqrs.yaml", "more/**/out*.yaml", "-f", "json")

    assert archcode("render", *asked).out.endswith("4 specs rendered to out\n")
    assert archcode("render", *asked, "--check").out.startswith("outputs of 4 specs in out are")


def test_the_command_that_is_told_makes_the_output(archcode):
    shutil.copy(SPECS / "inbox.yaml", "specs/my inbox.yaml")
    asked = ("-o", "my docs", "-f", "d2,md", "--theme", "dark", "--region", "ap-south-1")
    ended = archcode("render", "specs/my inbox.yaml", *asked, "--check")
    commands = {line.split(": ", 2)[2] for line in ended.err.splitlines()}
    (command,) = commands
    archcode(*shlex.split(command)[1:])

    assert archcode("render", "specs/my inbox.yaml", *asked, "--check").code == 0
    assert archcode("render", "specs/my inbox.yaml", *asked[:-2], "--check").code == 1


def test_files_that_no_spec_makes_are_nothing_to_a_check(archcode):
    archcode("render", "specs", "-f", "json")
    Path("out/inbox-gone.svg").write_text("<svg/>")
    ended = archcode("render", "specs", "-f", "json", "--check")

    assert (ended.code, ended.err) == (0, "")
    assert Path("out/inbox-gone.svg").exists()


def test_a_terminal_is_told_which_spec_and_page_is_drawn():
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "archcode", "render", "specs", "--view", "all", "-f", "json"]
    shutil.copy(SPECS / "orchestrated-saga.yaml", "specs")
    root = {**os.environ, "PYTHONPATH": str(SPECS.parent)}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs, env=root) as process:
        os.close(theirs)
        process.wait()
    told = os.read(ours, 10_000).decode()
    os.close(ours)

    assert told.splitlines() == [
        "[1/3] specs/inbox.yaml",
        "[2/3] specs/orchestrated-saga.yaml",
        "    [1/4] orchestrated-saga-overview",
        "    [2/4] orchestrated-saga-order",
        "    [3/4] orchestrated-saga-undoing",
        "    [4/4] orchestrated-saga-approvals-only",
        "[3/3] specs/work-queue.yaml",
    ]
