"""What python-pptx reads in the decks of the examples is what their drawings show."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from deck.geometry import A, corners
from deck.made import SPECS, described, everything, made, tables, texts
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from archcode.draw.look import DARK, DASHES, LIGHT
from archcode.headroom import headroom_of
from archcode.render import _lines
from archcode.render._margins import rows as margins
from archcode.render.pptx._connector import MOST_PIECES
from archcode.statement import statement

HALF_A_POINT = 0.5
EMU = 12_700
PICTURE, GROUP = MSO_SHAPE_TYPE.PICTURE, MSO_SHAPE_TYPE.GROUP
of_example = pytest.mark.parametrize("name", SPECS)
DIGEST = """
import hashlib, json, sys
from deck.made import SPECS, made
print(json.dumps({name: hashlib.sha256(made(name).data).hexdigest() for name in [*SPECS][::4]}))
"""


def connectors(slide):
    """The arrows of the drawing by their names; those of the legend have none of its names."""
    found = {}
    for shape in slide.shapes:
        if shape.element.tag.endswith("}cxnSp") and not shape.name.startswith("Legend"):
            found.setdefault(shape.name, []).append(shape)
    return found


def arrows(name):
    """Each route of an example with the connector that is drawn for it.

    No preset has more than five pieces: routes of more are freeforms.
    """
    made_ = made(name)
    shapes = connectors(made_.slides[0])
    for route in made_.fitted.scene.routes:
        if len(route.points) - 1 <= MOST_PIECES:
            yield route, shapes[f"{route.source} to {route.target}"].pop(0)
    assert not any(shapes.values())


def turned(route):
    """Whether an arrow is drawn from its end on, so that dashes of several lie on each other."""
    return bool(DASHES.get(route.kind)) and len(route.points) > 2


def glued(shape):
    """The shape and side at which a connector begins, and those at which it ends."""
    ends = (next(shape.element.iter(f"{A}{tag}"), None) for tag in ("stCxn", "endCxn"))
    return [(int(end.get("id")), int(end.get("idx"))) for end in ends]


@of_example
def test_slides_are_of_16_to_9(name):
    deck = Presentation(BytesIO(made(name).data))

    assert (deck.slide_width, deck.slide_height) == (960 * EMU, 540 * EMU)
    assert deck.slide_width * 9 == deck.slide_height * 16


@of_example
def test_every_box_is_a_picture_in_a_group_with_its_caption(name):
    made_ = made(name)
    groups = {g.name: g for g in made_.slides[0].shapes if g.shape_type == GROUP}
    for cell in made_.scene.cells:
        inside = [*groups[cell.name].shapes]
        kinds = [s.shape_type for s in inside if s.shape_type != MSO_SHAPE_TYPE.AUTO_SHAPE]
        caption = inside[-1]
        shown = " ".join(caption.text_frame.text.split())
        assert [kind for kind in kinds if kind != MSO_SHAPE_TYPE.FREEFORM] == [
            PICTURE,
            MSO_SHAPE_TYPE.TEXT_BOX,
        ]
        assert shown == " ".join(line.text for line in cell.lines)
    pictures = [s for s in everything(made_.slides[0].shapes) if s.shape_type == PICTURE]

    assert len(pictures) == len(made_.scene.cells)


@of_example
def test_every_arrow_is_a_connector_glued_to_its_boxes(name):
    slide = made(name).slides[0]
    groups = {g.name: g for g in slide.shapes if g.shape_type == GROUP}
    for route, shape in arrows(name):
        names = (route.target, route.source) if turned(route) else (route.source, route.target)
        for (number, _), box in zip(glued(shape), names, strict=True):
            assert number in {inner.shape_id for inner in groups[box].shapes}


@of_example
def test_bends_are_those_of_the_drawing(name):
    for route, shape in arrows(name):
        found = corners(shape)
        path = found[::-1] if turned(route) else found
        assert len(path) == len(route.points)
        for (x, y), (drawn_x, drawn_y) in zip(path, route.points, strict=True):
            assert abs(x - drawn_x) < HALF_A_POINT, (route, path)
            assert abs(y - drawn_y) < HALF_A_POINT, (route, path)


@of_example
def test_ends_are_on_the_side_that_they_are_glued_to(name):
    slide = made(name).slides[0]
    shapes = {shape.shape_id: shape for shape in everything(slide.shapes)}
    for _, arrow in arrows(name):
        path = corners(arrow)
        for (number, side), (x, y) in zip(glued(arrow), (path[0], path[-1]), strict=True):
            shape = shapes[number]
            left, top = shape.left / EMU, shape.top / EMU
            wide, high = shape.width / EMU, shape.height / EMU
            edge = {0: top, 1: left, 2: top + high, 3: left + wide}[side]
            assert abs((x if side in {1, 3} else y) - edge) < HALF_A_POINT
            # Where two arrows leave one icon, they do so at different heights of that side.
            if side in {0, 2}:
                assert left - 0.1 <= x <= left + wide + 0.1
            else:
                assert top - 0.1 <= y <= top + high + 0.1


@of_example
def test_arrows_have_heads_dashes_and_colours_of_their_kind(name):
    for route, shape in arrows(name):
        (line,) = shape.element.iter(f"{A}ln")
        colour = line.find(f"{A}solidFill/{A}srgbClr").get("val")
        assert f"#{colour}" == LIGHT.arrows[route.kind]
        assert (line.find(f"{A}prstDash") is not None) == (route.kind == "redrive")
        # DrawingML calls the beginning of a line its head.
        end = "headEnd" if turned(route) else "tailEnd"
        assert line.find(f"{A}{end}").get("type") == "triangle"
        assert {e.tag.rpartition("}")[2] for e in line} & {"headEnd", "tailEnd"} == {end}


@of_example
def test_all_text_is_there(name):
    made_ = made(name)
    shown = Counter(" ".join(text.split()) for text in texts(made_.slides[0]))
    scene = made_.scene
    single = [line for frame in scene.frames for line in frame.lines]
    single += [line for label in scene.labels for line in label.lines]
    single += [key.line for key in scene.legend]

    assert not Counter(line.text for line in single) - shown
    assert texts(made_.slides[0])[0] == scene.title
    # The subtitle of a narrow drawing is cut, that of a slide is not.
    subtitle = scene.heading[1].text.rstrip("…")
    assert any(text.startswith(subtitle) for text in shown)


@of_example
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pictures_and_groups_are_described(name, theme):
    made_ = made(name, theme)
    cells = {cell.name: cell for cell in made_.scene.cells}
    for slide in made_.slides:
        for shape in everything(slide.shapes):
            if shape.shape_type in {PICTURE, GROUP, MSO_SHAPE_TYPE.TABLE}:
                assert described(shape), shape.name
            if shape.name in cells:
                assert described(shape).startswith(cells[shape.name].tooltip)


@of_example
def test_every_slide_has_a_title_of_its_own(name):
    titles = [slide.shapes.title.text_frame.text for slide in made(name).slides]

    assert titles[0] == made(name).scene.title
    assert all(titles)
    assert len(set(titles)) == len(titles)


@of_example
def test_a_slide_is_read_from_its_title_on(name):
    """Reading order is drawing order: title, subtitle, legend, frames, boxes, arrows, labels."""
    made_ = made(name)
    names = [shape.name for shape in made_.slides[0].shapes]
    boxes = [cell.name for cell in made_.scene.cells]
    places = [names.index(box) for box in boxes]

    kinds = [name.partition(":")[0] for name in names]
    arrows = [names.index(f"{r.source} to {r.target}") for r in made_.scene.routes]
    frames_to = len(names) - kinds[::-1].index("Frame")

    assert names[0].startswith("Title")
    assert names[1] == "Subtitle"
    assert kinds[2 : 2 + 2 * len(made_.scene.legend)] == ["Legend"] * 2 * len(made_.scene.legend)
    assert places == list(range(frames_to, frames_to + len(boxes)))
    assert min(arrows) == places[-1] + 1
    after = {kind.partition(" ")[0] for kind in kinds[max(arrows) + 1 :]}
    assert after <= {"Label", "Step"}


@of_example
def test_the_speaker_has_the_description(name):
    made_ = made(name)
    notes = made_.slides[0].notes_slide.notes_text_frame.text

    assert notes.startswith(f"{made_.scene.title}\n{made_.scene.description}")


@of_example
def test_everything_is_on_its_slide(name):
    for slide in made(name).slides:
        for shape in everything(slide.shapes):
            if shape.element.tag.endswith("}cxnSp"):
                places = corners(shape)
            else:
                left, top = shape.left / EMU, shape.top / EMU
                places = [(left, top), (left + shape.width / EMU, top + shape.height / EMU)]
            assert all(0 <= x <= 960 and 0 <= y <= 540 for x, y in places), shape.name


@of_example
def test_shapes_have_numbers_of_their_own(name):
    for slide in made(name).slides:
        numbers = [shape.shape_id for shape in everything(slide.shapes)]
        assert len(set(numbers)) == len(numbers)


@of_example
def test_the_cost_table_is_that_of_the_report(name):
    made_ = made(name)
    shown = statement(made_.estimate)
    rows = []
    for slide in made_.slides:
        if slide.shapes.title.text_frame.text.startswith("Monthly cost"):
            # Unit costs stand below, or on a slide of their own.
            costs = [
                more for head, *more in tables(slide) if tuple(head) == _lines.cost_head(shown)
            ]
            rows += [row for more in costs for row in more]

    assert [tuple(row) for row in rows] == list(_lines.cost_rows(shown))
    assert sum(_dollars(row[-1]) for row in rows[:-1]) == _dollars(rows[-1][-1])
    assert rows[-1][0] == "Total"


def _dollars(text):
    """What a shown cost adds to the shown total."""
    return (
        Decimal(0) if text in {"free", "unknown", "<$0.01"} else Decimal(re.sub("[$,]", "", text))
    )


@of_example
def test_the_last_slides_tell_findings_headroom_and_sizes(name):
    made_ = made(name)
    sizes = [*_lines.sizes(made_.estimate)]
    last = [s for s in made_.slides if s.shapes.title.text_frame.text.startswith("Findings")]
    said = [text for slide in last for text in texts(slide)]
    found = margins(headroom_of(made_.estimate))
    bound = [(part, *margin[0]) for part, margin in found.items() if margin]
    rows = [tuple(row) for slide in last for table in tables(slide) for row in table[1:]]

    assert f"no findings in {len(made_.scene.cells)} components" in said
    assert ("Sizes" in said) == bool(sizes)
    assert rows == [*bound, *sizes]


def test_dark_decks_have_dark_pages_and_light_text():
    light, dark = (Presentation(BytesIO(made("order-fanout", t).data)) for t in ("light", "dark"))
    maps = [
        next(e for e in deck.slide_master.element if e.tag.endswith("}clrMap"))
        for deck in (light, dark)
    ]
    theme = ZipFile(BytesIO(made("order-fanout", "dark").data)).read("ppt/theme/theme1.xml")

    assert [(m.get("bg1"), m.get("tx1")) for m in maps] == [("lt1", "dk1"), ("dk1", "lt1")]
    assert f'<a:dk1><a:srgbClr val="{DARK.page[1:]}"/></a:dk1>'.encode() in theme
    assert f'<a:lt1><a:srgbClr val="{DARK.ink["title"][1:]}"/></a:lt1>'.encode() in theme


def test_only_colours_and_plates_change_in_the_dark():
    light, dark = (
        list(everything(made("front-doors", t).slides[0].shapes)) for t in ("light", "dark")
    )
    plates = [shape for shape in dark if shape.name.startswith("Plate of ")]

    assert [s.name for s in dark if s not in plates] == [s.name for s in light]
    assert len(plates) == 3  # clients, whose icon is made of dark lines
    fills = {plate.fill.fore_color.rgb for plate in plates}
    assert {f"#{fill}" for fill in fills} == {DARK.plate.fill}


def test_no_spelling_checker_underlines_names():
    for slide in made("order-fanout").slides:
        runs = list(slide.element.iter(f"{A}rPr"))
        assert runs
        assert all(run.get("noProof") == "1" for run in runs)


def test_text_stays_on_its_lines():
    for shape in everything(made("order-fanout").slides[0].shapes):
        if shape.has_text_frame and not shape.is_placeholder:
            assert shape.text_frame.word_wrap is False, shape.name


def test_shapes_have_no_style_that_brings_shadows():
    for slide in made("order-fanout").slides:
        assert not [e for e in slide.element.iter() if e.tag.endswith(("}style", "}effectLst"))]


def test_our_font_is_asked_for_once_and_for_all():
    file = ZipFile(BytesIO(made("order-fanout").data))
    theme = ET.fromstring(file.read("ppt/theme/theme1.xml"))
    faces = [face.attrib for face in theme.iter(f"{A}latin")]

    assert [face["typeface"] for face in faces] == ["Archcode Sans"] * 2
    # 34 is a sans serif of variable width: what stands in for a font that is not there
    assert {face["pitchFamily"] for face in faces} == {"34"}
    assert b"<a:latin" not in file.read("ppt/slides/slide1.xml")


def test_the_file_says_nothing_of_clocks_templates_and_printers():
    data = made("order-fanout").data
    with ZipFile(BytesIO(data)) as file:
        names, dates = file.namelist(), {part.date_time for part in file.infolist()}
    about = Presentation(BytesIO(data)).core_properties

    assert dates == {(1980, 1, 1, 0, 0, 0)}
    assert not [n for n in names if "printer" in n or "thumbnail" in n or n.endswith("app.xml")]
    assert (about.title, about.author, about.last_modified_by) == (
        "Order fan-out",
        "archcode",
        "archcode",
    )
    assert about.created == about.modified
    assert about.created.year == 1980


def test_layouts_are_as_wide_as_the_slides():
    deck = Presentation(BytesIO(made("order-fanout").data))
    for layout in deck.slide_layouts:
        edges = [shape.left + shape.width for shape in layout.placeholders if shape.width]
        assert max(edges) > 0.9 * deck.slide_width
        assert max(edges) <= deck.slide_width
    assert deck.element.find(".//{*}sldSz").attrib == {"cx": "12192000", "cy": "6858000"}


def test_the_bytes_are_the_same_in_another_process(tmp_path):
    """As in this one; two processes of their own make all examples in `golden/test_rendered.py`."""
    paths = [str(SPECS["order-fanout"].parents[1] / part) for part in ("tests", "")]
    program = f"import sys; sys.path[:0] = {paths}\n{DIGEST}"
    environment = {"PATH": "", "HOME": str(tmp_path), "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    ended = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, check=True
    )

    assert json.loads(ended.stdout) == {
        name: hashlib.sha256(made(name).data).hexdigest() for name in [*SPECS][::4]
    }
