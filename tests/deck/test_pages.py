"""Several drawings in one deck: a slide for each, then the tables once."""

from __future__ import annotations

from io import BytesIO

from deck.decorated import LINK, TEXTS, decorated, shop
from deck.made import everything, tables
from draw.conftest import EXAMPLES, HOSTILE, many
from pptx import Presentation

from archcode.cli import _assets
from archcode.draw.layout import lay_out
from archcode.draw.look import DARK
from archcode.draw.metrics import clean
from archcode.draw.picture import Picture
from archcode.render import pptx
from archcode.render.deck import Chapter, Page, Section, Table

CHAPTER = Chapter("Cost", (Section(table=Table(("a", "b"), (("1", "2"),))),))
LONG = tuple(f"{text}, and so on" * 5 for text in TEXTS) * 5


def deck(pages, chapters=()):
    data = pptx.pages(pages, _assets.icons(shop()), chapters, DARK)
    return Presentation(BytesIO(data))


def titles(found):
    return [slide.shapes.title.text_frame.text for slide in found.slides]


def page(name, title):
    drawn = EXAMPLES[name]()
    return Page(title, f"{title}: 2 of 5 components", lay_out(drawn))


def test_each_drawing_has_its_slide_and_the_tables_come_once():
    found = deck([page("queue", "Queue"), page("lanes", "Lanes"), page("single", "One")], [CHAPTER])
    boxes = [{cell.name for cell in lay_out(EXAMPLES[n]()).cells} for n in ("queue", "lanes")]

    assert titles(found) == ["Queue", "Lanes", "One", "Cost"]
    for slide, names in zip(found.slides, boxes, strict=False):
        assert names <= {shape.name for shape in slide.shapes}
    assert [len(tables(slide)) for slide in found.slides] == [0, 0, 0, 1]
    assert found.core_properties.title == "Queue"


def test_each_slide_has_its_line_and_notes():
    found = deck([page("queue", "Queue"), page("lanes", "Lanes")])
    for slide, title in zip(found.slides, ("Queue", "Lanes"), strict=True):
        (line,) = [s for s in slide.shapes if s.name == "Subtitle"]
        assert line.text_frame.text == f"{title}: 2 of 5 components"
        assert slide.notes_slide.notes_text_frame.text.startswith(f"{title}\n")


def test_steps_without_room_follow_their_own_drawing():
    first = Page("First", "", decorated(many(60), texts=LONG))
    found = titles(deck([first, page("queue", "Queue")]))

    assert found[0] == "First"
    assert all(title.startswith("First: steps") for title in found[1:-1])
    assert found[1:-1]
    assert found[-1] == "Queue"


def test_links_and_arrows_of_a_slide_are_its_own():
    found = deck([Page("A", "", decorated()), Page("B", "", decorated())])
    for slide in found.slides:
        links = [rel.target_ref for rel in slide.part.rels.values() if rel.is_external]
        assert set(links) == {LINK}
        numbers = {shape.shape_id for shape in everything(slide.shapes)}
        ends = [e for e in slide.element.iter() if e.tag.endswith(("stCxn", "endCxn"))]
        assert {int(end.get("id")) for end in ends} <= numbers


def test_titles_are_text():
    found = deck(
        [Page(HOSTILE, HOSTILE, decorated(texts=LONG)), Page("", "", lay_out(Picture("")))]
    )

    assert titles(found)[0].startswith("<script>alert(1)</script>")
    assert titles(found)[-1] == "Untitled"
    assert clean(HOSTILE) in found.slides[0].notes_slide.notes_text_frame.text


def test_a_deck_of_one_page_is_the_deck_of_its_scene():
    scene = lay_out(EXAMPLES["lanes"]())
    alone = pptx.render(scene, "words", {}, [CHAPTER])

    assert pptx.pages([Page(scene.title, "words", scene)], {}, [CHAPTER]) == alone


def test_a_deck_without_drawings_has_its_tables():
    assert titles(deck([], [CHAPTER])) == ["Cost"]
