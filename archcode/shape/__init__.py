"""Mappings of the spec language: their keys, what these take, and what must hold between them.

A shape is written as a model of pydantic is, which decides what is right and says what is wrong.
But pydantic takes a third of the time of a small command to import and to build its models, and
most specs have nothing wrong: so what plainly fits is read without it (`archcode.shape.reading`),
and anything else is put before the same shape as a model (`archcode.shape.twin`).
"""

from archcode.shape.field import After, Before, Field, model_validator
from archcode.shape.shape import Shape, ShapeType

__all__ = ["After", "Before", "Field", "Shape", "ShapeType", "model_validator"]
