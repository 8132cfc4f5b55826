"""What options make of a picture: heat, direction, theme, views; `pytest --update` rewrites them.

Each case is a command line, and its folder holds what that writes and nothing else.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from golden import parts
from golden.made import CASES

FOLDER = Path(__file__).parent
SPECS = FOLDER.parents[1] / "specs"


def told(file: Path) -> tuple[str, str]:
    """The name of a golden, and its text, of one output."""
    if file.suffix == ".pptx":
        return f"{file.name}.txt", parts.deck(file.read_bytes())
    return file.name, parts.shortened(file.read_text("utf-8"))


@pytest.mark.parametrize("case", CASES)
def test_is_drawn_as_it_was(case, archcode, tmp_path, update):
    spec, *options = CASES[case]
    goldens = FOLDER / case
    ended = archcode(
        *("render", SPECS / f"{spec}.yaml", "-o", tmp_path, "--format", "svg,drawio,pptx"), *options
    )
    assert ended.code == 0, ended.err
    made = dict(told(file) for file in sorted(tmp_path.iterdir()))
    if update:
        goldens.mkdir(exist_ok=True)
        for name, text in made.items():
            (goldens / name).write_bytes(text.encode())

    assert {file.name for file in goldens.iterdir()} == set(made)
    for name, text in made.items():
        golden = (goldens / name).read_text("utf-8")
        assert text.splitlines() == golden.splitlines(), name
        assert text == golden, name


def test_every_case_is_another_picture_than_without_options():
    """An option that does nothing would be pinned as nothing."""
    for case, (spec, *_) in CASES.items():
        usual = (FOLDER / spec / "picture.svg").read_text("utf-8")
        drawn = [file.read_text("utf-8") for file in (FOLDER / case).glob("*.svg")]

        assert drawn, case
        assert usual not in drawn, case
