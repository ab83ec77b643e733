"""Turns every failure of a command into one line that says what to do, and an exit code."""

import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import typer
from typer._click.exceptions import NoArgsIsHelpError
from typer.core import TyperGroup
from typer.exceptions import TyperException

from penchant.errors import PenchantError
from penchant.prompts.locales import FALLBACK, Translator
from penchant.prompts.remarks import remark_in
from penchant.secrets import mask
from penchant.store.private_files import FULL
from penchant.tools.cli.interrupts import INTERRUPTED, raise_on_interrupt

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

ORDER = (
    *(
        "demo",
        "items",
        "events",
        "update",
        "profile",
        "onboard",
        "recommend",
        "explain",
        "feedback",
        "context",
        "ask",
        "chat",
    ),
    *("report", "eval", "tune", "stats", "model", "doctor", "serve", "mcp", "consent", "erase", "verify"),
)
"""The order of commands in `penchant --help`: as a new user needs them."""
NEGATIVE_IDS = "Put `--` before an id that begins with a hyphen, after all options: penchant profile show -- -1"
WORDINGS = {
    "int_parsing": "is not a whole number",
    "int_parsing_size": "is too large a number",
    "float_parsing": "is not a number",
    "finite_number": "is not a number that can be counted with",
    "greater_than": "is too small: give a number above {gt:g}",
    "greater_than_equal": "is too small: give at least {ge:g}",
    "less_than": "is too large: give a number below {lt:g}",
    "less_than_equal": "is too large: give at most {le:g}",
}
"""What to say of a value of an option, by pydantic's name of the fault."""
STOPPED_MESSAGE = "Stopped. Everything written so far is kept; run the same command again to go on from there."


class Commands(TyperGroup):
    """The root group of commands; handles everything they raise."""

    def list_commands(self, ctx: Any) -> list[str]:
        return sorted(self.commands, key=lambda name: (ORDER.index(name) if name in ORDER else len(ORDER), name))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args and args[0] not in self.commands and (whole := self._groups_with(args[0])):
            ctx.fail(
                f"No such command {args[0]!r}: write `{'` or `'.join(f'{ctx.info_name} {name}' for name in whole)}`"
            )
        return super().resolve_command(ctx, args)

    def _groups_with(self, name: str) -> list[str]:
        """Return the commands of this name in groups, with the names of their groups."""
        groups = [(group, self.commands[group]) for group in self.list_commands(None)]
        return [f"{group} {name}" for group, command in groups if name in getattr(command, "commands", {})]

    def make_context(self, *args: Any, **extra: Any) -> Any:
        with _failures_shown():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: Any) -> Any:
        _reopen_closed_streams()
        _replace_unprintable()
        with _failures_shown():
            raise_on_interrupt()
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result


@contextmanager
def _failures_shown() -> Iterator[None]:
    """Turn whatever is raised inside this context into a message on stderr and an exit code."""
    try:
        yield
    except (typer.Exit, typer.Abort):
        raise
    except TyperException as error:
        _fail_by_use(error)
    except PenchantError as error:
        fail(str(error), error.exit_code)
    except KeyboardInterrupt:
        typer.echo(remark_in(_language_known_so_far(), STOPPED_MESSAGE), err=True)
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:
        _close_quietly()
    except OSError as error:
        if error.errno not in FULL:
            _fail_unexpectedly(error)
        fail(f"no room left to write {error.filename or 'the output'}: free some space, or send it elsewhere")
    except Exception as error:  # noqa: BLE001 - the last line of defence: nobody is shown a traceback unasked
        _fail_unexpectedly(error)


def language_in_force() -> str:
    """Return the language of the installation; where its settings cannot be read, that of `PENCHANT_LANG`."""
    from penchant.settings import Settings

    try:
        return Settings.load().lang
    except PenchantError:
        return os.environ.get("PENCHANT_LANG", FALLBACK)


def _language_known_so_far() -> str:
    """Return the language without loading a module: Ctrl-C may have left modules half loaded, which cannot be loaded again."""
    return language_in_force() if "penchant.settings" in sys.modules else os.environ.get("PENCHANT_LANG", FALLBACK)


def _fail_by_use(error: TyperException) -> NoReturn:
    """Print how the command is used and what is wrong, and exit."""
    context = getattr(error, "ctx", None)
    if isinstance(error, NoArgsIsHelpError):
        raise error
    if context is not None:
        words = Translator(language_in_force(), "cli")
        typer.echo(context.get_usage(), err=True)
        typer.echo(words("see_help", command=f"{context.command_path} {context.help_option_names[0]}"), err=True)
        typer.echo(err=True)
    fail(_with_hint(error).format_message(), error.exit_code)


def _with_hint(error: TyperException) -> TyperException:
    """Return the error in plain words, with what to do if an id such as -1 was taken for an option."""
    from pydantic import ValidationError

    if isinstance(error.__cause__, ValidationError):
        error.message = "; ".join(in_plain_words(fault) for fault in error.__cause__.errors(include_url=False))
    if str(getattr(error, "option_name", ""))[1:].isdigit():
        error.message += f". {NEGATIVE_IDS}"
    return error


def in_plain_words(fault: "ErrorDetails") -> str:
    """Return what is wrong with the value of an option, for people who do not write programs."""
    wording = WORDINGS.get(fault["type"])
    if wording is None:
        return str(fault["msg"]).removeprefix("Value error, ")
    return f"{str(fault['input'])[:40]!r} {wording.format(**fault.get('ctx', {}))}"


def fail(message: str, exit_code: int = 1) -> NoReturn:
    """Print the message on stderr in one line, in the language of the installation and with secrets masked, and exit."""
    language = language_in_force()
    heading = typer.style(Translator(language, "cli")("error"), fg="red", bold=True)
    typer.echo(f"{heading}{mask(remark_in(language, ' '.join(message.split())))}", err=True)
    raise typer.Exit(exit_code)


def _fail_unexpectedly(error: Exception) -> NoReturn:
    if os.environ.get("PENCHANT_DEBUG"):
        typer.echo(mask("".join(traceback.format_exception(error))), err=True)
    hint = "set PENCHANT_DEBUG=1 to see where, and `penchant doctor` to check the installation"
    fail(f"unexpected {type(error).__name__}: {mask(str(error))[:300]} ({hint})")


def _close_quietly() -> NoReturn:
    """Exit with 0: the reader of the output has stopped reading (`… | head`), which is not a failure."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise typer.Exit(0)


def _reopen_closed_streams() -> None:
    """Open streams that the parent process has closed (`>&-`) on the null device."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            nothing = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115 - open until the process ends
            setattr(sys, name, nothing)


def _replace_unprintable() -> None:
    """Print a question mark for characters that the terminal cannot show, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
