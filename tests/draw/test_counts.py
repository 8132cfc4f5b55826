"""How good our pictures are, in numbers: pinned for the examples, bounded for others."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from draw.counts import Counts, counts
from draw.systems import system
from draw.test_measure import DIRECTIONS, SPECS
from golden.made import priced

from archcode.draw.layout import lay_out
from archcode.render import picture as pictures

PINNED = Path(__file__).parent / "counts.txt"
COLUMNS = "crossings bends lost cut astray covering along over forks width height aspect"
# At most so many for each hundred arrows of systems of so many boxes, on average.
BOUNDS = {
    12: {
        "crossings": 8,
        "bends": 85,
        "lost": 2,
        "astray": 1,
        "covering": 1,
        "over_forks": 1,
        "along_borders": 1,
    },
    40: {
        "crossings": 16,
        "bends": 85,
        "lost": 2,
        "astray": 1,
        "covering": 1,
        "over_forks": 1,
        "along_borders": 1,
    },
    100: {
        "crossings": 35,
        "bends": 85,
        "lost": 4,
        "astray": 1,
        "covering": 1,
        "over_forks": 1,
        "along_borders": 1,
    },
}
# A label beside a line has less room than one over it.
BOUNDS_DOWN = {
    size: most | {"lost": 4, "astray": 2, "crossings": most["crossings"] * 1.2}
    for size, most in BOUNDS.items()
}
TIMES = 8


def row(name: str, found: Counts) -> str:
    """One line of the table."""
    numbers = [found.crossings, found.bends, found.lost, found.cut, found.astray, found.covering]
    numbers += [
        found.along_borders,
        found.over_borders,
        found.over_forks,
        round(found.width),
        round(found.height),
    ]
    cells = [f"{number:>9}" for number in numbers]
    return f"{name:<22}{''.join(cells)}{found.aspect:>9.2f}\n"


def table() -> str:
    head = f"{'':<22}{''.join(f'{column:>9}' for column in COLUMNS.split())}\n"
    return head + "".join(
        row(spec.stem, counts(lay_out(pictures.render(priced(spec)[0])))) for spec in SPECS
    )


def test_counts_of_the_examples_are_as_pinned(update):
    found = table()
    if update:
        PINNED.write_text(found, "utf-8")
    assert found.splitlines() == PINNED.read_text("utf-8").splitlines()


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("size", BOUNDS)
def test_pictures_of_systems_stay_good_on_average(size, direction):
    made = [system(Random(f"{size} {n}"), size, direction) for n in range(TIMES)]
    arrows = sum(len(picture.arrows) for picture in made)
    found = [counts(lay_out(picture)) for picture in made]
    for name, most in (BOUNDS if direction == "LR" else BOUNDS_DOWN)[size].items():
        total = sum(getattr(one, name) for one in found)
        assert 100 * total / arrows <= most, (name, total, arrows)
