"""What an option provides at a point, and for what load: exact, where words are rounded."""

from __future__ import annotations

from fractions import Fraction

from lines import BASIS, QUEUE

from archcode.spec.parse import parse
from archcode.sweep import variable_of
from archcode.sweep.field import Field, Line, candidates_of
from archcode.sweep.setting import Source

SHARDS = ("orders", "shards")


def line():
    source = Source.of(parse(QUEUE), "orders", BASIS)
    variable = variable_of("rate", "1/s", "100/s")
    field = Field(source, candidates_of(source, consumers=False))
    return Line(field, lambda x: ((variable, x),))


def test_loads_that_words_do_not_tell_apart_differ():
    curves = line()
    points = Fraction(10), Fraction(10) + Fraction(1, 10**9)
    words = [
        size.formula
        for x in points
        for size in curves.at("Kinesis provisioned", x).estimate.capacity["orders"]
    ]
    first, second = (curves.sizes("Kinesis provisioned", x)[SHARDS] for x in points)

    assert words[0] == words[1]
    assert first[0] == second[0] == 1
    assert first[1] != second[1]


def test_what_is_not_charged_is_not_among_them():
    sizes = line().sizes("SQS standard", Fraction(10))

    assert [key for key in sizes if key[1] == "concurrent_executions"] == []
