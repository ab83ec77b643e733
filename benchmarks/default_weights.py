"""Compare the default weights with others on several data sets: python benchmarks/default_weights.py FOLDER:PROTOCOL…
[--choices N] [--cases N]

For each data set, print nDCG@10 of the default weights; of weights fitted to choices before its own split; of weights
fitted to all data sets together (with equal shares, and drawn towards the default weights); and of weights fitted to
all other data sets, which is what another shop would get. `--cases` choices after the split are asked about.
"""

import argparse
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from penchant.agent.interest_agent import InterestAgent
from penchant.agent.recommend.blocks import FEATURES, features
from penchant.agent.recommend.features import blocks
from penchant.agent.recommend.models import ItemModels
from penchant.agent.recommend.tuning.learning import ListChoice
from penchant.agent.recommend.tuning.setting import DEFAULT_BETA, Example, Tuned, fit, ndcg, sampled_example
from penchant.settings import LlmSettings, Settings
from penchant.tools.evaluation.evaluate import EvaluationSetting, prepare
from penchant.tools.evaluation.protocol import Case, Split, sample
from penchant.tools.evaluation.source import read
from penchant.tools.evaluation.systems import Penchant

PENALTY = 100.0
SET_BY_HAND = ("new_14d", "new_90d")
"""Features that are not fitted: on a news site everything is new, so its weights for these would mislead a shop."""
DRAWN = 20.0
"""How strongly weights fitted to several data sets are drawn towards the default ones."""


@dataclass(frozen=True)
class Choices:
    """The choices of one data set to learn from (`known`) and to measure on (`asked`)."""

    known: list[Example]
    asked: list[Example]


def main() -> None:
    """Print one row per set of weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", metavar="FOLDER:PROTOCOL")
    parser.add_argument("--choices", type=int, default=300)
    parser.add_argument("--cases", type=int, default=700)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        agent = InterestAgent.open(Settings(home=Path(home), llm=LlmSettings(provider="none")))
        found = {name: read_choices(agent, name, given.choices, given.cases) for name in given.sets}
    show("shipped", DEFAULT_BETA, found)
    for name, choices in found.items():
        show(f"fitted to {name}", fit(choices.known, {}), found)
    pooled = fitted(found)
    show("fitted to all", pooled, found)
    print({name: round(value, 3) for name, value in pooled.items() if value})
    for name in found if len(found) > 1 else ():
        show(f"fitted to all but {name}", fitted({other: found[other] for other in found if other != name}), found)


def read_choices(agent: InterestAgent, name: str, choices: int, cases: int) -> Choices:
    """Return the validation part and the questions of a data set as features."""
    folder, _, protocol = name.partition(":")
    setting = prepare(
        read(Path(folder), agent.embedder), agent.embedder, agent.event_weights,
        protocol=protocol or "global-time", share=0.8, progress=lambda *_: None,  # type: ignore[arg-type]
    )  # fmt: skip
    known = examples(setting, setting.folds, choices, thinned=True)
    return Choices(known, examples(setting, setting.parts, cases, thinned=False))


def examples(setting: EvaluationSetting, parts: Sequence[Split], most: int, *, thinned: bool) -> list[Example]:
    """Return `most` cases as features, equally many from each part. `thinned`: keep only some candidates, for learning."""
    random, found = np.random.default_rng(0), list[Example]()
    for part in parts:
        world = setting.world(part)
        models = ItemModels.fit(world.space, world.behaviour, PENALTY)
        system = Penchant(world, models, setting.interests, Tuned(penalty=PENALTY, beta={}))
        for case in sample(setting.log, part.cases, -(-most // len(parts))):
            example = _example(system.choice(case), case, random, thinned=thinned)
            found += [example] if example is not None else []
    return found


def _example(choice: ListChoice, case: Case, random: np.random.Generator, *, thinned: bool) -> Example | None:
    built = blocks(choice.models, choice.moment, choice.user, None)
    _, values = features(built, len(choice.models.space))
    if thinned:
        return sampled_example(values, choice.allowed, choice.chosen, random)
    places = np.flatnonzero(choice.allowed)
    return Example(values[:, places], np.searchsorted(places, case.chosen[:1]))


def fitted(sets: Mapping[str, Choices]) -> dict[str, float]:
    """Return weights fitted to all of `sets`, each of which counts the same."""
    most = max(len(choices.known) for choices in sets.values())
    hand = [list(FEATURES).index(name) for name in SET_BY_HAND]
    pooled = []
    for choices in sets.values():
        for place in np.resize(np.arange(len(choices.known)), most):
            values = choices.known[place].values.copy()
            values[hand] = 0.0
            pooled.append(Example(values, choices.known[place].chosen))
    return fit(pooled, DEFAULT_BETA, DRAWN)


def show(title: str, beta: Mapping[str, float], sets: Mapping[str, Choices]) -> None:
    """Print nDCG@10 of these weights on each set."""
    weights = np.array([beta.get(name, 0.0) for name in FEATURES], np.float32)
    scored = {
        name: np.mean([ndcg(weights @ case.values, int(case.chosen[0])) for case in choices.asked])
        for name, choices in sets.items()
    }
    print(f"{title:60s}", "  ".join(f"{value:.4f}" for value in scored.values()), flush=True)


if __name__ == "__main__":
    main()
