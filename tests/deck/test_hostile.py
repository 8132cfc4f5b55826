"""Whatever a spec says is text on a slide, and nothing else."""

from __future__ import annotations

import time
from io import BytesIO
from zipfile import ZipFile

import pytest
from deck.made import described, everything, tables, texts
from draw.conftest import EXAMPLES, HOSTILE, many
from lxml import etree
from msgspec.structs import replace
from pptx import Presentation
from support import PRICES

from archcode.cli import _assets
from archcode.draw.layout import lay_out
from archcode.draw.look import DARK, LIGHT
from archcode.draw.metrics import clean
from archcode.draw.picture import Arrow, Box, Frame, Picture
from archcode.draw.scene import Route
from archcode.estimate import price
from archcode.headroom import headroom_of
from archcode.model import Finding, Severity
from archcode.render import picture, pptx, slides
from archcode.render.deck import Chapter, Section, Table
from archcode.spec.parse import parse
from archcode.topology import propagate

WORDS = [
    "plain",
    "<a:t>&amp;</a:t> ]]> <!-- --> <?xml?> &lt; \" '",
    "_x0041_ {0} %s $HOME `id` =1+1",
    "tab\tnew\nline\rreturn\x0bpage\x0c\x00\x01\x1f\x7f\x85",
    "\ud800 \udfff \ufffe \uffff \ufdd0",
    "שלום עולם مرحبا 注文キュー 🎉👩‍👩‍👧‍👦 e\u0301",
    "\u202eturned\u202c \u2066isolated\u2069 \u200f",
    "long " * 400,
    "unbroken" * 100,
    " ",
    "",
]


def opened(data):
    """The slides of a deck, all of whose parts are XML that can be read."""
    with ZipFile(BytesIO(data)) as file:
        assert file.testzip() is None
        for name in file.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(file.read(name))
    return list(Presentation(BytesIO(data)).slides)


def deck(drawn, chapters=(), theme=LIGHT):
    return opened(
        pptx.render(lay_out(drawn), drawn.subtitle, _assets.icons(drawn), chapters, theme)
    )


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", EXAMPLES)
def test_every_picture_becomes_a_deck(name, theme):
    drawn = EXAMPLES[name]()
    (slide,) = deck(drawn, theme=theme)
    groups = [shape.name for shape in slide.shapes if shape.name in {b.name for b in drawn.boxes}]

    assert slide.shapes.title.text_frame.text
    assert len(groups) == len({clean(b.name) for b in drawn.boxes} & {b.name for b in drawn.boxes})


@pytest.mark.parametrize("words", WORDS, ids=range(len(WORDS)))
def test_any_text_is_text_everywhere(words):
    boxes = (Box("a", words or "a", (words,), words, tooltip=words), Box("b", "b"))
    arrows = (Arrow("a", "b", words), Arrow("b", "a", words, "redrive"), Arrow("a", "a", words))
    frames = (Frame("f", words, "cloud", ("g",)), Frame("g", words, "lane", ("a",)))
    drawn = Picture(words, words, boxes, arrows, frames)
    rows = ((words, words), (words, "$1"))
    section = Section(words, words, Table((words, words), rows, right=(1,), total=True))
    first, *others = deck(drawn, (Chapter(words, (section,)),))
    shown = clean(words)

    assert first.notes_slide.notes_text_frame.text.startswith(shown[:20])
    cells = [cell for slide in others for table in tables(slide) for row in table for cell in row]
    assert {cell.rstrip("…")[:20] for cell in cells} == {shown[:20], "$1"}
    for slide in (first, *others):
        for text in texts(slide):
            assert text == clean(text) or not text.strip()


def test_hostile_names_are_names_of_shapes():
    (slide,) = deck(EXAMPLES["hostile"]())
    names = {shape.name for shape in everything(slide.shapes)}

    assert clean(HOSTILE) in names
    assert any(described(shape) == clean(HOSTILE) for shape in slide.shapes)


def test_a_missing_icon_is_a_neutral_box_that_arrows_are_glued_to():
    drawn = Picture(
        "P", "", (Box("a", "a"), Box("b", "b", icon="../secret.png")), (Arrow("a", "b"),)
    )
    (slide,) = deck(drawn)
    ids = {s.shape_id for s in everything(slide.shapes) if s.name.startswith("Icon of")}
    ends = [int(e.get("id")) for e in slide.element.iter() if e.tag.endswith(("stCxn", "endCxn"))]

    assert len(ids) == 2
    assert set(ends) == ids


def test_a_title_as_long_as_a_book_is_cut_on_the_slide_and_whole_in_the_notes():
    title = "a title that does not end " * 40
    (slide,) = deck(Picture(title))
    shown = slide.shapes.title.text_frame

    assert shown.text.endswith("…")
    assert shown.paragraphs[0].runs[0].font.size.pt == 14
    assert clean(title) in slide.notes_slide.notes_text_frame.text


def test_a_deck_without_a_title_has_one():
    (slide,) = deck(Picture(" \x00"))

    assert slide.shapes.title.text_frame.text == "Untitled"


def test_a_longish_title_is_smaller_and_whole():
    title = "Orders, payments, shipments and all that follows from them"
    (slide,) = deck(Picture(title))
    shown = slide.shapes.title.text_frame

    assert shown.text == title
    # 24 points, of the layout, are enough for 80 letters
    assert shown.paragraphs[0].runs[0].font.size is None


def test_routes_of_many_corners_are_freeforms():
    drawn = Picture("P", "", (Box("a", "a"), Box("b", "b")), (Arrow("a", "b"), Arrow("b", "a")))
    scene = lay_out(drawn)
    route, back = scene.routes
    (x, y), (end_x, end_y) = route.points
    detour = ((x, y), (x + 5, y), (x + 5, y - 9), (x + 9, y - 9), (x + 9, y), (x + 12, y))
    detour = (*detour, (x + 12, y + 9), (end_x - 9, y + 9), (end_x - 9, y), (end_x, end_y))
    bent = replace(scene, routes=(Route("a", "b", "flow", detour, "a to b"), back))
    (slide,) = opened(pptx.render(bent, "", {}))
    (shape,) = [s for s in slide.shapes if s.name == "a to b"]

    assert shape.element.tag.endswith("}sp")
    assert [e for e in shape.element.iter() if e.tag.endswith("}lnTo")]
    assert not [e for e in shape.element.iter() if e.tag.endswith("}close")]
    assert described(shape) == "a to b"
    numbers = [one.shape_id for one in everything(slide.shapes)]
    assert len(set(numbers)) == len(numbers)


SPEC = r"""
title: "<b>\u202e\u2067 🎉 שלום ${x} ]]>"
region: us-east-1
components:
  shop: {type: client, label: "\"<p:sp/>\" \t & \\ 注文"}
  orders: {type: sqs.queue, label: "a\nb"}
flows:
  - shop -> orders: {rate: 1/s, size: 1 KB, label: "&lt; <!--"}
groups:
  lane: {label: "--> <![CDATA[", contains: [orders]}
"""


def test_a_hostile_spec_becomes_a_deck():
    estimate = price(propagate(parse(SPEC)), PRICES)
    message = "the label is <a:t>\x00\u202e " + "long " * 3000
    problems = [Finding("odd", Severity.ERROR, "shop\x1b", message, "do <it>\x07", line=3)] * 60
    drawn = picture.render(estimate)
    first, *others = deck(drawn, slides.render(estimate, problems, headroom_of(estimate)))
    said = [row for slide in others for table in tables(slide) for row in table]

    assert first.shapes.title.text_frame.text == clean("<b>\u202e\u2067 🎉 שלום ${x} ]]>")
    assert '"<p:sp/>" & \\ 注文' in texts(first)
    assert sum(row[0] == "error" for row in said) == 60
    assert all(row[1] == "line 3: shop" for row in said if row[0] == "error")


def test_a_large_drawing_takes_seconds_and_not_minutes():
    drawn = many(250)
    scene = lay_out(drawn)
    started = time.perf_counter()
    (slide,) = opened(pptx.render(scene, "", {}))

    assert time.perf_counter() - started < 30
    assert len([s for s in slide.shapes if s.name in {b.name for b in drawn.boxes}]) == 250
