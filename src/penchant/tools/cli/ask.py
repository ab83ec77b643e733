"""`penchant ask` and `penchant chat`: a user's conversation with their profile."""

import shlex
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from penchant.errors import ConsentError, Cure
from penchant.prompts.remarks import remark_in, step_in_words
from penchant.tools.cli.options import AsJson, User, examples
from penchant.tools.cli.output import note, show, show_json, show_json_line
from penchant.tools.cli.session import open_agent, words_of

if TYPE_CHECKING:
    from penchant.agent.chat.answers import ChatAnswer, Step
    from penchant.agent.chat.conversation import Conversation
    from penchant.agent.interest_agent import InterestAgent
    from penchant.prompts.locales import Translator

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

    The language model reads the profile, searches, recommends and explains; rules take over where it cannot.
    """
    agent = open_agent()
    conversation = _open(agent, user)
    if as_json:
        return show_json(conversation.ask(message))
    return _print_answer(conversation, message, trace, words_of(agent))


def chat(user: User, *, trace: WithTrace = False, as_json: AsJson = False) -> None:
    """Talk with a user's profile until an empty line.

    Ctrl-C during an answer ends that answer only. With --json each answer is one line, as from `ask --json`.
    """
    agent = open_agent()
    conversation, words = _open(agent, user), words_of(agent)
    if not as_json:
        note(words("chat_lead"))
    while message := _read():
        try:
            if as_json:
                show_json_line(conversation.ask(message))
            else:
                _print_answer(conversation, message, trace, words)
        except KeyboardInterrupt:
            if not as_json:
                show("")
            note(words("answer_stopped"))


def _read() -> str:
    """Return the next message; "" at the end of input or on Ctrl-C at the prompt."""
    prompt = "> " if sys.stdin.isatty() else ""
    try:
        return input(prompt).strip()
    except (EOFError, KeyboardInterrupt):
        return ""


def _print_answer(conversation: "Conversation", message: str, trace: bool, words: "Translator") -> None:
    """Print the answer while it is written."""
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
            note(_step(piece, words))
    if not written.endswith("\n"):
        typer.echo()
    _say_how(answer, trace, words)


def _step(step: "Step", words: "Translator") -> str:
    arguments = ", ".join(f"{name}={value!r}" for name, value in step.arguments.items())
    cost = f" [{words('step_tokens', tokens=step.tokens)}]" if step.tokens else ""
    took = f" [{words('demo_took', seconds=f'{step.seconds:.1f}')}]" if step.seconds >= 0.05 else ""
    return (
        f"{step.number:>3} {step.kind:<8}{step.name}({arguments}){cost}{took} {'✗ ' if step.failed else ''}{step.says}"
    )


def _say_how(answer: "ChatAnswer", trace: bool, words: "Translator") -> None:
    for lost in answer.degraded:
        step, reason = step_in_words(lost.step, words.language), remark_in(words.language, lost.reason)
        note(words("degraded", step=step, reason=reason))
    if trace:
        by = words("by_model", model=answer.model) if answer.plan == "model" else words("by_rules")
        spent = {"calls": answer.llm.calls, "into": answer.llm.prompt_tokens, "out": answer.llm.completion_tokens}
        ended = words("stopped_by", limit=answer.stopped) if answer.stopped else ""
        note(words("answer_cost", by=by, **spent) + ended)


def _open(agent: "InterestAgent", user: str) -> "Conversation":
    from penchant.tools.conversing import open_conversation

    return open_conversation(agent, user, confirm=lambda question: _confirm(question, user))


def _confirm(question: str, user: str) -> bool:
    """Ask the user for a yes. Raises `ConsentError` where stdin is no terminal, so that nobody can be asked."""
    if not sys.stdin.isatty():
        command = ("erase", user, "--yes")
        typed = f"`{shlex.join(('penchant', *command))}` does it, and so does asking in a terminal and saying yes there"
        raise ConsentError(
            f"it needs a confirmation ({question!r}) and nobody can be asked here, so nothing was done",
            Cure(command, "does it", typed),
        )
    return typer.confirm(question, default=False, err=True)


def _printable(text: str) -> str:
    from penchant.tools.cli.rendering.printable import printable

    return "\n".join(printable(line) for line in text.split("\n"))
