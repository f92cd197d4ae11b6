"""The command `napkinxl`: its subcommands, loaded when they are called, and errors in one line."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import rich_click as click

from napkinxl import __version__
from napkinxl.errors import NapkinError

# Subcommand: its module in napkinxl_cli.commands and the function there.
COMMANDS = {
    "report": "report:report",
    "estimate": "estimate:estimate",
    "template": "template:template",
    "lite-code": "lite_code:lite_code",
    "recalc": "recalc:recalc",
    "cost": "cost:cost",
    "compare": "compare:compare",
    "plan": "plan:plan",
    "sweep": "sweep:sweep",
    "explain": "explain:explain",
    "audit": "audit:audit",
    "gpus": "catalogs:gpus",
    "models": "catalogs:models",
    "prices": "catalogs:prices",
    "apis": "apis:apis",
    "calc-install": "calc:calc_install",
    "doctor": "doctor:doctor",
}


class LazyGroup(click.RichGroup):
    """A group that imports a subcommand only when it is needed, so that each starts fast."""

    def list_commands(self, _context: click.Context) -> list[str]:
        """The subcommands, the main job first."""
        return list(COMMANDS)

    def get_command(self, _context: click.Context, cmd_name: str) -> click.Command | None:
        """The subcommand, imported."""
        if cmd_name not in COMMANDS:
            return None
        module, _, function = COMMANDS[cmd_name].partition(":")
        command = getattr(import_module(f"napkinxl_cli.commands.{module}"), function)
        return command if isinstance(command, click.Command) else None


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="napkinxl")
@click.pass_context
def cli(context: click.Context) -> None:
    """What serving a language model costs: users per GPU, speed, and what a user costs a month.

    \b
    napkinxl report                  write the workbook
    napkinxl template --host lite    write a workbook that calls the Excel functions
    napkinxl estimate --gpu H100     print the answer
    napkinxl explain kv_cache_gb     show how a number comes about
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def main() -> None:
    """Run the command line: what a user can mend is said in one line on stderr, with exit code 2."""
    try:
        code = cli.main(prog_name="napkinxl", standalone_mode=False)
    except (click.ClickException, NapkinError) as error:
        text = error.format_message() if isinstance(error, click.ClickException) else str(error)
        print(f"napkinxl: {' '.join(text.split())}", file=sys.stderr)
        code = 2
    except (KeyboardInterrupt, click.Abort):
        print("napkinxl: stopped; nothing half-written is left", file=sys.stderr)
        code = 130
    except BrokenPipeError:
        # The reader (head, less) has seen enough; keep Python from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code if isinstance(code, int) else 0)
