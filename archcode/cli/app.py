"""The list of commands."""

from __future__ import annotations

import typer

from archcode.cli import (
    compare,
    decide,
    estimate,
    explain,
    failure_modes,
    init,
    limits,
    prices,
    render,
    scenarios,
    schema,
    sensitivity,
    services,
    sweep,
    validate,
)
from archcode.cli._ending import guarded

APP = typer.Typer(
    name="archcode",
    help="One YAML topology of AWS messaging services in; limits, sizes, monthly cost and a"
    " picture out.",
    epilog="Exit codes: 0 clean, 1 findings at error level, 2 wrong usage, 3 internal error.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        from archcode._version import __version__

        typer.echo(f"archcode {__version__}")
        raise typer.Exit


@APP.callback()
def _root(
    *,
    version: bool = typer.Option(
        False, "--version", help="Show the version and exit.", is_eager=True, callback=_version
    ),
) -> None:
    """Settle what a messaging architecture costs, whether it fits, and what it looks like."""


APP.command("render", short_help="Draw, size and price specs.")(render.render)
APP.command("validate", short_help="Check specs against services' limits.")(validate.validate)
APP.command("estimate")(estimate.estimate)
APP.command("explain", short_help="Say what a finding means, and what to do.")(explain.explain)
APP.command("failure-modes", short_help="Say what failures do on each handoff.")(
    failure_modes.failure_modes
)
APP.command("limits", short_help="Show the headroom of each limit.")(limits.limits)
APP.command("compare", short_help="Carry a channel by other services, and price it.")(
    compare.compare
)
APP.command("sweep", short_help="Price options along traffic, and where they break even.")(
    sweep.sweep
)
APP.command("decide", short_help="Write a decision record with its numbers.")(decide.decide)
APP.command("scenarios", short_help="Show all scenarios of a spec side by side.")(
    scenarios.scenarios
)
APP.command("sensitivity", short_help="Show what the ranges of a spec do to its cost.")(
    sensitivity.sensitivity
)
APP.command("services", short_help="List the types a component may have.")(services.services)
APP.add_typer(prices.APP, name="prices", short_help="Look into the price book.")
APP.command("schema")(schema.schema)
APP.command("init")(init.init)


def run() -> None:
    """Run the command line."""
    guarded(lambda: APP(prog_name="archcode"))
