"""Every block of the page on agreed prices does what the page says."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PATH = ROOT / "docs" / "price-overlay.md"
PAGE = PATH.read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


COMMANDS = [line for block in blocks("sh") for line in block.splitlines()]


@pytest.fixture
def run(archcode, tmp_path, monkeypatch):
    """Run a command of the page where its files are."""
    monkeypatch.chdir(tmp_path)
    for name in ("specs", "pricing"):
        shutil.copytree(ROOT / name, name)
    shutil.copytree("pricing", "other")
    (overlay,) = blocks("yaml")
    Path("agreement.yaml").write_text(overlay, "utf-8")
    return lambda command: archcode(*shlex.split(command)[1:])


def test_the_page_has_commands():
    assert len(COMMANDS) == 11


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_page_works(command, run):
    ended = run(command)

    assert (ended.code, ended.err) == (0, "")
    assert ended.out


def test_the_estimate_is_what_the_command_prints(run, update):
    printed = run(COMMANDS[0]).out
    if update:
        shown = re.sub(
            r"^```text\n.*?^```$",
            lambda _: f"```text\n{printed}```",
            PAGE,
            flags=re.DOTALL | re.MULTILINE,
        )
        PATH.write_text(shown, "utf-8")
        return

    assert "list prices in USD and the terms of Enterprise agreement 2026" in printed
    assert blocks("text") == [printed]


def test_the_page_names_every_finding_of_verify():
    source = "".join(
        (ROOT / "archcode" / "prices" / f"{name}.py").read_text("utf-8")
        for name in ("check", "coverage")
    )
    raised = {*re.findall(r'(?:Problem|Finding)\(\s*"(\w+)"', source)}

    assert raised == {*re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)}
