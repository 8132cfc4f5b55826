"""Numbers, badges, heat and links on a slide: native, in their places, and told in words."""

from __future__ import annotations

from functools import cache
from io import BytesIO

import pytest
from deck.decorated import LEVELS, LINK, TEXTS, decorated, shop
from deck.geometry import A
from deck.made import described, everything, tables, texts
from draw.conftest import HOSTILE, many
from msgspec.structs import replace
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from archcode.cli import _assets
from archcode.draw.look import LIGHT, THEMES
from archcode.draw.scene import Rect
from archcode.draw.slide import fitted
from archcode.render import pptx

EMU = 12_700
ROOM = Rect(24, 68, 912, 464)
LONG = tuple(f"{number}: {'a long story of what happens ' * 6}" for number in range(1, 25))


def deck(scene, theme=LIGHT):
    data = pptx.render(scene, "", _assets.icons(shop(), 4), (), theme)
    return list(Presentation(BytesIO(data)).slides)


@cache
def slides(theme="light"):
    return deck(decorated(texts=TEXTS), THEMES[theme])


def named(slide, start=""):
    """The shapes of a slide by name; those of one name keep the last."""
    return {s.name: s for s in everything(slide.shapes) if s.name.startswith(start)}


def place(shape):
    return Rect(*(n / EMU for n in (shape.left, shape.top, shape.width, shape.height)))


def middle(rect):
    return rect.x + rect.width / 2, rect.y + rect.height / 2


def test_everything_of_a_box_is_in_its_group():
    groups = {s.name: s for s in slides()[0].shapes if s.shape_type == MSO_SHAPE_TYPE.GROUP}

    assert [shape.name for shape in groups["bill"].shapes] == [
        "Heat of bill",
        "Icon of bill",
        "FIFO of bill",
        "Encrypted of bill",
        "Lock: Encrypted of bill",
        "Caption of bill",
    ]


@pytest.mark.parametrize("name", THEMES)
def test_marks_are_native_shapes_in_the_colours_of_their_page(name):
    shapes, theme = named(slides(name)[0]), THEMES[name]

    assert shapes["FIFO of bill"].text_frame.text == "FIFO"
    assert f"#{shapes['FIFO of bill'].fill.fore_color.rgb}" == theme.marks["fifo"].fill
    # the third box has the third level
    assert f"#{shapes['Heat of bill'].fill.fore_color.rgb}" == theme.marks["heat-3"].fill
    run = shapes["FIFO of bill"].text_frame.paragraphs[0].runs[0]
    assert f"#{run.font.color.rgb}" == theme.ink["badge"]


def test_the_lock_is_a_shape_whose_points_can_be_edited():
    shape = named(slides()[0])["Lock: Encrypted of bill"]
    bow, body = shape.element.iter(f"{A}path")

    assert shape.shape_type == MSO_SHAPE_TYPE.FREEFORM
    assert (bow.get("fill"), body.get("stroke")) == ("none", "0")
    assert len(list(bow.iter(f"{A}cubicBezTo"))) == 2
    for path in (bow, body):
        wide, high = int(path.get("w")), int(path.get("h"))
        assert all(
            0 < int(p.get("x")) < wide and 0 < int(p.get("y")) < high for p in path.iter(f"{A}pt")
        )


def test_marks_stay_on_the_corners_of_their_icons():
    shapes = named(slides()[0])
    for name in ("topic", "bill", "dlq", "pay", "mail"):
        icon, heat = place(shapes[f"Icon of {name}"]), place(shapes[f"Heat of {name}"])
        fifo, lock = place(shapes[f"FIFO of {name}"]), place(shapes[f"Encrypted of {name}"])
        assert fifo.x < icon.x < fifo.right < middle(icon)[0]
        assert fifo.y < icon.y < fifo.bottom < middle(icon)[1]
        assert middle(icon)[0] < lock.x < icon.right < lock.right
        assert middle(icon)[1] < lock.y < icon.bottom < lock.bottom
        assert heat.encloses(icon)
        assert middle(heat) == pytest.approx(middle(icon), abs=0.1)


@pytest.mark.parametrize("room", [ROOM, Rect(0, 0, 400, 220), Rect(0, 0, 250, 400)])
def test_marks_are_moved_with_what_they_belong_to(room):
    """The number stays at the left of the first row, inside of its label."""
    shown = fitted(decorated(), room).scene

    assert shown.labels
    for label in shown.labels:
        step = label.step.rect
        first = label.lines[0]
        assert label.rect.x == pytest.approx(step.x, abs=0.02)
        assert label.rect.y - 0.02 <= step.y < step.bottom <= label.rect.bottom + 0.02
        # the words are centred between the number and the end of the label
        assert first.x - (label.rect.right - first.x) > step.right
        assert middle(step)[1] == pytest.approx(first.y, abs=step.height / 2)
        assert middle(step)[0] == pytest.approx(label.step.lines[0].x, abs=0.05)


def test_a_number_alone_is_a_label():
    scene = decorated()
    bare = replace(scene, labels=tuple(replace(one, lines=()) for one in scene.labels))
    shapes = named(deck(bare)[0], "Step")

    assert len(fitted(bare, ROOM).scene.labels) == len(scene.labels)
    assert [shapes[name].text_frame.text for name in sorted(shapes)[:2]] == ["1", "2"]


def test_badges_are_readable_on_small_icons():
    small = fitted(decorated(), Rect(0, 0, 500, 250))

    assert small.factor < 0.7
    assert small.sizes.badge == 0.85
    assert small.scene.cells[1].badges[0].rect.height == pytest.approx(11 * 0.85, abs=0.01)


def test_a_number_and_its_words_are_one_group():
    groups = [s for s in slides()[0].shapes if s.shape_type == MSO_SHAPE_TYPE.GROUP]
    stepped = [g for g in groups if g.name.startswith("Step ") and g.name.endswith(": batch 10")]
    (group,) = stepped

    assert [shape.text_frame.text for shape in group.shapes][1] == "batch 10"
    assert described(group) == group.name


def test_a_click_on_an_icon_opens_its_link():
    shapes = named(slides()[0])
    (click,) = shapes["Icon of bill"].element.iter(f"{A}hlinkClick")

    assert shapes["Icon of bill"].click_action.hyperlink.address == LINK
    assert click.get("tooltip") == "billing"
    assert not list(shapes["Icon of shop"].element.iter(f"{A}hlinkClick"))


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "http://example.org", "file:///etc/passwd", "https://", "//x"]
)
def test_no_other_link_is_written(link):
    scene = decorated()
    cells = tuple(replace(cell, link=link) for cell in scene.cells)
    (slide,) = deck(replace(scene, cells=cells))

    assert not list(slide.element.iter(f"{A}hlinkClick"))
    assert link not in str([rel.target_ref for rel in slide.part.rels.values()])


def test_screen_readers_say_what_the_colours_and_badges_say():
    groups = {s.name: s for s in slides()[0].shapes if s.shape_type == MSO_SHAPE_TYPE.GROUP}
    said = f"billing, FIFO, Encrypted, Share of the monthly cost: {LEVELS[2]}"

    assert described(groups["bill"]) == said
    assert described(named(slides()[0])["Icon of bill"]) == said
    assert described(groups["shop"]) == "shop"


def test_what_a_tooltip_says_is_not_said_twice():
    scene = decorated()
    cells = tuple(replace(c, tooltip="q: SQS FIFO, encrypted, hot", heat=None) for c in scene.cells)
    groups = {s.name: s for s in deck(replace(scene, cells=cells))[0].shapes}

    assert described(groups["bill"]) == "q: SQS FIFO, encrypted, hot"


def test_steps_and_colours_have_a_place_on_the_slide():
    (slide,) = slides()
    said = " ".join(texts(slide))
    boxes = [s for s in named(slide, ("Step", "Legend")).values() if s.has_text_frame]
    drawing = [place(s) for s in slide.shapes if s.name.startswith("Frame")]

    assert all(text in said for text in TEXTS)
    assert all(text in said for text in ("Share of the monthly cost", *LEVELS))
    words = [s for s in boxes if any(text[:20] in s.text_frame.text for text in TEXTS + LEVELS)]
    assert words
    for shape in words:
        rect = place(shape)
        assert not any(rect.overlaps(frame) for frame in drawing), shape.name
        assert Rect(0, 0, 960, 540).encloses(rect)
        sizes = {run.font.size.pt for p in shape.text_frame.paragraphs for run in p.runs}
        assert sizes == {10}


def test_steps_without_room_have_a_slide_of_their_own():
    scene = decorated(many(60), texts=LONG)
    first, *others = deck(scene)
    rows = [row for slide in others for table in tables(slide) for row in table]

    assert others[0].shapes.title.text_frame.text.startswith("Many: steps")
    assert [row[0] for row in rows if row[0] != "Step"] == [str(n) for n in range(1, 25)]
    assert rows[1][1] == LONG[0].strip()
    assert not [s for s in first.shapes if LONG[0][:20] in s.name]


def test_the_speaker_has_every_step_in_full():
    notes = slides()[0].notes_slide.notes_text_frame.text.splitlines()

    assert notes[-5:] == [f"{number}. {text}" for number, text in enumerate(TEXTS, 1)]
    assert f"Share of the monthly cost: {LEVELS[0]}" in notes


def test_hostile_legends_stay_text():
    scene = decorated(texts=(HOSTILE, "<a:t>"), levels=(HOSTILE,) * 5)
    (slide,) = deck(scene)
    said = " ".join(texts(slide))

    assert "<script>alert(1)</script>" in said
    assert "<a:t>" in said


def test_the_same_scene_is_the_same_deck():
    scene = decorated(texts=TEXTS)
    first, second = (pptx.render(scene, "", _assets.icons(shop(), 4)) for _ in range(2))

    assert first == second
