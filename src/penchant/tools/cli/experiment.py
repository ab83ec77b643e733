"""`penchant experiment`: users are assigned to variants of the settings, and the differences are measured."""

from typing import TYPE_CHECKING, Annotated

import typer

from penchant.tools.cli.options import AsJson, User, examples
from penchant.tools.cli.output import show, show_json
from penchant.tools.cli.session import open_agent, words_of

if TYPE_CHECKING:
    from penchant.agent.recommend.experiments import Experiment
    from penchant.prompts.locales import Translator

app = typer.Typer(
    help="Experiments (A/B) on settings of the list. `penchant stats` shows the results.",
    epilog=examples("penchant experiment start mixed-lists --variant as-is=1 --variant mixed=1,diversity=0.3"),
    no_args_is_help=True,
)


@app.command(
    epilog=examples(
        "penchant experiment start mixed-lists --variant as-is=1 --variant mixed=1,diversity=0.3",
        "penchant experiment start tuned --variant before=0.1,version=0 --variant tuned=0.9",
    )
)
def start(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A new name; it decides which user gets which variant.")],
    variant: Annotated[
        list[str],
        typer.Option(
            "--variant",
            metavar="NAME=SHARE[,KEY=VALUE]",
            help="A share of users, and what they get: version (of the tuned setting), calibration, diversity, cap, freshness.",
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Assign users to variants from now on.

    Users keep their variant while the experiment runs. The others are compared with the first variant named.
    """
    agent = open_agent()
    begun = agent.start_experiment(name, _variants(variant))
    show_json(begun) if as_json else show(_described(begun, words_of(agent)))


@app.command(epilog=examples("penchant experiment stop"))
def stop(as_json: AsJson = False) -> None:
    """Give all users the current settings again.

    Feedback on lists that were shown before still counts.
    """
    agent = open_agent()
    stopped = agent.stop_experiment()
    show_json(stopped) if as_json else show(_described(stopped, words_of(agent)))


@app.command("list", epilog=examples("penchant experiment list"))
def list_all(as_json: AsJson = False) -> None:
    """List all experiments, newest first."""
    agent = open_agent()
    found, words = agent.experiments(), words_of(agent)
    if as_json:
        return show_json({"experiments": [experiment.model_dump(mode="json") for experiment in found]})
    return show(*([_described(experiment, words) for experiment in found] or [words("no_experiment")]))


@app.command(epilog=examples("penchant experiment assign ada"))
def assign(user: User, as_json: AsJson = False) -> None:
    """Show the variant that a user gets in the running experiment."""
    agent = open_agent()
    exposure = agent.exposure(user)
    if as_json:
        return show_json(exposure)
    given = {"user": user, "variant": exposure.variant, "experiment": exposure.experiment}
    return show(words_of(agent)("experiment_assigned", **given))


def _variants(texts: list[str]) -> dict[str, dict[str, float]]:
    """Return variants by name. Raises `BadParameter` where a name is given twice."""
    variants: dict[str, dict[str, float]] = {}
    for name, values in map(_variant, texts):
        if name in variants:
            raise typer.BadParameter(f"two variants are called {name!r}: give each a name of its own")
        variants[name] = values
    return variants


def _variant(text: str) -> tuple[str, dict[str, float]]:
    """Return name and values of `NAME=SHARE,KEY=VALUE`. Raises `BadParameter` for another form."""
    name, _, rest = text.partition("=")
    pairs = [part.partition("=") for part in f"share={rest}".split(",")]
    try:
        return name.strip(), {key.strip(): float(value) for key, _, value in pairs}
    except ValueError:
        raise typer.BadParameter(
            f"{text!r} is no variant: write NAME=SHARE, and KEY=VALUE after commas, such as mixed=0.5,diversity=0.3"
        ) from None


def _described(experiment: "Experiment", words: "Translator") -> str:
    begun, stopped = (
        moment and f"{moment:%Y-%m-%d %H:%M}" for moment in (experiment.started_at, experiment.stopped_at)
    )
    dates = words("experiment_ran", begun=begun, ended=stopped) if stopped else words("experiment_runs", begun=begun)
    variants = [
        " ".join([name, *(f"{key}={value:g}" for key, value in variant.model_dump(exclude_none=True).items())])
        for name, variant in experiment.variants.items()
    ]
    return f"{experiment.name}, {dates}: {'; '.join(variants)}"
