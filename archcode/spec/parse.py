"""Values to Spec: every component, flow and group checked, all problems reported at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from pydantic import ValidationError

from archcode import units
from archcode.errors import SpecError
from archcode.flow import FlowSettings
from archcode.model import Finding, Reference, ServiceSettings, Severity
from archcode.regions import REGIONS
from archcode.services import FULL_NAMES, known_types, lookup
from archcode.services._transfer import all_usage_keys
from archcode.spec.load import Document, Path, Value, load
from archcode.spec.model import Component, Flow, Group, GroupText, Spec
from archcode.spec.problems import explain, suggestion, too_long
from archcode.units import quoted

if TYPE_CHECKING:
    from fractions import Fraction

    from pydantic import BaseModel

    from archcode.services._service import AnyService

SECTIONS = ("title", "region", "components", "flows", "groups")
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,79}")
_ARROW = re.compile(r"\s*->\s*")
_COMMON_KEYS = ("type", "label", "usage")
_ENDS = ("from", "to")
MOST_CHARACTERS = 200
MOST_COMPARED = 100


def parse(text: str) -> Spec:
    """A Spec from YAML text; raises SpecError with every problem, in the order of the text."""
    return _Parser(load(text)).spec()


class _Parser:
    """Collects components, flows and groups, and what is wrong with them."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Finding] = []
        self.compared = 0
        self.names: dict[str, None] = {}

    def spec(self) -> Spec:
        top = self.document.value
        if not isinstance(top, dict):
            fact = f"the spec is {quoted(top)}, not a mapping of {', '.join(SECTIONS)}"
            self.note((), "wrong_type", "", fact)
            raise self.failure()
        for key in top:
            if key not in SECTIONS:
                message = f"the spec has no key {quoted(key)}"
                self.note((key,), "unknown_key", "", message, suggestion(key, SECTIONS), key=True)
        title = self.text(top, "title", "Untitled")
        region = self.region(self.text(top, "region", ""))
        components = self.components(top)
        spec = Spec(
            title,
            region,
            components,
            self.flows(top.get("flows")),
            self.groups(top.get("groups")),
            self.document,
        )
        self.references(spec)
        if self.problems or self.document.problems:
            raise self.failure()
        return spec

    def failure(self) -> SpecError:
        """All problems in the order of the text; what is no YAML of ours needs no second one."""
        odd = self.document.problems
        places = {(problem.line, problem.column) for problem in odd}
        others = [f for f in self.problems if (f.line, f.column) not in places]
        ordered = sorted([*odd, *others], key=lambda f: (f.line, f.column, f.rule, f.message))
        return SpecError(ordered)

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

    def text(self, top: dict[str, Value], key: str, default: str) -> str:
        """A text at the top level."""
        if key in top:
            return self.words((key,), key, top[key], default)
        if key == "region":
            hint = "say where it runs, such as region: us-east-1"
            self.note((), "missing_key", "", "the spec needs a region", hint)
        return default

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

    def region(self, region: str) -> str:
        """A region that AWS has."""
        if region and region not in REGIONS:
            message = f"{quoted(region)} is no AWS region"
            hint = suggestion(region, REGIONS, "known")
            self.note(("region",), "unknown_region", "region", message, hint)
        return region

    def components(self, top: dict[str, Value]) -> dict[str, Component]:
        """All components that can be read."""
        section = top.get("components")
        if not section:
            fact = "needs components" if "components" not in top else "has no components"
            hint = "such as orders: {type: sqs.queue}"
            self.note(("components",), "missing_key", "", f"the spec {fact}", hint, key=True)
            return {}
        if not isinstance(section, dict):
            fact = f"is {quoted(section)}, not a mapping such as {{orders: {{type: sqs.queue}}}}"
            self.note(("components",), "wrong_type", "components", fact)
            return {}
        self.names = dict.fromkeys(section)
        read = (self.component(name, value) for name, value in section.items())
        return {component.name: component for component in read if component}

    def component(self, name: str, value: Value) -> Component | None:
        """One component, or None with its problems noted."""
        path: Path = ("components", name)
        self.name(path, name, "component")
        if not isinstance(value, dict):
            message = f"is {quoted(value)}, not a mapping such as {{type: sqs.queue}}"
            self.note(path, "wrong_type", name, message)
            return None
        service = self.service(path, name, value)
        label, usage = self.label(path, name, value), self.usage(path, name, value, service)
        if service is None:
            return None
        settings = {k: v for k, v in value.items() if k not in _COMMON_KEYS}
        model = self.validate(service.settings, settings, name, path, _COMMON_KEYS)
        if model is None:
            return None
        return Component(name, service.type, label, cast("ServiceSettings", model), usage)

    def name(self, path: Path, name: str, noun: str) -> None:
        """A name may stand in an arrow, a file name and a picture."""
        if not NAME.fullmatch(name):
            message = f"{quoted(name)} is no name of a {noun}"
            hint = "a letter, then up to 79 letters, digits, dots, hyphens or underscores"
            self.note(path, "bad_name", "", message, hint, key=True)

    def service(self, path: Path, name: str, value: dict[str, Value]) -> AnyService | None:
        """The service of a component's type."""
        kind = value.get("type")
        if "type" not in value:
            hint = f"known: {', '.join(known_types())}"
            self.note(path, "missing_key", name, "needs a type", hint, key=True)
            return None
        service = lookup(kind) if isinstance(kind, str) else None
        if service is None:
            message = f"{quoted(kind)} is no known type"
            hint = suggestion(str(kind), known_types(), "known", FULL_NAMES)
            self.note((*path, "type"), "unknown_type", f"{name}.type", message, hint)
        return service

    def label(self, path: Path, name: str, value: dict[str, Value]) -> str:
        """The text under the icon; the name by default."""
        if "label" not in value:
            return name
        return self.words((*path, "label"), f"{name}.label", value["label"], name)

    def usage(
        self, path: Path, name: str, value: dict[str, Value], service: AnyService | None
    ) -> dict[str, Fraction]:
        """Measured monthly quantities by their keys."""
        usage = value.get("usage", {})
        if not isinstance(usage, dict):
            message = f"is {quoted(usage)}, not a mapping of monthly quantities"
            self.note((*path, "usage"), "wrong_type", f"{name}.usage", message)
            return {}
        if service is None:
            return {}
        quantities = {}
        for key, quantity in usage.items():
            place = (*path, "usage", key)
            if key not in all_usage_keys(service):
                fact, hint = f"has no key {quoted(key)}", suggestion(key, all_usage_keys(service))
                self.note(place, "unknown_key", f"{name}.usage", fact, hint, key=True)
                continue
            try:
                quantities[key] = units.count(quantity)
            except units.QuantityError as error:
                self.note(place, error.rule, f"{name}.usage.{key}", str(error), error.hint)
        return quantities

    def validate(
        self,
        model: type[BaseModel],
        value: dict[str, Value],
        where: str,
        path: Path,
        also: tuple[str, ...] = (),
    ) -> BaseModel | None:
        """A model of a mapping, or None with its problems noted; `also` are keys taken out of it.

        Strict, so that neither `yes` is true nor `"3"` a number, nor true the number 1.
        """
        try:
            return model.model_validate(_frozen(value), strict=True)
        except ValidationError as error:
            self.problems += explain(error, model, where, path, self.document, also)
            return None

    def flows(self, section: Value) -> tuple[Flow, ...]:
        """All flows that can be read."""
        if section is None:
            return ()
        if not isinstance(section, list):
            message = f"is {quoted(section)}, not a list of arrows such as - a -> b"
            self.note(("flows",), "wrong_type", "flows", message)
            return ()
        read = (self.flow(value, ("flows", index)) for index, value in enumerate(section))
        return tuple(flow for flow in read if flow)

    def flow(self, value: Value, path: Path) -> Flow | None:
        """One flow in arrow form (`a -> b: {...}`) or mapping form (`{from: a, to: b}`)."""
        if isinstance(value, str):
            return self.arrow(value, {}, path, path)
        if isinstance(value, dict) and ("from" in value or "to" in value):
            places: list[Path] = [(*path, "from"), (*path, "to")]
            ends = [value.get(key) for key in _ENDS]
            options = {k: v for k, v in value.items() if k not in _ENDS}
            return self.ends(ends, options, places, path)
        if isinstance(value, dict) and len(value) == 1:
            (arrow, settings), *_ = value.items()
            if settings is None or isinstance(settings, dict):
                return self.arrow(arrow, settings or {}, path, (*path, arrow))
            message = f"is {quoted(settings)}, not a mapping such as {{rate: 350/s}}"
            self.note((*path, arrow), "wrong_type", arrow, message)
            return None
        message = f"{quoted(value)} is no flow"
        hint = "write - a -> b, or - a -> b: {rate: 350/s}, or - {from: a, to: b}"
        self.note(path, "wrong_type", "", message, hint)
        return None

    def arrow(self, arrow: str, options: dict[str, Value], at: Path, path: Path) -> Flow | None:
        """A flow from its arrow."""
        ends: list[Value] = [*_ARROW.split(arrow.strip())]
        if len(ends) == 2 and all(ends):
            return self.ends(ends, options, [at, at], path)
        hint = "write one arrow with a component at each end, such as a -> b"
        self.note(at, "dangling_flow", "", f"{quoted(arrow)} is no flow", hint)
        return None

    def ends(
        self, ends: list[Value], options: dict[str, Value], places: list[Path], path: Path
    ) -> Flow | None:
        """A flow between two known components."""
        known = [self.end(end, at) for end, at in zip(ends, places, strict=True)]
        where = " -> ".join(end if isinstance(end, str) else "?" for end in ends)
        settings = self.validate(FlowSettings, options, where, path, _ENDS)
        if settings is None or not all(known):
            return None
        source, target = known
        return Flow(cast("str", source), cast("str", target), settings, path)  # type: ignore[arg-type]

    def end(self, end: Value, at: Path) -> str | None:
        """One end of a flow."""
        if isinstance(end, str) and end in self.names:
            return end
        if end is None or end == "":
            hint = "write {from: a, to: b} with a component at each end"
            self.note(at, "dangling_flow", "", f'the flow has no "{at[-1]}"', hint)
            return None
        hint = self.suggested(str(end), tuple(self.names))
        self.note(at, "unknown_component", "", f"{quoted(end)} is no component", hint)
        return None

    def groups(self, section: Value) -> tuple[Group, ...]:
        """All groups; what they contain must exist and stand in one group only."""
        if section is None:
            return ()
        if not isinstance(section, dict):
            message = f"is {quoted(section)}, not a mapping of groups"
            self.note(("groups",), "wrong_type", "groups", message)
            return ()
        groups = [self.group(name, value) for name, value in section.items()]
        found = tuple(group for group in groups if group)
        self.nesting(found, tuple(section))
        return found

    def group(self, name: str, value: Value) -> Group | None:
        """One group."""
        path: Path = ("groups", name)
        self.name(path, name, "group")
        if name in self.names:
            self.note(path, "bad_name", "", f"{quoted(name)} is a component already", key=True)
        if not isinstance(value, dict):
            message = f"is {quoted(value)}, not a mapping such as {{contains: [a, b]}}"
            self.note(path, "wrong_type", name, message)
            return None
        text = self.validate(GroupText, value, name, path)
        if not isinstance(text, GroupText):
            return None
        return Group(name, text.label or name, text.kind, text.contains, text.region or "")

    def nesting(self, groups: tuple[Group, ...], names: tuple[str, ...]) -> None:
        """Every member exists, stands in one group, and no group holds itself."""
        parents: dict[str, str] = {}
        for group in groups:
            for index, member in enumerate(group.contains):
                path: Path = ("groups", group.name, "contains", index)
                if member not in self.names and member not in names:
                    message = f"{quoted(member)} is no component and no group"
                    hint = self.suggested(member, (*self.names, *names))
                    self.note(path, "unknown_component", f"{group.name}.contains", message, hint)
                elif member in parents:
                    message = f"{member} stands in {parents[member]} already"
                    self.note(path, "member_of_two_groups", f"{group.name}.contains", message)
                else:
                    parents[member] = group.name
        self.loops([group.name for group in groups if group.name not in self.names], parents)

    def loops(self, names: list[str], parents: dict[str, str]) -> None:
        """No group holds itself, be it through others; each loop is noted once."""
        done: set[str] = set()
        for name in names:
            chain: dict[str, None] = {}
            at: str | None = name
            while at and at not in done and at not in chain:
                chain[at] = None
                at = parents.get(at)
            if at in chain:
                loop = [*chain][[*chain].index(at) :]
                first = next(n for n in names if n in loop)
                others = [n for n in names if n in loop and n != first]
                fact = (
                    f"contains itself, through {', '.join(others)}" if others else "contains itself"
                )
                self.note(("groups", first), "group_in_itself", first, fact, key=True)
            done |= chain.keys()

    def references(self, spec: Spec) -> None:
        """Settings that name another component name one that exists and fits."""
        for component in spec.components.values():
            settings = component.settings
            for reference in (*settings.references(), *settings.calls()):
                self.reference(spec, component.name, reference)
        for flow in spec.flows:
            taker = flow.settings.on_failure
            if taker is not None and taker not in self.names:
                where = f"{flow.source} -> {flow.target}.on_failure"
                hint = self.suggested(taker, tuple(self.names))
                message = f"{quoted(taker)} is no component"
                self.note((*flow.path, "on_failure"), "unknown_component", where, message, hint)

    def reference(self, spec: Spec, name: str, reference: Reference) -> None:
        """One such setting."""
        path: Path = ("components", name, *reference.path)
        where, target = ".".join((name, *reference.path)), reference.target
        if target not in self.names:
            hint = self.suggested(target, tuple(self.names))
            self.note(path, "unknown_component", where, f"{quoted(target)} is no component", hint)
            return
        found = spec.components.get(target)
        if found and reference.types and found.type not in reference.types:
            fits = " or ".join(reference.types)
            message = f"{target} is of type {found.type}; it must be {fits}"
            self.note(path, "wrong_type", where, message)


def _frozen(value: Value) -> object:
    """Lists as tuples, which is what frozen models hold."""
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value
