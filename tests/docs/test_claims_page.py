"""docs/claims.md: every number is what a command of the page prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from claimed import COMMAND, filled, prose, table_of

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "claims.md"
TEMPLATE = Path(__file__).with_name("claims.template.md").read_text("utf-8")


@pytest.fixture
def page(archcode, monkeypatch):
    monkeypatch.chdir(ROOT)

    def run(arguments, text):
        ended = archcode(*arguments, stdin=text.encode())
        assert ended.code == 0, ended.err
        return ended.out

    return filled(TEMPLATE, run, lambda path: Path(path).read_text("utf-8"))


def test_the_page_is_what_its_commands_print(page, update):
    if update:
        PAGE.write_text(page, "utf-8")

    assert PAGE.read_text("utf-8") == page


def test_the_template_states_no_number_itself():
    assert re.findall(r"\d+", prose(TEMPLATE)) == []


def test_every_command_is_about_an_example():
    for _, line in COMMAND.findall(TEMPLATE):
        (path,) = re.findall(r"specs/[a-z-]+\.yaml", line)
        assert (ROOT / path).is_file()


def test_a_table_is_read_cell_by_cell():
    text = (
        "# T\n\nSo.\n\n## Cost\n\n| A | B |\n| --- | ---: |\n| x (today) |  |\n| y | $2 |\n\nrest"
    )
    table = table_of(text, "Cost")

    assert table.head == ["A", "B"]
    assert table.chosen("x;#-1") == [["x (today)", ""], ["y", "$2"]]
    with pytest.raises(ValueError, match="not enough"):
        table.chosen("z")
