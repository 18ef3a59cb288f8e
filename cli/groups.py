"""Commands that have commands: the nearest for a mistyped one, and help that cuts no sentence short."""

from __future__ import annotations

import click

_WHOLE = 1000
"""More letters than a sentence of help has."""


class Commands(click.Group):
    """A group that answers a mistyped command with the nearest, and lists each with its first sentence."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command and its arguments. Raises UsageError, with the nearest, where there is none."""
        name, known = args[0], self.list_commands(ctx)
        if name not in known and not name.startswith("-"):
            from dmn_dli.runtime.nearest import did_you_mean

            hint = did_you_mean(name, known)
            ctx.fail(f'There is no command "{name}".{hint} `{ctx.command_path} --help` lists all.')
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands, each with the whole first sentence of its help."""
        found = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        with formatter.section("Commands"):
            formatter.write_dl(
                [(name, command.get_short_help_str(_WHOLE)) for name, command in found if command is not None]
            )
