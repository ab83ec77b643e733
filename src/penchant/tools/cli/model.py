"""`penchant model …`: choosing, fetching and checking a language model."""

from typing import TYPE_CHECKING, Annotated

import typer

from penchant.prompts.locales import Translator
from penchant.tools.cli.errors import Commands, fail
from penchant.tools.cli.options import AsJson, examples
from penchant.tools.cli.output import show, show_json
from penchant.tools.cli.progress import progress
from penchant.tools.cli.session import open_agent, words_of

if TYPE_CHECKING:
    from penchant.agent.app.model_choice import ModelFile

app = typer.Typer(
    cls=Commands,
    help="Choose, fetch and check a language model.",
    epilog=examples("penchant model list", "penchant model check"),
    no_args_is_help=True,
)
Name = Annotated[
    str | None,
    typer.Argument(
        metavar="NAME", help="A name of `model list`, or the path of a GGUF file; by default the one in force."
    ),
]


@app.command("list", epilog=examples("penchant model list", "penchant model list --json"))
def list_models(as_json: AsJson = False) -> None:
    """List known models, and which are installed.

    With size, licence, and what each is good for.
    """
    agent = open_agent()
    found = agent.models()
    if as_json:
        return show_json(found)
    from penchant.tools.cli.rendering.models import models_table

    return show(*models_table(found, Translator(agent.settings.lang, "models")))


@app.command("path", epilog=examples("penchant model path", "penchant model path qwen2.5-1.5b"))
def path(name: Name = None, as_json: AsJson = False) -> None:
    """Print the path of a local model's file; fails when it does not exist."""
    _print_file(open_agent().model_file(name), as_json)


@app.command(
    "pull", epilog=examples("penchant model pull qwen2.5-1.5b", "penchant model pull https://example.com/m.gguf")
)
def pull(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name of `model list`, or the address of a GGUF file.")],
    sha256: Annotated[
        str | None, typer.Option("--sha256", metavar="HEX", help="The SHA-256 that the file must have.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Fetch a model's file, and check it.

    Continues where an earlier attempt stopped.
    """
    agent = open_agent()
    with progress(name[:40], "bytes", silent=as_json) as on_progress:
        found = agent.pull_model(name, sha256, on_progress=on_progress)
    _print_file(found, as_json)


@app.command("check", epilog=examples("penchant model check", "penchant model check ./model.gguf --groups 14"))
def check(
    name: Name = None,
    groups: Annotated[
        int, typer.Option("--groups", metavar="N", min=1, max=42, help="Gold groups per language; fewer is quicker.")
    ] = 42,
    as_json: AsJson = False,
) -> None:
    """Find out what a model is good for here, in minutes.

    Tests JSON, names, choices, tools and speed with groups whose topics are known, in English and Chinese, in the
    product's own way; then prints the tier and the settings to use. Fails when the model is of no use here.
    """
    agent = open_agent()
    with progress(name or words_of(agent)("progress_model"), "items", silent=as_json) as on_progress:
        found = agent.check_model(name, groups=groups, on_progress=on_progress)
    if as_json:
        show_json(found)
    else:
        from penchant.tools.cli.rendering.models import check_table

        show(*check_table(found, Translator(agent.settings.lang, "models")))
    if found.complaint:
        fail(found.complaint)


def _print_file(file: "ModelFile", as_json: bool) -> None:
    if as_json:
        return show_json(file)
    return typer.echo(file.path)
