"""`penchant ask` and `penchant chat`: a user talks to their profile."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from penchant.tools.cli.options import AsJson, User, examples
from penchant.tools.cli.output import note, show, show_json, show_json_line
from penchant.tools.cli.session import open_agent

if TYPE_CHECKING:
    from penchant.agent.chat.conversation import Conversation
    from penchant.agent.chat.trace import ChatAnswer, Step

WithTrace = Annotated[bool, typer.Option("--trace", help="Show every step on stderr: what was called, and why not.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(
        epilog=examples(
            'penchant ask ada "something for a long flight, nothing violent"',
            'penchant ask ada "why the first?" --trace',
        )
    )(ask)
    app.command(
        epilog=examples("penchant chat ada", "penchant chat ada --trace", "penchant chat ada --json < messages.txt")
    )(chat)


def ask(
    user: User,
    message: Annotated[str, typer.Argument(metavar="MESSAGE", help="What the user says.", show_default=False)],
    *,
    trace: WithTrace = False,
    as_json: AsJson = False,
) -> None:
    """Answer one message with Penchant's tools.

    The language model looks at the profile, searches, recommends and explains; rules do where it cannot.
    """
    conversation = _open(user)
    if as_json:
        return show_json(conversation.ask(message))
    return _tell(conversation, message, trace)


def chat(user: User, *, trace: WithTrace = False, as_json: AsJson = False) -> None:
    """Talk with a user's profile until an empty line.

    Ctrl-C during an answer ends that answer only. With --json each answer is one line, as `ask --json` has it.
    """
    conversation = _open(user)
    if not as_json:
        note("Ask for something, ask why, or say what you like. An empty line ends the conversation.")
    while message := _read():
        try:
            if as_json:
                show_json_line(conversation.ask(message))
            else:
                _tell(conversation, message, trace)
        except KeyboardInterrupt:
            if not as_json:
                show("")
            note("The answer was stopped.")


def _read() -> str:
    """The next message; empty at the end of input, and for Ctrl-C at the prompt."""
    prompt = "> " if sys.stdin.isatty() else ""
    try:
        return input(prompt).strip()
    except (EOFError, KeyboardInterrupt):
        return ""


def _tell(conversation: "Conversation", message: str, trace: bool) -> None:
    """Hand the answer out as it is made."""
    turn, written = conversation.stream(message), ""
    while True:
        try:
            piece = next(turn)
        except StopIteration as end:
            answer: ChatAnswer = end.value
            break
        if isinstance(piece, str):
            written += piece
            typer.echo(_printable(piece), nl=False)
        elif trace:
            note(_step(piece))
    if not written.endswith("\n"):
        typer.echo()
    _say_how(answer, trace)


def _step(step: "Step") -> str:
    arguments = ", ".join(f"{name}={value!r}" for name, value in step.arguments.items())
    cost = f" [{step.tokens} tokens]" if step.tokens else ""
    took = f" [{step.seconds:.1f} s]" if step.seconds >= 0.05 else ""
    return (
        f"{step.number:>3} {step.kind:<8}{step.name}({arguments}){cost}{took} {'✗ ' if step.failed else ''}{step.says}"
    )


def _say_how(answer: "ChatAnswer", trace: bool) -> None:
    for lost in answer.degraded:
        note(f"{lost.step}: {lost.reason}")
    if trace:
        by = (
            f"{answer.model} called the tools"
            if answer.plan == "model"
            else "rules called the tools and wrote the answer"
        )
        spent = f"{answer.llm.calls} calls, {answer.llm.prompt_tokens} + {answer.llm.completion_tokens} tokens"
        note(f"{by}; {spent}" + (f"; stopped by the limit of {answer.stopped}" if answer.stopped else ""))


def _open(user: str) -> "Conversation":
    from penchant.tools.conversing import open_conversation

    return open_conversation(open_agent(), user, confirm=_confirm)


def _confirm(question: str) -> bool:
    """The user's own yes; never assumed where nobody can be asked."""
    if not sys.stdin.isatty():
        return False
    return typer.confirm(question, default=False, err=True)


def _printable(text: str) -> str:
    from penchant.tools.cli.rendering.printable import printable

    return "\n".join(printable(line) for line in text.split("\n"))
