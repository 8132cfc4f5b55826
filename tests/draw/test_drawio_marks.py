"""Numbers, badges, heat, links and pages in draw.io files."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from deck.decorated import LEVELS, LINK, TEXTS, decorated, shop
from draw.conftest import EXAMPLES, HOSTILE
from draw.test_drawio import SIGNS, TILES, Cells, Shown, near
from msgspec.structs import replace

from archcode.cli import _assets
from archcode.draw.layout import lay_out
from archcode.draw.look import DARK, LIGHT, THEMES
from archcode.draw.metrics import clean
from archcode.draw.picture import Box, Picture
from archcode.render import drawio
from archcode.render.deck import Page


def cells_of(scene, theme=LIGHT):
    return Cells(drawio.render(scene, _assets.icons(shop()), theme))


@pytest.fixture(scope="module")
def scene():
    return decorated(texts=TEXTS)


@pytest.fixture(scope="module")
def cells(scene):
    return cells_of(scene)


def rect(mark):
    return mark.rect.x, mark.rect.y, mark.rect.width, mark.rect.height


def test_marks_of_a_box_are_where_the_scene_has_them(scene, cells):
    for number, cell in enumerate(scene.cells, 1):
        assert (f"heat-{number}" in cells) == bool(cell.heat)
        if cell.heat:
            assert near(cells.place(f"heat-{number}"), rect(cell.heat))
        for badge, one in enumerate(cell.badges, 1):
            assert near(cells.place(f"badge-{number}-{badge}"), rect(one))


def test_marks_move_with_their_box(cells):
    """A heat holds its icon and an icon its badges: draw.io moves what is inside."""
    assert cells["component-2"].get("parent") == "heat-2"
    assert cells["heat-2"].get("parent").startswith("frame-")
    assert cells["badge-2-1"].get("parent") == "component-2"
    assert cells["badge-2-2-bow"].get("parent") == "badge-2-2"
    assert cells["component-1"].get("parent") == "1"


def test_heat_is_drawn_before_icons_and_arrows(cells):
    for number in range(2, 7):
        heat, icon = (cells.ids.index(f"{kind}-{number}") for kind in ("heat", "component"))
        assert heat < icon < cells.ids.index("flow-1")
        assert icon < cells.ids.index(f"badge-{number}-1")


@pytest.mark.parametrize("name", THEMES)
def test_marks_have_the_colours_of_their_page(name, scene):
    theme, cells = THEMES[name], cells_of(scene, THEMES[name])

    assert cells.style("heat-3")["fillColor"] == theme.marks["heat-3"].fill
    assert cells.style("badge-3-1")["fillColor"] == theme.marks["fifo"].fill
    assert theme.ink["badge"] in cells["badge-3-1"].get("value")
    assert "".join(Shown(cells["badge-3-1"].get("value")).text) == "FIFO"


def test_the_lock_is_made_of_shapes_inside_its_mark(scene, cells):
    square = scene.cells[2].badges[1].rect
    left, top, wide, high = cells.place("badge-3-2-body")
    bow = cells.place("badge-3-2-bow")

    assert square.x < left < left + wide < square.right
    assert square.y < bow[1] < top < top + high < square.bottom
    # the lower end of the bow, which is round, is under the body
    assert top < bow[1] + bow[3] < top + high
    assert cells.style("badge-3-2-body")["fillColor"] == LIGHT.ink["step"]
    assert cells.style("badge-3-2-bow")["fillColor"] == "none"


def test_no_arrow_can_be_tied_to_a_mark(cells):
    marks = [name for name in cells if name.startswith(("badge-", "heat-", "scale-", "step-"))]

    assert len(marks) > 20
    assert {cells[name].get("connectable") for name in marks} == {"0"}


def test_a_link_is_a_link(cells):
    assert cells.objects["component-3"].get("link") == LINK
    assert cells.objects["component-1"].get("link") is None


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:page/id,x", "http://example.org"])
def test_no_other_link_is_written(link, scene):
    cells = tuple(replace(cell, link=link) for cell in scene.cells)
    found = cells_of(replace(scene, cells=cells))

    assert {one.get("link") for one in found.objects.values()} == {None}


def test_a_number_is_tied_to_the_arrow_of_its_words(scene, cells):
    for number, label in enumerate(scene.labels, 1):
        step, words = cells[f"label-{number}-step"], cells[f"label-{number}"]
        assert step.get("parent") == words.get("parent")
        assert "".join(Shown(step.get("value")).text) == label.step.lines[0].text
        place = step.find("mxGeometry")
        assert near([float(place.get(k)) for k in ("width", "height")], rect(label.step)[2:])
        # from one place on the arrow, the number is left of the middle of the words
        left, middle = (float(c.find(".//mxPoint").get("x")) for c in (step, words))
        gap = label.lines[0].x - label.step.rect.x
        assert middle - left == pytest.approx(gap, abs=0.6)


def test_a_number_without_words_is_there(scene):
    bare = replace(scene, labels=tuple(replace(one, lines=()) for one in scene.labels))
    cells = cells_of(bare)

    assert "label-1-step" in cells
    assert "label-1" not in cells


def test_the_legend_is_where_the_scene_has_it(scene, cells):
    for kind, notes in (("step", scene.steps), ("scale", scene.scale)):
        for number, note in enumerate(notes, 1):
            assert near(cells.place(f"{kind}-{number}"), rect(note.mark))
            for row, line in enumerate(note.lines, 1):
                cell = cells[f"{kind}-{number}-text-{row}"]
                assert "".join(Shown(cell.get("value")).text) == line.text
                assert near(cells.place(f"{kind}-{number}-text-{row}")[0], line.x)
    assert cells.style("scale-5")["fillColor"] == LIGHT.marks["heat-5"].fill


def test_shapes_of_marks_are_draw_ios_own(cells):
    shapes = {cells.style(name).get("shape", "") for name in cells if cells[name].get("style")}
    known = {f"mxgraph.aws4.{name}" for name in (*TILES, *SIGNS, "resourceIcon", "group")}

    assert shapes <= {"", "image", *known}


def test_hostile_marks_stay_text():
    cells = cells_of(decorated(texts=(clean(HOSTILE),), levels=('"><img src=x>',) * len(LEVELS)))
    for element in cells.root.iter():
        for name in ("label", "value", "tooltip"):
            assert Shown(element.get(name, "")).tags <= {"b", "br", "font"}
    assert "<script>" in "".join(Shown(cells["step-1-text-1"].get("value")).text)


def paged(*titles):
    pictures = [Picture(t, boxes=(Box("a", t), Box("b", "B"))) for t in titles]
    return [Page(title, "", lay_out(one)) for title, one in zip(titles, pictures, strict=True)]


def test_several_pages_are_diagrams_of_one_file():
    pages = [*paged("First"), Page("Shop", "", decorated()), *paged("<b>\"&'\u05d0")]
    root = ET.fromstring(drawio.pages(pages, _assets.icons(shop()), DARK))
    diagrams = root.findall("diagram")

    assert [one.get("name") for one in diagrams] == ["First", "Shop", "<b>\"&'\u05d0"]
    assert len({one.get("id") for one in diagrams}) == 3
    for one in diagrams:
        ids = [e.get("id") for e in one.iter() if e.get("id") and e.tag != "diagram"]
        assert len(ids) == len(set(ids))
        assert one.find("mxGraphModel").get("background") == DARK.page


def test_pages_of_one_name_stay_two():
    root = ET.fromstring(drawio.pages(paged("Same", "Same"), {}))

    assert [one.get("id") for one in root] == ["archcode-1", "archcode-2"]


def test_a_page_is_what_a_file_of_its_own_shows():
    scene = lay_out(EXAMPLES["lanes"]())
    alone = ET.fromstring(drawio.render(scene, {})).find("diagram/mxGraphModel")
    page = ET.fromstring(drawio.pages([Page("Any", "", scene)], {})).find("diagram/mxGraphModel")

    assert ET.tostring(alone) == ET.tostring(page)
