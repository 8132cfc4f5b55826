"""The lower envelope of made-up costs, against what trying many points finds."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from hypothesis import example, given, settings
from hypothesis import strategies as st

from archcode.sweep.envelope import Change, Envelope
from archcode.sweep.numbers import CLOSE

POINTS = (Fraction(1), Fraction(3), Fraction(10), Fraction(30), Fraction(100))


@dataclass(frozen=True)
class Made:
    """A cost of `base` + `slope` x, and `step` for each begun `width`; it fits up to `most`."""

    base: Fraction
    slope: Fraction
    step: Fraction
    width: Fraction
    most: Fraction

    def steps(self, x):
        return -(-x // self.width)

    def cost(self, x):
        return self.base + self.slope * x + self.step * self.steps(x)


class Curves:
    """Made-up options by their names."""

    def __init__(self, made):
        self.made = made
        self.asked = 0

    @property
    def names(self):
        return tuple(self.made)

    def cost(self, name, x):
        self.asked += 1
        return self.made[name].cost(x)

    def fits(self, name, x):
        return x <= self.made[name].most

    def limit(self, name, x):
        return None if self.fits(name, x) else self.made[name].most

    def sizes(self, name, x):
        made = self.made[name]
        return {made.width: (made.steps(x), f"each {made.width}")}

    def best(self, x):
        """The cheapest, by trying all; the first of equals."""
        fits = [name for name in self.made if self.fits(name, x)]
        return min(fits, key=lambda name: self.made[name].cost(x), default="")


def curve(base=0, slope=0, step=0, width=1, most=1000):
    return Made(*(Fraction(value) for value in (base, slope, step, width, most)))


AMOUNT = st.fractions(min_value=0, max_value=50, max_denominator=20)
MADE = st.builds(
    Made,
    AMOUNT,
    st.fractions(min_value=0, max_value=3, max_denominator=20),
    st.sampled_from([Fraction(0), Fraction(5), Fraction(21, 2)]),
    st.sampled_from([Fraction(7), Fraction(10), Fraction(33, 2), Fraction(40)]),
    st.sampled_from([Fraction(20), Fraction(151, 3), Fraction(1000)]),
)


@settings(deadline=None, max_examples=60)
@given(st.lists(MADE, min_size=1, max_size=4))
def test_is_the_cheapest_between_changes(made):
    curves = Curves({f"option {place}": one for place, one in enumerate(made)})
    changes = Envelope(curves).changes(POINTS)
    ends = [POINTS[0], *(change.x for change in changes), POINTS[-1]]
    names = [curves.best(POINTS[0]), *(change.right for change in changes)]

    for start, end, name in zip(ends, ends[1:], names, strict=False):
        for part in range(1, 40):
            x = start + (end - start) * Fraction(part, 40)
            best = curves.best(x)
            # Options may cost the same over a stretch.
            assert (
                curves.made[best].cost(x) == curves.made[name].cost(x)
                if best and name
                else (best == name)
            ), (x, best, name)


def made_of(step, slope):
    whole = Fraction(7), Fraction(20)
    return Made(Fraction(0), Fraction(slope), Fraction(step), *whole)


TOUCHING = [made_of(5, 0), made_of(0, Fraction(5, 7))]
"""Stairs whose every step rises from a straight line."""


@example(TOUCHING)
@settings(deadline=None, max_examples=60)
@given(st.lists(MADE, min_size=2, max_size=4))
def test_has_the_cheaper_option_on_either_side(made):
    curves = Curves({f"option {place}": one for place, one in enumerate(made)})
    for change in Envelope(curves).changes(POINTS):
        near = change.x * CLOSE
        assert curves.best(change.x - near) == change.left
        assert curves.best(change.x + near) == change.right
        assert curves.best(change.x) == change.at
        assert change.exact


def test_a_crossing_is_exact():
    # 1 + x / 3 = 5 + x / 7: x = 4 / (1/3 - 1/7) = 21
    curves = Curves({"a": curve(1, Fraction(1, 3)), "b": curve(5, Fraction(1, 7))})

    assert Envelope(curves).changes(POINTS) == (Change(Fraction(21), "a", "b", "a"),)


def test_a_crossing_at_a_point_of_the_grid_is_found_once():
    # 1 + x / 2 = 5 + x / 10 at x = 10
    for names in (("a", "b"), ("b", "a")):
        made = {"a": curve(1, Fraction(1, 2)), "b": curve(5, Fraction(1, 10))}
        curves = Curves({name: made[name] for name in names})
        (change,) = Envelope(curves).changes(POINTS)

        assert (change.x, change.left, change.right, change.at) == (10, "a", "b", names[0])


def test_a_step_belongs_to_what_came_before():
    # Up to 40/3 the step is paid once: 5 < 6; beyond, twice: 10 > 6.
    curves = Curves({"a": curve(step=5, width=Fraction(40, 3)), "b": curve(6)})

    assert Envelope(curves).changes(POINTS) == (Change(Fraction(40, 3), "a", "b", "a"),)


def test_a_limit_at_a_third():
    curves = Curves({"a": curve(1, most=Fraction(55, 3)), "b": curve(6)})

    assert Envelope(curves).changes(POINTS) == (Change(Fraction(55, 3), "a", "b", "a"),)


def test_nothing_that_fits_is_no_option():
    curves = Curves({"a": curve(1, most=5)})

    assert Envelope(curves).changes(POINTS) == (Change(Fraction(5), "a", "", "a"),)


def test_equal_options_change_nowhere():
    curves = Curves({"a": curve(1, 1, 5, 7), "b": curve(1, 1, 5, 7)})

    assert Envelope(curves).changes(POINTS) == ()


def test_a_narrow_return_between_points_of_the_grid_is_found():
    """Between 10 and 11 alone a stair is below a line: 12 from 10 on, 15 from 11 on."""
    stair = {"stair": curve(base=-18, step=3, width=1), "line": curve(base=9, slope=Fraction(1, 4))}
    curves = Curves(stair)
    changes = Envelope(curves).changes(POINTS)

    assert [change.left for change in changes] == ["stair"]
    assert curves.best(changes[-1].x * (1 + CLOSE)) == "line"


def test_an_option_that_never_comes_near_is_asked_only_on_the_grid():
    far = Curves({"a": curve(1, 1), "b": curve(2, Fraction(1, 2)), "far": curve(10_000, 1)})
    Envelope(far).changes(POINTS)
    near = Curves({"a": curve(1, 1), "b": curve(2, Fraction(1, 2))})
    Envelope(near).changes(POINTS)

    assert far.asked > near.asked
    assert far.asked - near.asked <= 4 * len(POINTS)


def test_steps_between_whole_numbers():
    curves = Curves({"a": curve(0, 2), "b": curve(7)})
    points = tuple(Fraction(n) for n in range(1, 7))

    # 2 x 3 = 6 < 7 < 8 = 2 x 4
    change = Change(Fraction(4), "a", "b", "b", before=Fraction(3))
    assert Envelope(curves).steps(points, whole=True) == (change,)
    assert Envelope(curves).steps((points[0], points[-1]), whole=True) == (change,)


def test_steps_of_points_alone_are_not_exact():
    curves = Curves({"a": curve(0, 2), "b": curve(7)})
    (change,) = Envelope(curves).steps((Fraction(3, 2), Fraction(9, 2)), whole=False)

    assert (change.x, change.before, change.exact) == (Fraction(9, 2), Fraction(3, 2), False)


def test_options_that_only_touch_make_no_change():
    curves = Curves({"stairs": TOUCHING[0], "line": TOUCHING[1]})

    assert [(c.x, c.left, c.right) for c in Envelope(curves).changes(POINTS)] == [(20, "line", "")]


class Workers(Curves):
    """Options that provide the same thing, each for a load of its own."""

    def sizes(self, name, x):
        made = self.made[name]
        return {"workers": (made.steps(x), x / made.width)}


def test_steps_of_the_same_thing_for_other_loads_are_two():
    """The second needs its second worker a hundredth later, and is the cheapest until then."""
    early, late = curve(step=100, width=7), curve(base=1, step=100, width=Fraction(707, 100))
    found = Envelope(Workers({"early": early, "late": late})).changes((Fraction(3), Fraction(10)))

    assert [(change.x, change.right) for change in found] == [
        (7, "late"),
        (Fraction(707, 100), "early"),
    ]
