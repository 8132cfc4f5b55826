"""Settings changed in the text: every other byte stays, in whatever style the author writes."""

from __future__ import annotations

import pytest

from archcode.spec.edit import Edit, edited, edits, place
from archcode.spec.load import load

SET = ("components", "q", "timeout")

REPLACED = {
    "block style": ("components:\n  q:\n    timeout: {} # why\n    b: 1\n", "30"),
    "flow style": ("components: {{q: {{timeout: {}, b: 1}}}}\n", "30"),
    "no blanks": ("components: {{q: {{a: 1,timeout: {}}}}}", "30"),
    "a unit": ("components:\n  q: {{timeout: {}}}\n", "30 s"),
    "double quotes": ("components:\n  q: {{timeout: {}}}\n", '"30 s"'),
    "single quotes": ("components:\n  q: {{timeout: {}}}\n", "'it''s'"),
    "a quoted key": ("components:\n  'q': {{\"timeout\": {}}}\n", "30"),
    "a key behind a question mark": ("components:\n  q:\n    ? timeout\n    : {}\n", "30"),
    "an anchor": ("components:\n  q: {{timeout: &t {}, b: 1}}\n", "30"),
    "line ends of Windows": ("components:\r\n  q:\r\n    timeout: {}\r\n    b: 1\r\n", "30"),
    "other line ends": ("components:\r  q:\r    timeout: {}\r", "30"),
    "wide characters": ("title: Größe 漢字 \U0001f600\ncomponents: {{q: {{timeout: {}}}}}\n", "30"),
    "a tab behind the colon": ("components:\n  q:\n    timeout:\t{}\t# why\n", "30"),
    "a folded text": ("components:\n  q:\n    timeout: {}\n\n    b: 1\n", ">-\n      30\n      s"),
    "a block at the end": ("components:\n  q:\n    timeout: {}", "|+\n      30"),
    "several lines": ("components:\n  q: {{timeout: {}, b: 1}}\n", '"30\n    s"'),
    "null": ("components:\n  q: {{timeout: {}}}\n", "~"),
    "a second document's mark": ("---\ncomponents:\n  q:\n    timeout: {}\n...\n", "30"),
}


def changed(text, path, value):
    return edited(text, edits(text, {path: value}))


@pytest.mark.parametrize("name", REPLACED)
def test_a_value_is_replaced_where_it_stands(name):
    form, old = REPLACED[name]
    text = changed(form.format(old), SET, 180)

    assert text == form.format("180")
    assert load(text).value["components"]["q"]["timeout"] == 180


@pytest.mark.parametrize(
    ("old", "value", "new"),
    [
        ("30", True, "true"),
        ("no", False, "false"),
        ("a", "b", "b"),
        ("a", "true", '"true"'),
        ("a", "b: c", '"b: c"'),
        ("'a'", "it's", "'it''s'"),
        ('"a"', "b", '"b"'),
        ('"a"', 'b"', '"b\\""'),
        ("a", 'ä\n"', '"\\U000000e4\\U0000000a\\""'),
    ],
)
def test_a_value_is_written_so_that_it_reads_back(old, value, new):
    text = f"components: {{q: {{timeout: {old}}}}}"

    assert changed(text, SET, value) == f"components: {{q: {{timeout: {new}}}}}"
    assert load(changed(text, SET, value)).value["components"]["q"]["timeout"] == value


@pytest.mark.parametrize("text", ["a:\n", "a:", "a: \n", "a: # why\n", "{a: }", "{a: , b: 1}"])
def test_a_value_that_is_not_written_is_put_there(text):
    done = changed(text, ("a",), 7)

    assert load(done).value["a"] == 7
    assert done.replace("7", "").replace(" ", "") == text.replace(" ", "")


INSERTED = {
    "flow style": (
        "components: {q: {type: x}, r: 1}  # why\n",
        "components: {q: {type: x, timeout: 180}, r: 1}  # why\n",
    ),
    "a comma at the end": (
        "components: {q: {type: x, }}",
        "components: {q: {type: x, timeout: 180, }}",
    ),
    "several lines in braces": (
        "components:\n  q: {\n    type: x, # one\n    b: [1, 2] # two\n  }\n",
        "components:\n  q: {\n    type: x, # one\n    b: [1, 2], timeout: 180 # two\n  }\n",
    ),
    "nothing in braces": ("components: {q: { }}", "components: {q: { timeout: 180}}"),
    "block style": (
        "components:\n  q:\n    type: x  # one\n\n  # two\n  r: 1\n",
        "components:\n  q:\n    type: x  # one\n    timeout: 180\n\n  # two\n  r: 1\n",
    ),
    "the end of the text": (
        "components:\n  q:\n    type: x",
        "components:\n  q:\n    type: x\n    timeout: 180",
    ),
    "line ends of Windows": (
        "components:\r\n  q:\r\n    type: x\r\n  r: 1\r\n",
        "components:\r\n  q:\r\n    type: x\r\n    timeout: 180\r\n  r: 1\r\n",
    ),
    "behind a mapping": (
        "components:\n  q:\n    b:\n      c: 1 # one\n  r: 1\n",
        "components:\n  q:\n    b:\n      c: 1 # one\n    timeout: 180\n  r: 1\n",
    ),
    "behind a list": (
        "components:\n  q:\n    b:\n    - 1\n    - c: 2\n  r: 1\n",
        "components:\n  q:\n    b:\n    - 1\n    - c: 2\n    timeout: 180\n  r: 1\n",
    ),
    "behind a block of text": (
        "components:\n  q:\n    b: |\n      text # no comment\n\n  r: 1\n",
        "components:\n  q:\n    b: |\n      text # no comment\n\n    timeout: 180\n  r: 1\n",
    ),
    "behind a block of text at the end": (
        "components:\n  q:\n    b: >-\n      text",
        "components:\n  q:\n    b: >-\n      text\n    timeout: 180",
    ),
    "behind nothing": (
        "components:\n  q:\n    b: # one\n  r: 1\n",
        "components:\n  q:\n    b: # one\n    timeout: 180\n  r: 1\n",
    ),
    "behind text in quotes": (
        'components:\n  q:\n    b: "x\n      y" # one\n  r: 1\n',
        'components:\n  q:\n    b: "x\n      y" # one\n    timeout: 180\n  r: 1\n',
    ),
    "null": ("components:\n  q: ~\n", "components:\n  q: {timeout: 180}\n"),
    "nothing": ("components:\n  q: # why\n", "components:\n  q: {timeout: 180} # why\n"),
}


@pytest.mark.parametrize("name", INSERTED)
def test_a_new_setting_goes_behind_the_last_one(name):
    text, expected = INSERTED[name]
    done = changed(text, SET, 180)

    assert done == expected
    assert load(done).value["components"]["q"]["timeout"] == 180


def test_several_new_settings_of_one_mapping_stand_together():
    flow, block = "{q: {a: 1}}", "q:\n  a: 1\n"
    settings = {("q", "b"): 2, ("q", "c"): 3}

    assert edited(flow, edits(flow, settings)) == "{q: {a: 1, b: 2, c: 3}}"
    assert edited(block, edits(block, settings)) == "q:\n  a: 1\n  b: 2\n  c: 3\n"


def test_a_setting_of_a_mapping_that_is_missing_brings_it_along():
    assert changed("q:\n  a: 1\n", ("q", "b", "c"), 2) == "q:\n  a: 1\n  b: {c: 2}\n"


@pytest.mark.parametrize(
    ("flow", "path", "expected"),
    [
        ("- a -> b", (), "- a -> b: {batch: 10}"),
        ("- a -> b  # why", (), "- a -> b: {batch: 10}  # why"),
        ('- "a -> b"', (), '- "a -> b": {batch: 10}'),
        ("- a -> b:", ("a -> b",), "- a -> b: {batch: 10}"),
        ("- a -> b: null", ("a -> b",), "- a -> b: {batch: 10}"),
        ("- a -> b: {}", ("a -> b",), "- a -> b: {batch: 10}"),
        ("- a -> b: {rate: 1/s}", ("a -> b",), "- a -> b: {rate: 1/s, batch: 10}"),
        ("- {from: a, to: b}", (), "- {from: a, to: b, batch: 10}"),
        ("- from: a\n    to: b", (), "- from: a\n    to: b\n    batch: 10"),
        ("- a -> b:\n      rate: 1/s", ("a -> b",), "- a -> b:\n      rate: 1/s\n      batch: 10"),
    ],
)
def test_every_form_of_an_arrow_takes_a_key(flow, path, expected):
    text = f"flows:\n  {flow}\n  - c -> d\n"
    done = changed(text, ("flows", 0, *path, "batch"), 10)

    assert done == f"flows:\n  {expected}\n  - c -> d\n"
    assert load(done).value["flows"][1] == "c -> d"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("a: {b: 1}", ("a",)),
        ("a: [1]", ("a",)),
        ("a: x", ("a", "b")),
        ("a: |\n  x -> y\n", ("a", "b")),
    ],
)
def test_what_has_no_place_is_left_out(text, path):
    assert changed(text, path, 1) == text


def test_edits_are_made_from_the_front():
    assert edited("abcdef", [Edit(4, 5, "E"), Edit(0, 1, ""), Edit(2, 2, "+")]) == "b+cdEf"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\x85"])
def test_a_place_has_a_line_and_a_column(ending):
    text = ending.join(["ab", "", "c"])

    assert place(text, 0) == (1, 1)
    assert place(text, 1) == (1, 2)
    assert place(text, len(text)) == (3, 2)
