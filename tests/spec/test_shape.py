"""What is read without pydantic is what pydantic accepts, with the same values."""

from __future__ import annotations

import pickle
from copy import deepcopy
from typing import Annotated, Any, ClassVar

import pytest
from hypothesis import given, settings
from pydantic import BaseModel, ValidationError
from spec.generated import settings as mappings
from spec.test_schema import _candidates, _fields, _required

from archcode.fields import refuse
from archcode.flow import FlowSettings
from archcode.rationals import Known
from archcode.requires import Requires
from archcode.services import find, known_types
from archcode.shape import After, Before, Field, Shape, ShapeType, model_validator
from archcode.shape.reading import read
from archcode.shape.twin import twin
from archcode.spec.model import GroupText
from archcode.spec.profile import ProfileText
from archcode.spec.scenario import ScenarioText
from archcode.spec.view import ViewText

SHAPES = {
    shape.__name__: shape
    for shape in (
        *(find(kind).settings for kind in known_types()),
        *(FlowSettings, Requires, GroupText, ProfileText, ScenarioText, ViewText),
    )
}


def frozen(value: Any) -> Any:
    """Lists as tuples, as specs are read."""
    if isinstance(value, dict):
        return {k: frozen(v) for k, v in value.items()}
    return tuple(frozen(v) for v in value) if isinstance(value, list) else value


def plain(value: Any) -> Any:
    """What a shape or a model holds: values, and which of them were written."""
    if isinstance(value, Shape | BaseModel):
        held = value.keys if isinstance(value, ShapeType) else type(value).model_fields
        return {k: plain(getattr(value, k)) for k in held}, sorted(value.model_fields_set)
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    return tuple(map(plain, value)) if isinstance(value, tuple) else value


def told_alike(shape: type[Shape], value: Any) -> bool:
    """Whether a mapping is right, after both have said the same of it."""
    try:
        model = twin(shape).model_validate(value, strict=True)
    except ValidationError:
        with pytest.raises(ValueError):  # noqa: PT011 - of whichever kind
            read(shape, value)
        return False
    made = read(shape, value)
    assert plain(made) == plain(model), value
    assert type(made) is shape
    return True


@pytest.mark.parametrize("name", SHAPES)
def test_every_key_takes_what_pydantic_takes(name):
    shape = SHAPES[name]
    told = [
        told_alike(shape, frozen(_required(twin(shape), path, value)))
        for path, field in _fields(twin(shape))
        for value in (*_candidates(field), None, True, 1, 1.5, (), ("x",), {}, {"x": 1}, "")
    ]
    assert not told or False in told


@pytest.mark.parametrize("name", SHAPES)
def test_mappings_are_read_as_pydantic_reads_them(name):
    shape = SHAPES[name]

    @settings(max_examples=40)
    @given(mappings(twin(shape)))
    def same(value):
        told_alike(shape, frozen(value))

    same()


@pytest.mark.parametrize("value", [None, (), "x", 1, {1: 2}, {"unheard_of": 1}])
def test_what_is_no_mapping_of_known_keys_is_pydantics_to_refuse(value):
    assert not told_alike(FlowSettings, value)
    with pytest.raises(ValidationError):
        FlowSettings.model_validate(value, strict=True)


class Inner(Shape):
    size: int = Field(1, ge=0, le=9)


class Whole(Shape, title="Everything"):
    """A shape with all there is."""

    kind: ClassVar[str] = "whole"

    name: Annotated[str, Field(min_length=1, max_length=3)]
    also: int | None = Field(None, ge=2, description="A number.", aliases=("also", "too"))
    inner: Inner = Inner()
    words: tuple[str, ...] = ()
    table: dict[str, Inner] = Field({}, description="More of them.")
    loud: Annotated[str, Before(str.upper), After(str.strip)] = "A"

    @model_validator(mode="after")
    def _fits(self):
        if self.also == 7:
            refuse("seven", "is seven")
        return self

    @property
    def twice(self):
        return self.name * 2


class Narrow(Whole):
    name: str = "n"
    extra: bool = False

    @model_validator(mode="after")
    def _narrow(self):
        if self.extra and self.also is None:
            refuse("extra_alone", "sets extra, which needs also")
        return self


@pytest.mark.parametrize(
    ("value", "right"),
    [
        ({"name": "abc"}, True),
        ({}, False),
        ({"name": ""}, False),
        ({"name": "abcd"}, False),
        ({"name": "a", "also": 2}, True),
        ({"name": "a", "too": 3}, True),
        ({"name": "a", "also": 1}, False),
        ({"name": "a", "also": 7}, False),
        ({"name": "a", "also": True}, False),
        ({"name": "a", "also": None}, True),
        ({"name": "a", "inner": {"size": 9}}, True),
        ({"name": "a", "inner": {"size": 10}}, False),
        ({"name": "a", "inner": None}, False),
        ({"name": "a", "words": ("b", "c")}, True),
        ({"name": "a", "words": ["b"]}, False),
        ({"name": "a", "words": ("b", 1)}, False),
        ({"name": "a", "table": {"b": {"size": 2}}}, True),
        ({"name": "a", "table": {"b": 2}}, False),
        ({"name": "a", "loud": " b "}, True),
        ({"name": "a", "kind": "other"}, False),
        ({"name": "a", "twice": "aa"}, False),
    ],
)
def test_a_shape_is_read_as_it_is_written(value, right):
    assert told_alike(Whole, value) is right


def test_a_key_may_not_hide_what_a_shape_knows_of_itself():
    with pytest.raises(TypeError, match="Odd: keys, checks, written, config can be no keys"):

        class Odd(Shape):
            keys: int = 1


def test_a_key_with_two_names_is_given_once():
    assert Whole.model_validate({"name": "a", "too": 4}).also == 4
    assert Whole.model_validate({"name": "a", "also": 5}).also == 5
    with pytest.raises(ValidationError):
        Whole.model_validate({"name": "a", "also": 5, "too": 4})


def test_a_shape_may_say_more_than_another():
    assert told_alike(Narrow, {})
    assert told_alike(Narrow, {"extra": True, "also": 3})
    assert not told_alike(Narrow, {"extra": True})
    assert not told_alike(Narrow, {"also": 7})
    assert [*Narrow.keys] == [*twin(Narrow).model_fields]


def test_what_is_read_with_pydantic_is_the_same_value():
    """Not strict, `"3"` is a number to pydantic, of which the reader is not sure."""
    lax = Whole.model_validate({"name": "a", "also": "3", "inner": {"size": "4"}, "words": ["b"]})

    assert lax == Whole(name="a", also=3, inner=Inner(size=4), words=("b",))
    assert type(lax.inner) is Inner
    assert lax.model_fields_set == {"name", "also", "inner", "words"}


def test_a_value_is_frozen_and_equal_by_what_it_holds():
    one = Whole(name="a")

    assert one == Whole(name="a", also=None)
    assert one != Whole(name="b")
    assert one != Narrow(name="a")
    assert one.twice == "aa"
    assert hash(Inner(size=1)) == hash(Inner())
    with pytest.raises(AttributeError, match="Whole is frozen"):
        one.name = "b"
    with pytest.raises(AttributeError, match="Whole is frozen"):
        del one.name


def test_a_copy_has_other_values():
    one = Whole(name="a")
    other = one.model_copy(update={"also": 4})

    assert (one.also, other.also) == (None, 4)
    assert other.model_fields_set == {"name", "also"}
    half = FlowSettings.model_validate({"share": "50%"})
    assert pickle.loads(pickle.dumps(half)) == half
    assert deepcopy(other) == other
    assert repr(other) == "Whole(name='a', also=4)"


def test_a_quantity_that_is_followed_is_taken_as_it_is():
    value = Known(1, 3)

    assert read(FlowSettings, {"rate": value}).rate is value


def test_editors_are_told_the_same():
    schema = twin(Whole).model_json_schema()

    assert schema["title"] == "Everything"
    assert schema["description"] == "A shape with all there is."
    assert schema["required"] == ["name"]
    assert schema["additionalProperties"] is False
    assert schema["properties"]["name"]["maxLength"] == 3
    assert schema["properties"]["also"]["description"] == "A number."
