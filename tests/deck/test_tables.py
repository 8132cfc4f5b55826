"""Tables fit their slides: columns fill the width, rows go on, nothing is lost but what is cut."""

from __future__ import annotations

import pytest
from deck.made import everything, tables, texts
from hypothesis import given
from hypothesis import strategies as st
from pptx import Presentation

from archcode.draw.layout import lay_out
from archcode.draw.look import LIGHT
from archcode.draw.metrics import width
from archcode.draw.picture import Picture
from archcode.draw.scene import Rect
from archcode.render import pptx
from archcode.render.deck import Chapter, Section, Table
from archcode.render.pptx._grid import PAD_X, measured, pages

ROOM = Rect(24, 56, 912, 460)
HEAD = ("Component", "Charge", "A month")
EMU = 12_700


def rows(count, text="Requests"):
    return tuple((f"c{n}", text, f"${n}.00") for n in range(count))


def table(count, text="Requests", *, total=False):
    return Table(HEAD, rows(count, text), right=(2,), total=total)


def grids(sections):
    return [
        [block.grid for block in page if block.grid is not None] for page in pages(sections, ROOM)
    ]


def deck(*chapters, tmp_path):
    path = tmp_path / "deck.pptx"
    path.write_bytes(pptx.render(lay_out(Picture("P")), "", {}, chapters, LIGHT))
    return list(Presentation(str(path)).slides)


def test_a_small_table_has_large_text_and_fills_the_width():
    found = measured(table(3), ROOM)

    assert found.size == 12
    assert sum(found.widths) == pytest.approx(ROOM.width)
    assert len(set(found.heights)) == 1


def test_a_table_that_fits_in_smaller_text_stays_on_one_slide():
    # with its head 23 lines: 23 × (12 × 1.3 + 6) = 496.8 points, 466.9 at 11 points, 437 at 10;
    # 27 lines take 513 points even at 10
    assert [len(page) for page in grids([Section(table=table(22))])] == [1]
    assert measured(table(22), ROOM).size == 10
    assert len(grids([Section(table=table(26))])) == 2
    assert measured(table(26), ROOM).size == 12


@pytest.mark.parametrize("count", [1, 2, 21, 22, 23, 24, 43, 44, 100, 500])
def test_no_row_is_lost_and_the_total_is_never_alone(count):
    found = [grid for page in grids([Section(table=table(count, total=True))]) for grid in page]

    assert tuple(row for grid in found for row in grid.table.rows) == rows(count)
    assert [grid.table.total for grid in found] == [False] * (len(found) - 1) + [True]
    assert all(grid.table.head == HEAD for grid in found)
    assert all(grid.height <= ROOM.height for grid in found)
    assert len(found[-1].table.rows) > 1 or count == 1


def test_long_sentences_leave_numbers_their_room():
    sentence = "the queue holds more than it can hold, which is a defect of its own " * 4
    found = measured(table(3, sentence), ROOM)
    needed = width("$0.00", found.size, bold=True)

    assert sum(found.widths) == pytest.approx(ROOM.width)
    assert found.widths[2] - 2 * PAD_X > needed
    assert found.heights[1] > 2 * found.heights[0]


def test_a_cell_that_would_fill_slides_is_cut():
    found = measured(table(1, "word " * 5000), ROOM)
    (row,) = found.table.rows

    assert row[1].endswith("word…")
    assert len(row[1]) > 500
    assert found.height < ROOM.height


def test_a_word_without_an_end_is_counted_in_lines():
    found = measured(table(1, "w" * 600), ROOM)

    # 600 letters of 12 points are some 5,000 points wide, in a column of less than 900
    assert found.table.rows[0][1] == "w" * 600
    assert found.heights[1] > 5 * 12


def test_many_columns_share_the_width():
    head = tuple(f"Column {n}" for n in range(14))
    wide = Table(head, (tuple("a number of words" for _ in head),), right=tuple(range(1, 14)))
    found = measured(wide, ROOM)

    assert found.size == 9
    assert sum(found.widths) == pytest.approx(ROOM.width)


texts_of_any_kind = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


@given(st.lists(st.tuples(texts_of_any_kind, texts_of_any_kind, texts_of_any_kind), max_size=30))
def test_every_table_fits_its_slides(found):
    made = [
        grid
        for page in grids([Section("Title", "Words", Table(HEAD, tuple(found), right=(2,)))])
        for grid in page
    ]

    assert sum(len(grid.table.rows) for grid in made) == len(found)
    for grid in made:
        assert grid.height <= ROOM.height
        assert sum(grid.widths) == pytest.approx(ROOM.width)


def test_sections_follow_each_other():
    sections = [Section("Findings", "none"), Section("Sizes", table=table(3))]
    ((first, words, second, grid),) = pages(sections, ROOM)

    assert (first.heading, words.sentence, second.heading) == ("Findings", "none", "Sizes")
    assert first.top < words.top < second.top < grid.top


def test_a_heading_is_not_left_behind_by_its_table():
    sections = [Section("Costs", table=table(19)), Section("Sizes", table=table(5))]
    first, second = pages(sections, ROOM)

    assert first[-1].grid is not None
    assert [bool(block.heading) for block in second] == [True, False]


def test_a_table_that_fits_on_a_slide_of_its_own_is_not_parted():
    sections = [Section("Costs", table=table(12)), Section("Unit costs", table=table(8))]
    first, second = pages(sections, ROOM)

    assert [block.heading for block in first if block.heading] == ["Costs"]
    assert second[0].heading == "Unit costs"
    assert len(second[1].grid.table.rows) == 8


def test_a_table_that_goes_on_says_so_on_the_next_slide():
    found = pages([Section("Unit costs", table=table(60))], ROOM)
    headings = [block.heading for page in found for block in page if block.heading]

    assert headings == ["Unit costs", *["Unit costs (continued)"] * (len(found) - 1)]
    for page in found:
        assert page[-1].top + page[-1].grid.height <= ROOM.bottom


def test_slides_of_one_chapter_are_numbered(tmp_path):
    chapters = Chapter("Cost", (Section(table=table(50)),)), Chapter("Findings", (Section("F"),))
    slides = deck(*chapters, tmp_path=tmp_path)
    titles = [slide.shapes.title.text_frame.text for slide in slides]

    assert titles == ["P", "Cost (1 of 3)", "Cost (2 of 3)", "Cost (3 of 3)", "Findings"]


def test_a_chapter_without_sections_is_a_slide_with_a_title(tmp_path):
    _, slide = deck(Chapter("Nothing", ()), tmp_path=tmp_path)

    assert texts(slide) == ["Nothing"]


def test_a_native_table_has_its_measures(tmp_path):
    _, slide = deck(Chapter("C", (Section(table=table(4, total=True)),)), tmp_path=tmp_path)
    (frame,) = [shape for shape in everything(slide.shapes) if shape.has_table]
    bold = [
        [c.text_frame.paragraphs[0].runs[0].font.bold for c in r.cells] for r in frame.table.rows
    ]

    assert tables(slide) == [[list(HEAD), *map(list, rows(4))]]
    assert frame.width / EMU == pytest.approx(912, abs=0.01)
    assert sum(column.width for column in frame.table.columns) == pytest.approx(frame.width, abs=9)
    assert sum(row.height for row in frame.table.rows) == pytest.approx(frame.height, abs=9)
    assert (frame.table.first_row, frame.table.last_row) == (True, True)
    assert [row[0] for row in bold] == [True, False, False, False, True]


def test_a_sentence_that_is_wider_than_a_slide_is_cut(tmp_path):
    _, slide = deck(Chapter("C", (Section("", "many words " * 99),)), tmp_path=tmp_path)

    assert texts(slide)[1].endswith("…")
    assert width(texts(slide)[1], 12) < 912
