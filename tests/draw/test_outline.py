"""What a box costs moves nothing, so that a picture may be laid out before it is priced."""

import os
import signal
from hashlib import sha256
from pathlib import Path

import pytest
from draw.test_artist import tangle
from golden.made import priced
from msgspec.structs import replace

from archcode.cli._artist import Artist
from archcode.draw import layout
from archcode.draw.layout import lay_out
from archcode.draw.look import TEXT
from archcode.draw.metrics import width
from archcode.draw.outline import ROOM, filled, outline
from archcode.draw.picture import Arrow, Box, Picture
from archcode.errors import DrawingError
from archcode.render import picture as made

SPECS = sorted((Path(__file__).resolve().parents[2] / "specs").glob("*.yaml"))
COSTS = ("$0.00/mo", "≥ $12.00/mo", "cost unknown", "$123,456.78/mo", ROOM)
WIDE = "$1,000.00 to $1,250,000.00/mo"


def at(picture: Picture, cost: str) -> Picture:
    """The picture with this cost at every box that has one."""
    boxes = (replace(b, cost=b.cost and cost, tooltip=f"{b.name}, {cost}") for b in picture.boxes)
    return replace(picture, boxes=tuple(boxes), subtitle=f"Estimated {cost}")


def places(picture: Picture) -> list[object]:
    """Where everything is on the page of a picture, but for the words of costs and tooltips."""
    scene = lay_out(picture)
    cells = [
        (c.name, c.picture, c.caption, [(r.x, r.y, r.role) for r in c.lines]) for c in scene.cells
    ]
    return [scene.frames, scene.routes, scene.labels, cells]


@pytest.mark.parametrize("name", ["queue", "lanes", "nested", "crossed", "many"])
def test_no_cost_moves_a_box(examples, name):
    assert len({repr(places(at(examples[name], cost))) for cost in COSTS}) == 1


def test_every_box_tells_its_own_cost(examples):
    for cost in (*COSTS, WIDE):
        cells = lay_out(at(examples["lanes"], cost)).cells

        assert {c.lines[-1].text for c in cells if c.lines[-1].role == "cost"} == {cost}
        assert all(cell.tooltip == f"{cell.name}, {cost}" for cell in cells)


def test_a_cost_that_needs_more_room_has_it(examples):
    look = TEXT["cost"]
    (cell,) = lay_out(at(examples["single"], WIDE)).cells

    assert width(WIDE, look.size, bold=look.bold) > width(ROOM, look.size, bold=look.bold)
    assert cell.caption.width >= width(WIDE, look.size, bold=look.bold)


def test_an_outline_knows_no_cost(examples):
    one, other = (outline(at(examples["lanes"], cost)) for cost in COSTS[:2])

    assert one == other
    assert one != outline(at(examples["lanes"], WIDE))
    assert outline(one) == one


def test_nothing_is_laid_out_twice(examples, monkeypatch):
    drawn = []
    usual = layout.drawn
    monkeypatch.setattr(layout, "drawn", lambda laid: drawn.append(laid) or usual(laid))
    layout.placed.cache_clear()

    layout.prepare(at(examples["queue"], "$0.00/mo"))
    before = len(drawn)
    lay_out(at(examples["queue"], "$7.00/mo"))

    assert before
    assert len(drawn) == before
    lay_out(at(examples["queue"], WIDE))
    assert len(drawn) > before


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_the_sketch_of_a_spec_has_the_places_of_its_picture(path):
    estimate = priced(path)[0]
    if estimate.spread:
        pytest.skip("costs with both ends are wider")
    sketch = made.sketch(estimate.topology, estimate.capacity)
    whole = made.render(estimate)
    stated = {name for name, c in estimate.topology.spec.components.items() if c.settings.outside}
    free = not any(charge.resource_name in stated for charge in estimate.charges)

    assert made.render(estimate, drawn=sketch) == whole
    assert (outline(sketch) == outline(whole)) == free


class TestArtist:
    def test_what_was_prepared_is_drawn_with_its_costs(self, examples):
        last = at(examples["lanes"], "$7.00/mo")
        with Artist() as artist:
            alone = artist.draw(last, ["svg", "png"])
        for early in (at(last, "$0.00/mo"), at(last, WIDE), examples["queue"]):
            with Artist() as artist:
                artist.prepare(early)
                pid = artist.pid
                artist.begin(last, ["svg", "png"])
                assert artist.draw(last, ["svg", "png"]) == alone
                assert artist.pid == pid

    def test_a_picture_that_cannot_be_drawn_is_told_when_it_is_asked_for(self, examples):
        wrong = Picture("P", "", (Box("a", "a"),), (Arrow("a", "nowhere"),))
        with Artist() as artist:
            artist.prepare(wrong)
            with pytest.raises(DrawingError, match="'nowhere', which is no box"):
                artist.draw(wrong, ["svg"])
            assert artist.draw(examples["single"], ["svg"])

    def test_a_process_that_ends_while_it_prepares_costs_nothing(self, examples):
        with Artist() as artist:
            artist.prepare(examples["many"])
            os.kill(artist.pid, signal.SIGKILL)
            os.waitid(os.P_PID, artist.pid, os.WEXITED | os.WNOWAIT)
            assert artist.draw(examples["many"], ["svg"])

    def test_what_was_prepared_in_vain_keeps_no_other_picture_waiting(self, examples):
        with Artist(timeout=20) as artist:
            artist.prepare(tangle(2000))
            first = artist.pid
            artist.prepare(examples["queue"])
            assert artist.pid != first
            assert artist.draw(examples["queue"], ["svg"])

    def test_large_messages_come_in_their_order(self):
        boxes = tuple(Box(f"b{n}", f"Box {n}", tooltip="x" * 500) for n in range(700))
        large = Picture("Large", boxes=boxes)
        with Artist() as artist:
            artist.prepare(large)
            artist.begin(large, ["svg"])
            first = artist.draw(large, ["svg"])["svg"]
            assert sha256(first).digest() == sha256(artist.draw(large, ["svg"])["svg"]).digest()


def test_the_costs_of_a_sheet_are_those_of_the_picture(examples):
    last = at(examples["queue"], "$7.00/mo")
    sheet = layout.placed(outline(last))

    assert {line.text for cell in filled(sheet, last).cells for line in cell.lines} >= {"$7.00/mo"}
    assert ROOM in {line.text for cell in sheet.cells for line in cell.lines}
