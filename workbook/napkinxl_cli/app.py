"""The command `napkinxl`: its subcommands, loaded when they are called, and errors in one line."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from inspect import cleandoc

import rich_click as click

from napkinxl import __version__
from napkinxl.errors import NapkinError, unknown

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


EXAMPLES = "Examples:\n\n\b\n"


def headed(text: str) -> str:
    """A help text with a heading above its examples, which are marked to stay as they are.

    >>> print(headed(headed("Do it.\\n\\n\\b\\nnapkinxl")).replace("\\b", "*"))
    Do it.
    <BLANKLINE>
    Examples:
    <BLANKLINE>
    *
    napkinxl
    """
    text = cleandoc(text)  # before 3.13 a docstring keeps its indent
    return text if EXAMPLES in text else text.replace("\b\n", EXAMPLES, 1)


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
        if not isinstance(command, click.Command):
            return None
        command.help = headed(command.help or "")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The subcommand that was called; for one that there is not, the nearest."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            raise unknown("command", args[0], COMMANDS)
        return super().resolve_command(ctx, args)


HELP = click.RichHelpConfiguration(text_paragraph_linebreaks="\n\n", padding_helptext_first_line=(0, 0, 1, 0))


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100, "rich_help_config": HELP},
)
@click.version_option(__version__, prog_name="napkinxl")
@click.pass_context
def cli(context: click.Context) -> None:
    """What serving a language model costs: users per GPU, speed, and what a user costs a month.

    \b
    napkinxl report                  write the workbook
    napkinxl cost plans.toml         what each plan costs and must charge
    napkinxl compare plans.toml      own, rent, or buy tokens from an API
    napkinxl plan plans.toml         GPUs, cost and cash month by month
    napkinxl estimate --gpu H100     users per GPU and speed
    napkinxl explain kv_cache_gb     show how a number comes about
    napkinxl template --host lite    a workbook with the Excel functions
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


cli.help = headed(cli.help or "")


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
