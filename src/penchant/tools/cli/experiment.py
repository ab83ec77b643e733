"""`penchant experiment`: some users get one setting, some another, and the difference is measured."""

from typing import TYPE_CHECKING, Annotated

import typer

from penchant.tools.cli.options import AsJson, User, examples
from penchant.tools.cli.output import show, show_json
from penchant.tools.cli.session import open_agent

if TYPE_CHECKING:
    from penchant.agent.recommend.experiments import Experiment

app = typer.Typer(
    help="Experiments (A/B) on settings of the list. `penchant stats` tells the difference.",
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
    name: Annotated[str, typer.Argument(metavar="NAME", help="Of its own: who gets what follows from it.")],
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

    Everybody keeps their variant while it runs. The others are compared with the first one named.
    """
    begun = open_agent().start_experiment(name, _variants(variant))
    show_json(begun) if as_json else show(_described(begun))


@app.command(epilog=examples("penchant experiment stop"))
def stop(as_json: AsJson = False) -> None:
    """Give everybody the setting in force again.

    What was shown stays to be judged.
    """
    stopped = open_agent().stop_experiment()
    show_json(stopped) if as_json else show(_described(stopped))


@app.command("list", epilog=examples("penchant experiment list"))
def list_all(as_json: AsJson = False) -> None:
    """The experiments there were, the newest first."""
    found = open_agent().experiments()
    if as_json:
        return show_json({"experiments": [experiment.model_dump(mode="json") for experiment in found]})
    return show(*(map(_described, found) if found else ["no experiment yet: penchant experiment start --help"]))


@app.command(epilog=examples("penchant experiment assign ada"))
def assign(user: User, as_json: AsJson = False) -> None:
    """The variant that a user gets in the experiment that is running."""
    exposure = open_agent().exposure(user)
    show_json(exposure) if as_json else show(f"{user}: {exposure.variant} (experiment {exposure.experiment})")


def _variants(texts: list[str]) -> dict[str, dict[str, float]]:
    """Variants by name. Raises `BadParameter` for a name that is given twice."""
    variants: dict[str, dict[str, float]] = {}
    for name, values in map(_variant, texts):
        if name in variants:
            raise typer.BadParameter(f"two variants are called {name!r}: give each a name of its own")
        variants[name] = values
    return variants


def _variant(text: str) -> tuple[str, dict[str, float]]:
    """`NAME=SHARE,KEY=VALUE` as a variant."""
    name, _, rest = text.partition("=")
    pairs = [part.partition("=") for part in f"share={rest}".split(",")]
    try:
        return name.strip(), {key.strip(): float(value) for key, _, value in pairs}
    except ValueError:
        raise typer.BadParameter(
            f"{text!r} is no variant: write NAME=SHARE, and KEY=VALUE after commas, such as mixed=0.5,diversity=0.3"
        ) from None


def _described(experiment: "Experiment") -> str:
    ends = [moment for moment in (experiment.started_at, experiment.stopped_at) if moment]
    dates = " to ".join(f"{moment:%Y-%m-%d %H:%M}" for moment in ends)
    variants = [
        " ".join([name, *(f"{key}={value:g}" for key, value in variant.model_dump(exclude_none=True).items())])
        for name, variant in experiment.variants.items()
    ]
    return f"{experiment.name}, {dates}{'' if experiment.stopped_at else ' (running)'}: {'; '.join(variants)}"
