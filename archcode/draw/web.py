"""A theme for web pages: each colour is a CSS variable, so that one drawing has all themes."""

from collections.abc import Iterator

from msgspec.structs import replace

from archcode.draw.look import DARK, LIGHT, BoxLook, Theme


def variables(theme: Theme) -> dict[str, str]:
    """The colours of a theme by the names of their variables."""
    return dict(_colours(theme))


def _colours(theme: Theme) -> Iterator[tuple[str, str]]:
    yield "page", theme.page
    yield "plate", theme.plate.fill if theme.plate else "transparent"
    for role, colour in theme.ink.items():
        yield f"ink-{role}", colour
    for kind, colour in theme.arrows.items():
        yield f"arrow-{kind}", colour
    for place, frame in theme.frames.items():
        yield f"{place}-text", frame.text
        yield from _box(place, frame.box)
    yield from _box("blank", theme.blank)
    yield from _box("badge", theme.badge)
    for mark, look in theme.marks.items():
        yield from _box(mark, look)


def _box(name: str, look: BoxLook) -> Iterator[tuple[str, str]]:
    if look.colour:
        yield f"{name}-line", look.colour
    if look.fill != "none":
        yield f"{name}-fill", look.fill


def _named(name: str, look: BoxLook) -> BoxLook:
    return replace(
        look,
        colour=_variable(f"{name}-line") if look.colour else "",
        fill=look.fill if look.fill == "none" else _variable(f"{name}-fill"),
    )


def _variable(name: str) -> str:
    return f"var(--{name})"


WEB = Theme(
    "web",
    _variable("page"),
    {role: _variable(f"ink-{role}") for role in LIGHT.ink},
    {
        place: replace(frame, box=_named(place, frame.box), text=_variable(f"{place}-text"))
        for place, frame in LIGHT.frames.items()
    },
    {kind: _variable(f"arrow-{kind}") for kind in LIGHT.arrows},
    _named("blank", LIGHT.blank),
    _named("badge", LIGHT.badge),
    {role: _named(role, look) for role, look in LIGHT.marks.items()},
    replace(DARK.plate, fill=_variable("plate")) if DARK.plate else None,
)
