"""Numbers of steps, badges and plates of heat: where they stand and that they are drawn."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from io import BytesIO
from itertools import combinations

import pytest
from draw.scenery import ink
from PIL import Image

from archcode.cli import _assets
from archcode.draw.glyphs import lock
from archcode.draw.layout import lay_out
from archcode.draw.look import DARK, LIGHT, TEXT
from archcode.draw.metrics import width
from archcode.draw.picture import Arrow, Box, Picture, Step
from archcode.draw.scene import Rect
from archcode.render import pdf, png, svg


def chain(*arrows: Arrow, **options: object) -> Picture:
    names = dict.fromkeys(name for arrow in arrows for name in (arrow.source, arrow.target))
    return Picture("Chain", "", tuple(Box(n, n) for n in names), arrows, **options)


def numbers(scene) -> list[str]:
    return [line.text for label in scene.labels if label.step for line in label.step.lines]


def test_a_number_stands_at_the_left_of_its_label_above_the_line():
    (label,) = lay_out(chain(Arrow("a", "b", "publish", step=3))).labels
    words = ink(label.lines[0])

    assert numbers(lay_out(chain(Arrow("a", "b", "publish", step=3)))) == ["3"]
    assert label.step.rect.right + 3 < words.x < label.step.rect.right + 6
    assert label.step.rect.y <= words.y
    assert words.bottom <= label.step.rect.bottom
    assert label.rect.encloses(label.step.rect)


def test_a_number_is_in_the_middle_of_its_mark():
    (label,) = lay_out(chain(Arrow("a", "b", step=12))).labels
    box, digits = label.step.rect, ink(label.step.lines[0])
    middle = label.step.lines[0].y - 0.66 * TEXT["step"].size / 2

    assert label.lines == ()
    assert label.rect == box
    assert digits.x - box.x == pytest.approx(box.right - digits.right, abs=0.02)
    assert middle == pytest.approx(box.y + box.height / 2, abs=0.02)


def test_arrows_on_one_line_show_all_their_numbers():
    scene = lay_out(chain(Arrow("a", "b", "x", step=2), Arrow("a", "b", "y", step=1)))
    (label,) = scene.labels

    assert numbers(scene) == ["1, 2"]
    assert [line.text for line in label.lines] == ["x, y"]
    assert scene.routes[0].tooltip == "a to b: x, y; step 1, 2"


def test_one_text_with_two_numbers_is_two_labels():
    scene = lay_out(chain(Arrow("a", "c", "send", step=1), Arrow("b", "c", "send", step=2)))

    assert sorted(numbers(scene)) == ["1", "2"]
    assert [label.lines[0].text for label in scene.labels] == ["send", "send"]


def test_more_numbers_than_ports_share_a_mark():
    arrows = [Arrow(f"a{n}", t, f"{n}{t}", step=n) for n in range(1, 5) for t in ("t", "u")]

    assert set(numbers(lay_out(chain(*arrows)))) == {"1, 2, 3, 4"}


def test_a_great_many_numbers_are_cut():
    arrows = [Arrow("a", "b", step=n) for n in range(1, 100)]
    (label,) = lay_out(chain(*arrows)).labels

    assert label.step.rect.width < 70
    assert label.step.lines[0].text.startswith("1, 2, 3")
    assert label.step.lines[0].text.endswith("…")


def test_no_number_is_lost_in_a_usual_picture(examples):
    for name in ("marked", "queue", "lanes", "nested"):
        arrows = tuple(
            Arrow(a.source, a.target, a.label, a.kind, step)
            for step, a in enumerate(examples[name].arrows, 1)
        )
        picture = Picture("P", "", examples[name].boxes, arrows, examples[name].frames)
        shown = {number for text in numbers(lay_out(picture)) for number in text.split(", ")}
        assert shown == {str(arrow.step) for arrow in arrows}, name


def test_a_number_stays_where_its_words_have_no_room():
    """Twelve arrows from each to each of the others, every one with words and a number."""
    names = "abcd"
    pairs = [(one, two) for one in names for two in names if one != two]
    arrows = [
        Arrow(*ends, "more words than an arrow has room for between boxes", step=n)
        for n, ends in enumerate(pairs, 1)
    ]
    scene = lay_out(chain(*arrows))
    shown = {number for text in numbers(scene) for number in text.split(", ")}

    assert shown == {str(n) for n in range(1, 13)}


def test_a_description_is_in_the_tooltip():
    scene = lay_out(chain(Arrow("a", "b", "x", step=1, description="It goes <there>.")))

    assert scene.routes[0].tooltip == "a to b: x; step 1; It goes <there>."
    assert "step 1; It goes &lt;there&gt;." in drawn(
        chain(Arrow("a", "b", "x", "flow", 1, "It goes <there>."))
    )


def test_badges_are_on_their_corners_and_clear_of_the_caption():
    picture = Picture("P", boxes=(Box("a" * 20, "a" * 20, badges=("encrypted", "fifo")),))
    (cell,) = lay_out(picture).cells
    fifo, encrypted = cell.badges
    icon = cell.picture

    assert [badge.role for badge in cell.badges] == ["fifo", "encrypted"]
    assert fifo.rect.overlaps(Rect(icon.x, icon.y, 1, 1))
    assert encrypted.rect.overlaps(Rect(icon.right - 1, icon.bottom - 1, 1, 1))
    for badge in cell.badges:
        hidden = _common(badge.rect, icon)
        assert 0 < hidden < 0.05 * icon.width * icon.height
        assert not any(ink(line).overlaps(badge.rect) for line in cell.lines)
    assert _contains(fifo.rect, ink(fifo.lines[0]))


def _common(one: Rect, two: Rect) -> float:
    wide = min(one.right, two.right) - max(one.x, two.x)
    return max(wide, 0) * max(min(one.bottom, two.bottom) - max(one.y, two.y), 0)


def _contains(outer: Rect, inside: Rect) -> bool:
    return outer.x + 2 < inside.x and inside.right < outer.right - 2 and outer.encloses(inside)


def test_no_arrowhead_touches_a_badge(examples):
    for name in ("marked", "cyclic", "crossed", "lanes"):
        boxes = tuple(
            Box(b.name, b.title, badges=("fifo", "encrypted")) for b in examples[name].boxes
        )
        scene = lay_out(Picture("P", "", boxes, examples[name].arrows, examples[name].frames))
        badges = [badge.rect for cell in scene.cells for badge in cell.badges]
        for route in scene.routes:
            x, y = route.points[-1]
            before = route.points[-2]
            flat = before[1] == y
            head = Rect(min(x, before[0], x + 8) if flat else x - 3, y - 3 if flat else y - 8, 8, 6)
            assert not any(badge.overlaps(head) for badge in badges), (name, route)


def test_a_badge_keeps_to_what_a_narrow_icon_shows():
    (cell,) = lay_out(Picture("P", boxes=(Box("a", "a", margin=0.25, badges=("fifo",)),))).cells

    assert cell.badges[0].rect.x < cell.left < cell.badges[0].rect.right


def test_a_lock_fits_into_its_badge():
    square = Rect(100, 50, 13, 13)
    drawn_ = lock(square)
    points = [point for _, ends in drawn_.bow for point in ends]

    assert square.encloses(drawn_.body)
    assert all(square.encloses(Rect(x, y, 0, 0)) for x, y in points)
    assert min(y for _, y in points) < drawn_.body.y


def test_badges_are_in_the_tooltip_and_the_legend():
    picture = chain(Arrow("a", "b"))
    marked = Picture("P", "", (Box("a", "A", badges=("encrypted",)), Box("b", "B")), picture.arrows)
    scene = lay_out(marked)

    assert scene.cells[0].tooltip == "A, encrypted with a KMS key"
    assert [note.lines[0].text for note in scene.signs] == ["encrypted with a KMS key"]
    assert scene.signs[0].mark.role == "encrypted"
    assert lay_out(picture).signs == ()


def drawn(picture: Picture) -> str:
    return svg.render(lay_out(picture), _assets.icons(picture), _assets.web_fonts())


def test_an_svg_draws_every_mark(examples):
    text, scene = drawn(examples["marked"]), lay_out(examples["marked"])
    root = ET.fromstring(text)
    places = {(e.get("x"), e.get("y")) for e in root.iter("{http://www.w3.org/2000/svg}rect")}
    texts = [
        e.text for e in root.iter("{http://www.w3.org/2000/svg}text") if e.get("class") == "step"
    ]

    assert {(f"{m.rect.x:g}", f"{m.rect.y:g}") for m in scene.marks} <= places
    assert sorted(texts) == sorted(line.text for mark in scene.marks for line in mark.lines)
    # The bow of a lock is stroked and has no fill.
    locks = [mark for mark in scene.marks if mark.role == "encrypted"]
    assert len(re.findall(r'<path d="M[^"]*C[^"]*" fill="none" stroke="#FFFFFF"', text)) == len(
        locks
    )


def test_heat_is_under_the_arrows_and_badges_are_over_the_icon(examples):
    text = drawn(examples["marked"])
    heat, arrow = text.index(LIGHT.marks["heat-1"].fill), text.index('class="flow"')
    icon, badge = text.index("<use "), text.index(">FIFO<")

    assert heat < arrow < icon < badge


def test_only_styles_that_are_used_are_written(examples):
    plain, marked = drawn(examples["queue"]), drawn(examples["marked"])

    assert ".archcode .step{" in marked
    assert ".archcode .note{" in marked
    assert not re.search(r"\.archcode \.(step|note|badge)\{", plain)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_a_png_has_the_colours_of_the_marks(examples, theme):
    picture = examples["marked"]
    scene = lay_out(picture)
    page = pdf.render(scene, _assets.icons(picture), _assets.fonts(), theme)
    with Image.open(BytesIO(png.render(page))) as image:
        for mark in scene.marks:
            box = mark.rect
            # Just inside the left edge, where neither text nor icon is; arrows cross a plate.
            off = 0.5 if mark.role.startswith("heat") else 1
            at = (int(2 * box.x + 4), int(box.y * 2 + box.height * off))
            wanted = tuple(int(theme.marks[mark.role].fill[i : i + 2], 16) for i in (1, 3, 5))
            # A channel may be off by a few where an edge is smoothed.
            found = image.getpixel(at)
            assert all(abs(one - two) <= 4 for one, two in zip(found, wanted, strict=True)), mark


def test_a_picture_with_marks_is_the_same_twice(examples):
    picture = examples["marked"]
    scene, icons = lay_out(picture), _assets.icons(picture)

    assert drawn(picture) == drawn(picture)
    assert pdf.render(scene, icons, _assets.fonts()) == pdf.render(scene, icons, _assets.fonts())


def test_marks_do_not_overlap(examples):
    marks = [mark.rect for mark in lay_out(examples["marked"]).marks if "heat" not in mark.role]

    assert not [pair for pair in combinations(marks, 2) if pair[0].overlaps(pair[1])]


LONG = (
    "The worker takes up to ten messages, writes them to the table, and deletes them from the queue"
)


def test_twenty_long_steps_are_wrapped_in_columns_on_the_page():
    arrows = [Arrow(f"n{n}", f"n{n + 1}", step=n + 1) for n in range(20)]
    steps = tuple(Step(n, f"{LONG} number {n}. {LONG}.") for n in range(1, 21))
    scene = lay_out(chain(*arrows, steps=steps))
    page = Rect(0, 0, scene.width, scene.height)

    assert [note.mark.lines[0].text for note in scene.steps] == [str(n) for n in range(1, 21)]
    for note, step in zip(scene.steps, steps, strict=True):
        assert " ".join(line.text for line in note.lines) == step.text
        assert all(page.encloses(ink(line)) for line in note.lines)
    covered = [ink(line) for note in scene.steps for line in note.lines]
    assert not [pair for pair in combinations(covered, 2) if pair[0].overlaps(pair[1])]
    assert len({note.mark.rect.x for note in scene.steps}) > 2
    drawing = max(cell.caption.bottom for cell in scene.cells)
    assert min(line.y for line in covered) > drawing


def test_steps_of_a_narrow_page_stand_in_one_column():
    steps = tuple(Step(n, LONG) for n in (1, 2))
    scene = lay_out(chain(Arrow("a", "b", step=1), steps=steps))
    one, two = scene.steps

    assert len(one.lines) > 1
    assert one.mark.rect.x == two.mark.rect.x
    assert two.mark.rect.y > one.lines[-1].y
    assert all(line.x + width(line.text, 10) <= scene.width - 20 for line in one.lines)


def test_a_legend_wider_than_the_page_goes_on_in_the_next_row():
    boxes = (Box("a", "a", badges=("fifo", "encrypted")), Box("b", "b"))
    arrows = (Arrow("a", "b"), Arrow("a", "b", kind="stream"), Arrow("a", "b", kind="redrive"))
    scene = lay_out(Picture("P", "", boxes, arrows))

    assert len(scene.legend) == 3
    assert len(scene.signs) == 2
    assert len({key.line.y for key in scene.legend}) > 1
    assert all(ink(line).bottom < scene.height for line in scene.lines)


def test_the_description_tells_the_steps():
    picture = chain(Arrow("a", "b", step=1), steps=(Step(1, "It begins."),))

    assert lay_out(picture).description.endswith("; step 1: It begins.")
