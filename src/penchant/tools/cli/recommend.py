"""`penchant recommend` and `penchant explain`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from penchant.errors import NotFoundError
from penchant.prompts.locales import Translator
from penchant.tools.cli.options import AsJson, At, Lang, User, examples, user_id
from penchant.tools.cli.output import show, show_json
from penchant.tools.cli.progress import progress
from penchant.tools.cli.session import open_agent, words_of

if TYPE_CHECKING:
    from datetime import datetime

    from penchant.agent.interest_agent import InterestAgent
    from penchant.settings import Language


SomeUser = Annotated[
    str | None, typer.Argument(metavar="[USER]", parser=user_id, help="The user's id.", show_default=False)
]
Everybody = Annotated[bool, typer.Option("--all", help="The lists of everybody, to the file named by -o.")]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="With --all: a .jsonl or .parquet file.")
]
Engine = Annotated[Literal["local", "ray"], typer.Option("--engine", help="With --all: where it runs.")]
Query = Annotated[str | None, typer.Option("--query", metavar="TEXT", help="What is wanted just now.")]
Domain = Annotated[str | None, typer.Option("--domain", metavar="D", help="Only items of this domain.")]
NoLlm = Annotated[bool, typer.Option("--no-llm", help="Rank and explain by rules alone.")]
Exclude = Annotated[
    list[str] | None, typer.Option("--exclude", metavar="ID", help="Not this item; may be given again.")
]
Where = Annotated[
    list[str] | None,
    typer.Option(
        "--where",
        metavar="EXPR",
        help="Only items such as category=Kitchen, attributes.price<20, tags=vegan, lang=en|zh, age<=30; may be given again.",
    ),
]
Boost = Annotated[
    list[str] | None,
    typer.Option("--boost", metavar="EXPR=FACTOR", help="Multiply the odds of these items; below 1 buries them."),
]
Pin = Annotated[
    list[str] | None, typer.Option("--pin", metavar="ID[@PLACE]", help="Put this item at a place, by default first.")
]
Cap = Annotated[
    list[str] | None,
    typer.Option("--cap", metavar="EXPR=N", help="At most N of these items; with FIELD=N, of each value of a field."),
]
FreshOnly = Annotated[
    float | None, typer.Option("--fresh-only", metavar="DAYS", help="Only what appeared within so many days.")
]
After = Annotated[
    str | None,
    typer.Option("--after", metavar="RECOMMENDATION_ID", help="The next page of this list, by the same rules."),
]
Against = Annotated[
    int | None,
    typer.Option(
        "--against",
        metavar="VERSION",
        min=0,
        help="Share the list with this version of the tuned setting (0: before any); `penchant stats` tells which is taken from more.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(
        epilog=examples(
            "penchant recommend ada",
            'penchant recommend ada -k 5 --query "something for the garden"',
            'penchant recommend ada --where "attributes.price<20" --where category=Kitchen --exclude 22423',
            "penchant recommend ada --boost category=Garden=2 --pin 84347 --cap category=3",
            "penchant recommend ada --after r-3f1c --lang zh",
            "penchant recommend --all -o lists.parquet -k 20",
        )
    )(recommend)
    app.command(epilog=examples("penchant explain ada 22423"))(explain)


def recommend(
    user: SomeUser = None,
    *,
    everybody: Everybody = False,
    output: Output = None,
    engine: Engine = "local",
    k: Annotated[int, typer.Option("-k", help="How many.")] = 10,
    query: Query = None,
    domain: Domain = None,
    at: At = None,
    no_llm: NoLlm = False,
    exclude: Exclude = None,
    where: Where = None,
    boost: Boost = None,
    pin: Pin = None,
    cap: Cap = None,
    fresh_only: FreshOnly = None,
    after: After = None,
    against: Against = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Recommend items to a user, with reasons.

    Only what the user has not had, each with the contributions to its score. Filters act first, so the list stays as
    long as was asked. A user nobody has seen gets what is popular and new.
    """
    of_one = {"--query": query, "--at": at, "--after": after, "--against": against, "--lang": lang}
    of_all = {"-o": output, "--engine": engine if engine != "local" else None}
    _check_options(user, everybody, output, of_one, of_all)
    rules: dict[str, Any] = {"where": where, "exclude": exclude, "boost": boost, "pin": pin, "cap": cap}
    rules |= {"domain": domain, "fresh_only": fresh_only}
    agent = open_agent()
    if user is None:
        return _everybody(agent, Path(output or ""), k, rules, engine=engine, as_json=as_json)
    asked: dict[str, Any] = {"query": query, "at": at, "after": after, "against": against, "lang": lang}
    recommendation = agent.recommend(user, k, llm=not no_llm, **asked, **rules)
    if as_json:
        return show_json(recommendation)
    from penchant.tools.cli.rendering.recommendations import RecommendationList

    words, moment = (
        Translator(lang or agent.settings.lang, "cli"),
        (at or agent.clock.now()).astimezone(agent.zone_of(user)),
    )
    has_items = bool(recommendation.items) or agent.count_items() > 0
    return show(RecommendationList(recommendation, labels(agent, user, at, lang), words, moment, has_items))


def _check_options(
    user: str | None, everybody: bool, output: Path | None, of_one: dict[str, Any], of_all: dict[str, Any]
) -> None:
    """Raise `BadParameter` unless the options name either one user or all users with a file, and fit that choice."""
    if everybody == (user is not None) or (everybody and output is None):
        raise typer.BadParameter("name a USER, or ask for everybody: penchant recommend --all -o lists.jsonl")
    misplaced = [option for option, value in (of_one if everybody else of_all).items() if value is not None]
    if misplaced:
        whose = "one user's list: leave it out, or name a USER" if everybody else "the lists of everybody: add --all"
        raise typer.BadParameter(f"{misplaced[0]} is for {whose}")


def _everybody(
    agent: "InterestAgent",
    output: Path,
    k: int,
    rules: dict[str, Any],
    *,
    engine: Literal["local", "ray"],
    as_json: bool,
) -> None:
    with progress(words_of(agent)("progress_lists"), "users", silent=as_json) as on_progress:
        receipt = agent.recommend_all(output, k, engine=engine, on_progress=on_progress, **rules)
    if as_json:
        return show_json(receipt)
    counts = {"lists": receipt.listed, "withheld": receipt.withheld, "resumed": receipt.resumed}
    written = {key: f"{count:,}" for key, count in counts.items()}
    return show(words_of(agent)("lists_written", file=receipt.file, **written))


def explain(
    user: User,
    item_id: Annotated[str, typer.Argument(metavar="ITEM", help="The item_id in the catalogue.", show_default=False)],
    at: At = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Explain why, or why not, an item is recommended.

    Shows every contribution to its score, and its rank without the interest that helps it most.
    """
    agent = open_agent()
    explanation = agent.explain(user, item_id, at=at, lang=lang)
    if as_json:
        return show_json(explanation)
    from penchant.tools.accounts import cited_titles
    from penchant.tools.cli.rendering.recommendations import ItemAccount

    about = cited_titles(agent, user, explanation.contributions)
    words = Translator(lang or agent.settings.lang, "cli")
    return show(ItemAccount(explanation, labels(agent, user, at, lang), words, about))


def labels(agent: "InterestAgent", user: str, at: "datetime | None", lang: "Language | None" = None) -> dict[str, str]:
    """Return the labels of the user's interests by id; empty where the user is unknown."""
    try:
        return {node.id: node.label for node in agent.profile(user, at=at, lang=lang).walk()}
    except NotFoundError:
        return {}
