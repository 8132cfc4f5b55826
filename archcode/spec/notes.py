"""What is wrong with a spec: problems are noted while its parts are read, and none ends that."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from archcode.model import Finding, Severity
from archcode.spec.load import Document, Path, Value
from archcode.spec.problems import explain, suggestion, too_long
from archcode.units import quoted

if TYPE_CHECKING:
    from archcode.shape import Shape

S = TypeVar("S", bound="Shape")
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,79}")
MOST_CHARACTERS = 200
MOST_COMPARED = 100


class Notes:
    """The problems of a document; `names` are its components."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Finding] = []
        self.compared = 0
        self.names: dict[str, None] = {}

    def note(
        self, path: Path, rule: str, where: str, message: str, hint: str = "", *, key: bool = False
    ) -> None:
        """Add an error at a path."""
        mark = self.document.mark(path, key=key)
        self.problems.append(Finding(rule, Severity.ERROR, where, message, hint, *mark))

    def suggested(self, name: str, known: tuple[str, ...]) -> str:
        """The component that is meant; comparing names is slow, so only for the first problems."""
        self.compared += 1
        return suggestion(name, known, "known") if self.compared <= MOST_COMPARED and known else ""

    def words(self, path: Path, where: str, value: Value, default: str) -> str:
        """A text of 1 to 200 characters, or the default with a problem noted."""
        if not isinstance(value, str):
            self.note(path, "wrong_type", where, f"is {quoted(value)}, not text")
        elif not value.strip():
            self.note(path, "empty_value", where, "is empty")
        elif len(value) > MOST_CHARACTERS:
            self.note(path, "too_long", where, too_long(value, MOST_CHARACTERS))
        else:
            return value
        return default

    def name(self, path: Path, name: str, noun: str) -> None:
        """A name may stand in an arrow, a file name and a picture."""
        if not NAME.fullmatch(name):
            article = "an" if noun[0] in "aeiou" else "a"
            message = f"{quoted(name)} is no name of {article} {noun}"
            hint = "a letter, then up to 79 letters, digits, dots, hyphens or underscores"
            self.note(path, "bad_name", "", message, hint, key=True)

    def validate(
        self,
        model: type[S],
        value: dict[str, Value],
        where: str,
        path: Path,
        also: tuple[str, ...] = (),
    ) -> S | None:
        """A shape of a mapping, or None with its problems noted; `also` are keys taken out of it.

        Strict, so that neither `yes` is true nor `"3"` a number, nor true the number 1.
        """
        try:
            return model.model_validate(_frozen(value), strict=True)
        except ValueError as error:
            self.problems += explain(error, model, where, path, self.document, also)
            return None


def _frozen(value: Value) -> object:
    """Lists as tuples, which is what frozen models hold."""
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value
