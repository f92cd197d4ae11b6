"""The command `napkinxl`: its subcommands, loaded when they are called, and errors in one line."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from inspect import cleandoc

import rich_click as click

from napkinxl import __version__
from napkinxl.errors import NapkinError, unknown

# Subcommand: its module in napkinxl_cli.commands, the function there, and its first sentence (a test compares them).
COMMANDS = {
    "report": (
        "report",
        "report",
        "Write a workbook that says what serving a model costs, with every number open to audit.",
    ),
    "estimate": ("estimate", "estimate", "Estimate capacity, cost and margin for each scenario."),
    "template": (
        "template",
        "template",
        "Write a template workbook whose cells call the Excel functions, for one program.",
    ),
    "lite-code": (
        "lite_code",
        "lite_code",
        "Put the code of the functions into WORKBOOK (.xlsx), so that they answer in Excel with xlwings Lite.",
    ),
    "recalc": ("recalc", "recalc", "Calculate the functions of napkinxl in WORKBOOK (.xlsx or .xlsm) without Excel."),
    "cost": ("cost", "cost", "Print what a user costs a month, what to charge, and what each plan contributes."),
    "compare": ("compare", "compare", "Compare owning, renting, reserving and spot GPUs with tokens from an API."),
    "plan": (
        "plan",
        "plan",
        "Plan a fleet over months: users, GPUs owned and rented, cost, revenue, cash, and when it breaks even.",
    ),
    "sweep": ("sweep", "sweep", "Say which input matters most, compute a grid, or draw the inputs at random."),
    "explain": (
        "explain",
        "explain",
        "Show how a quantity comes about: its formula in names and in numbers, and the source.",
    ),
    "audit": ("audit", "audit", "Check the formulas against every published figure."),
    "gpus": (
        "catalogs",
        "gpus",
        "List the GPUs of the catalog, or show all of one: memory, bandwidth, dense compute, reference rent, source.",
    ),
    "models": (
        "catalogs",
        "models",
        "List the models of the catalog, show all of one, or make a row from a Hugging Face config.json.",
    ),
    "prices": ("catalogs", "prices", "List dated rental prices, of all GPUs or of one."),
    "apis": ("apis", "apis", "List the APIs whose prices are known, or show the prices of NAME as provider/model."),
    "calc-install": (
        "calc",
        "calc_install",
        "Let LibreOffice Calc compute the functions, in sheets of your own and in those of template --host calc.",
    ),
    "doctor": (
        "doctor",
        "doctor",
        "Find what stops the Excel functions from working, and say how to fix it.",
    ),
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
        if cmd_name not in COMMANDS or cmd_name in self.commands:
            return self.commands.get(cmd_name)
        module, function, _ = COMMANDS[cmd_name]
        command = getattr(import_module(f"napkinxl_cli.commands.{module}"), function)
        if not isinstance(command, click.Command):
            return None
        command.help = headed(command.help or "")
        return command

    def get_help(self, ctx: click.Context) -> str:
        """The page of all subcommands, for which none is imported: each stands there by its first sentence."""
        self.commands = {name: click.RichCommand(name=name, help=text) for name, (_, _, text) in COMMANDS.items()}
        try:
            return super().get_help(ctx)
        finally:
            self.commands = {}

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
