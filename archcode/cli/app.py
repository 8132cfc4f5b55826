"""The list of commands, and the one that is called."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

import typer

from archcode.cli._ending import guarded

if TYPE_CHECKING:
    from collections.abc import Iterable

COMMANDS: dict[str, str | None] = {
    "render": "Draw, size and price specs.",
    "validate": "Check specs against services' limits.",
    "estimate": None,
    "explain": "Say what a finding means, and what to do.",
    "failure-modes": "Say what failures do on each handoff.",
    "limits": "Show the headroom of each limit.",
    "compare": "Carry a channel by other services, and price it.",
    "sweep": "Price options along traffic, and where they break even.",
    "decide": "Write a decision record with its numbers.",
    "scenarios": "Show all scenarios of a spec side by side.",
    "sensitivity": "Show what the ranges of a spec do to its cost.",
    "services": "List the types a component may have.",
    "prices": "Look into the price book.",
    "schema": None,
    "init": None,
}
"""Every command in the order of the list, with its line there where its help has a longer one."""


def build(names: Iterable[str] = tuple(COMMANDS)) -> typer.Typer:
    """The command line with these commands; each is a module of its own, loaded for it."""
    app = typer.Typer(
        name="archcode",
        help="One YAML topology of AWS messaging services in; limits, sizes, monthly cost and a"
        " picture out.",
        epilog="Exit codes: 0 clean, 1 findings at error level, 2 wrong usage, 3 internal error.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_root)
    for name in names:
        _add(app, name)
    return app


def _add(app: typer.Typer, name: str) -> None:
    word = name.replace("-", "_")
    module = import_module(f"archcode.cli.{word}")
    if name == "prices":
        app.add_typer(module.APP, name=name, short_help=COMMANDS[name])
    else:
        app.command(name, short_help=COMMANDS[name])(getattr(module, word))


def _version(asked: bool) -> None:
    if asked:
        from archcode._version import __version__

        typer.echo(f"archcode {__version__}")
        raise typer.Exit


def _root(
    *,
    version: bool = typer.Option(
        False, "--version", help="Show the version and exit.", is_eager=True, callback=_version
    ),
) -> None:
    """Settle what a messaging architecture costs, whether it fits, and what it looks like."""


def run() -> None:
    """Run the command line; where a command is called, no other one is loaded."""
    called = [name for name in sys.argv[1:2] if name in COMMANDS]
    guarded(lambda: build(called or COMMANDS)(prog_name="archcode"))
