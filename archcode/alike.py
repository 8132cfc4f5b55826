"""Values that are equal although some of what they carry along differs."""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct


class Alike(Struct, frozen=True, eq=False):
    """Equals another of its kind where all fields do but those in `apart`.

    Such as where it stands in a text, which says nothing of what it is.
    """

    apart: ClassVar[frozenset[str]] = frozenset()

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self._compared() == other._compared()

    def __hash__(self) -> int:
        return hash(self._compared())

    def _compared(self) -> tuple[object, ...]:
        names = self.__struct_fields__
        return tuple(getattr(self, name) for name in names if name not in self.apart)
