"""The command line: one module per command, a thin shell over the library; nothing heavy is imported too early."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import click

from advisor.cli import exits
from advisor.version import __version__

_COMMANDS = {
    "assess": ("advisor.cli.assess", "Give the advice on one or more profiles."),
    "backtest": ("advisor.cli.backtest", "Say whether warnings came true."),
    "brand": ("advisor.cli.brand", "Check the looks of a client or a consultancy."),
    "check-template": ("advisor.cli.check_template", "Say what a Word template lacks for a memo."),
    "explain": ("advisor.cli.explain", "Say why something came out, or why not."),
    "interview": ("advisor.cli.interview", "Ask the questions, what decides most first."),
    "memo": ("advisor.cli.memo", "Write the memo for the client."),
    "portfolio": ("advisor.cli.portfolio", "Advise on many units at once."),
    "profile": ("advisor.cli.profile", "Begin, check and describe profiles."),
    "pulse": ("advisor.cli.pulse", "Hear the staff through a form tool."),
    "questions": ("advisor.cli.questions", "Print the questions, with room for answers."),
    "recheck": ("advisor.cli.recheck", "Say what has become of an earlier advice."),
    "rules": ("advisor.cli.rules", "Check, try and read a rulebook."),
    "verify-memo": ("advisor.cli.verify_memo", "Say whether a memo is still what it was made from."),
    "workbook": ("advisor.cli.workbook", "Fill in a profile in Excel."),
}
_EXAMPLES = """
\b
Examples:
  advisor interview client.yaml
  advisor profile new client.yaml
  advisor workbook new -o client.xlsx
  advisor assess client.yaml
  advisor assess client.yaml --set cases_per_day=250 --format json
  advisor explain client.yaml quality
  advisor memo client.yaml -o memo.docx
  advisor portfolio branches.csv -o board.html
  advisor backtest branches.csv --horizon 365
  advisor verify-memo memo.docx
  advisor recheck memo.docx client.yaml
"""


class _LazyGroup(click.Group):
    """A group whose commands are imported when they are called; their one-line helps stand here."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            raise click.NoSuchCommand(cmd_name, possibilities=_COMMANDS, ctx=ctx)
        command: click.Command = import_module(_COMMANDS[cmd_name][0]).command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:  # click would end with 1, which means something else here
            raise exits.ReaderGone from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])


@click.command(
    cls=_LazyGroup,
    epilog=_EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="advisor")
@click.pass_context
def advisor(ctx: click.Context) -> None:
    """Advise on what to do with the time that AI sets free.

    From a client profile to a recommendation that can be traced to answers, rules and sources.
    """
    ctx.color = exits.colour_wanted()


def main() -> int:
    """Run the command line and give its exit code."""
    return exits.run(advisor, sys.argv[1:])
