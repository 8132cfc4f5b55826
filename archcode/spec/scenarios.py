"""The scenarios of a spec: read, and put into the text that they change."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archcode.spec.load import Document
from archcode.spec.scenario import Scenario, ScenarioText
from archcode.units import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archcode.spec.load import Path, Value
    from archcode.spec.model import Flow
    from archcode.spec.notes import Notes

_ARROW = re.compile(r"\s*->\s*")
FIXED = {"components": ("type",), "flows": ("from", "to")}
"""Keys that say what a thing is, which no scenario changes."""


def read_scenarios(notes: Notes, section: Value, flows: Sequence[Flow]) -> tuple[Scenario, ...]:
    """All scenarios; what they change must exist."""
    if section is None:
        return ()
    if not isinstance(section, dict):
        fact = f"is {quoted(section)}, not a mapping such as {{black-friday: {{scale: 8}}}}"
        notes.note(("scenarios",), "wrong_type", "scenarios", fact)
        return ()
    read = [_scenario(notes, name, value, flows) for name, value in section.items()]
    return tuple(scenario for scenario in read if scenario)


def _scenario(notes: Notes, name: str, value: Value, flows: Sequence[Flow]) -> Scenario | None:
    """One scenario, or None with its problems noted."""
    path: Path = ("scenarios", name)
    where = f"scenarios.{name}"
    notes.name(path, name, "scenario")
    if not isinstance(value, dict):
        fact = f"is {quoted(value)}, not a mapping such as {{scale: 8}}"
        notes.note(path, "wrong_type", where, fact)
        return None
    text = notes.validate(ScenarioText, value, where, path)
    if not isinstance(text, ScenarioText):
        return None
    scenario = Scenario.read(name, text, value)
    _known(notes, scenario, where, path, flows)
    return scenario


def _known(notes: Notes, scenario: Scenario, where: str, path: Path, flows: Sequence[Flow]) -> None:
    """What a scenario changes exists, stays what it is, and no arrow is one of several."""
    for name in scenario.components:
        if name not in notes.names:
            hint = notes.suggested(name, tuple(notes.names))
            at, fact = (*path, "components", name), f"{quoted(name)} is no component"
            notes.note(at, "unknown_component", f"{where}.components", fact, hint, key=True)
    drawn = [_arrow(flow) for flow in flows]
    for arrow in scenario.flows:
        number = drawn.count(_straight(arrow))
        at = (*path, "flows", arrow)
        if number == 0:
            hint = notes.suggested(arrow, tuple(dict.fromkeys(drawn)))
            fact = f"{quoted(arrow)} is no flow"
            notes.note(at, "unknown_flow", f"{where}.flows", fact, hint, key=True)
        elif number > 1:
            fact = f"{quoted(arrow)} may be any of {number} flows"
            notes.note(at, "ambiguous_flow", f"{where}.flows", fact, key=True)
    _kept(notes, scenario, where, path)


def _kept(notes: Notes, scenario: Scenario, where: str, path: Path) -> None:
    """No change of what a component or a flow is."""
    for section, changes in (("components", scenario.components), ("flows", scenario.flows)):
        for name, settings in changes.items():
            for key in (key for key in FIXED[section] if key in settings):
                fact = f"changes {key}, which says what it is"
                at = (*path, section, name, key)
                place = f"{where}.{section}.{name}"
                notes.note(at, "scenario_of_another_thing", place, fact, key=True)


def _straight(arrow: str) -> str:
    return " -> ".join(_ARROW.split(arrow.strip()))


def _arrow(flow: Flow) -> str:
    return f"{flow.source} -> {flow.target}"


def patched(document: Document, scenario: Scenario, flows: Sequence[Flow]) -> Document:
    """The document with what a scenario changes, each change at its own place in the text."""
    return _Patch(document, scenario).document(flows)


class _Patch:
    """Puts the changes of one scenario into a document; `path` is where they are written."""

    def __init__(self, before: Document, scenario: Scenario) -> None:
        self._scenario, self._path = scenario, ("scenarios", scenario.name)
        self._after = Document(
            keys=dict(before.keys), values=dict(before.values), ignores=before.ignores
        )
        top = before.value if isinstance(before.value, dict) else {}
        self._top = {key: value for key, value in top.items() if key != "scenarios"}

    def document(self, flows: Sequence[Flow]) -> Document:
        """All changes made."""
        if self._scenario.region:
            self._top["region"] = self._scenario.region
            self._moved((*self._path, "region"), ("region",))
        self._components()
        self._flows(flows)
        return replace(self._after, value=self._top)

    def _components(self) -> None:
        section = dict(_mapping(self._top.get("components")))
        for name, changes in self._scenario.components.items():
            origin = (*self._path, "components", name)
            section[name] = self._merged(section[name], changes, ("components", name), origin)
        self._top["components"] = section

    def _flows(self, flows: Sequence[Flow]) -> None:
        section = self._top.get("flows")
        drawn = [*section] if isinstance(section, list) else []
        for arrow, changes in self._scenario.flows.items():
            flow = next(flow for flow in flows if _arrow(flow) == _straight(arrow))
            index = int(flow.path[1])
            before, origin = drawn[index], (*self._path, "flows", arrow)
            if isinstance(before, dict) and len(flow.path) == 2:
                drawn[index] = self._merged(before, changes, ("flows", index), origin)
                continue
            written = before if isinstance(before, str) else str(flow.path[2])
            settings = before[written] if isinstance(before, dict) else {}
            at = ("flows", index, written)
            drawn[index] = {written: self._merged(settings, changes, at, origin)}
        self._top["flows"] = drawn

    def _merged(self, before: Value, changes: Mapping[str, Value], at: Path, origin: Path) -> Value:
        """A mapping with some of its keys changed, those inside its mappings too."""
        merged = dict(_mapping(before))
        for key, value in changes.items():
            old, place = merged.get(key), (*at, key)
            if isinstance(value, dict) and isinstance(old, dict):
                merged[key] = self._merged(old, value, place, (*origin, key))
                continue
            self._moved((*origin, key), place)
            merged[key] = value
        return merged

    def _moved(self, origin: Path, place: Path) -> None:
        """Everything at a path stands where the scenario has it."""
        size = len(origin)
        for marks in (self._after.keys, self._after.values):
            inside = [path for path in marks if path[:size] == origin]
            marks.update({(*place, *path[size:]): marks[path] for path in inside})


def _mapping(value: Value) -> dict[str, Value]:
    return value if isinstance(value, dict) else {}
