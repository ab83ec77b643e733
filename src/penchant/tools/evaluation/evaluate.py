"""`penchant eval`: measures the product's ranker and the baselines on the same questions, without leaks."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from penchant.agent.recommend.factors import one_thread
from penchant.agent.recommend.models import ItemModels
from penchant.agent.recommend.tuning.learning import Learnt, ListChoice, learn
from penchant.agent.recommend.tuning.setting import Opinion, Tuned
from penchant.errors import UsageError
from penchant.tools.evaluation import metrics
from penchant.tools.evaluation.baselines import GRID, Builder
from penchant.tools.evaluation.dataset import Log
from penchant.tools.evaluation.protocol import (
    Case,
    ProtocolName,
    Split,
    among_candidates,
    cases_of_users,
    sample,
    split,
    validation,
)
from penchant.tools.evaluation.report import EvalReport, NewItems, Significance, SystemResult
from penchant.tools.evaluation.source import EvaluationSource, candidates, read
from penchant.tools.evaluation.stream import stream
from penchant.tools.evaluation.systems import Interests, Penchant, System, World
from penchant.tools.evaluation.trees import Trees, read_taxonomy

if TYPE_CHECKING:
    from penchant.store.embedders.embedder import Embedder

VALIDATION_CASES = 1_000
LEAST_CASES = 100
VARIANTS: dict[str, dict[str, Any]] = {
    "penchant": {},
    "penchant-no-decay": {"fading": False},
    "penchant-flat": {"flat": True},
    "penchant-content": {"content_only": True},
}
Progress = Callable[[str, int, int], None]
"""Called with (what, done, total)."""


@dataclass(frozen=True)
class EvaluationSetting:
    """Everything one evaluation needs: the log, the questions in `parts`, the validation `folds`, the source of
    interests, and the language model whose `opinion` may be asked (None: no model).
    """

    log: Log
    source: EvaluationSource
    parts: tuple[Split, ...]
    folds: tuple[Split, ...]
    interests: Interests
    progress: Progress
    opinion: Opinion | None = None
    _best: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def asked(self) -> Split:
        """Return the first part; only `stream` has several."""
        return self.parts[0]

    def world(self, part: Split) -> World:
        """Return what systems may know about a part."""
        return World(self.log, self.source.space, part)


@dataclass(frozen=True)
class Measured:
    """The lists of one system: `orders` per case, `values` per case by metric, `milliseconds` per case."""

    orders: list[NDArray[np.int64]]
    values: dict[str, NDArray[np.float64]]
    milliseconds: NDArray[np.float64]
    setting: str


def evaluate(
    folder: Path,
    embedder: "Embedder",
    weights: Mapping[str, float],
    *,
    protocol: ProtocolName = "leave-last-out",
    share: float = 0.8,
    candidates_file: Path | None = None,
    users: int | None = None,
    systems: Sequence[str] | None = None,
    opinion: Opinion | None = None,
    on_progress: Progress | None = None,
) -> EvalReport:
    """Measure every system, or those in `systems`, on a folder with items and events. `weights`: signed weight by event
    type; `opinion`: a language model that may earn a weight (None: rules alone).

    Score weights and settings of baselines are fitted only to data before the split. Raises `UsageError`.
    """
    if not 0 < share < 1:
        raise UsageError(f"--split must lie between 0 and 1, not {share}")
    started = time.perf_counter()
    chosen = _system_names(systems)
    setting = prepare(
        read(folder, embedder),
        embedder,
        weights,
        protocol=protocol,
        share=share,
        progress=on_progress or _no_progress,
        opinion=opinion,
    )
    listed = None if candidates_file is None else candidates(candidates_file, setting.source.space)
    folds = setting.folds if listed is None else _folds_with_candidates(setting, listed)
    setting = replace(setting, parts=_parts_to_ask(setting, listed, users), folds=folds)
    learnt = learn_from(setting)
    fitted = [
        ItemModels.fit(world.space, world.behaviour, learnt.tuned.penalty)
        for world in map(setting.world, setting.parts)
    ]
    measured = {name: _measure(setting, fitted, name, learnt.tuned) for name in chosen}
    return _report(setting, protocol, learnt=learnt, measured=measured, seconds=time.perf_counter() - started)


def _folds_with_candidates(setting: EvaluationSetting, listed: dict[str, list[int]]) -> tuple[Split, ...]:
    """Return the folds with candidates from the file, because weights that separate the chosen item from a few others
    differ from weights for a whole catalogue. Pairs of user and item in the questions are left out. Returns the folds
    unchanged where too few cases remain.
    """
    names = setting.log.user_ids
    asked = {(names[case.user], item) for part in setting.parts for case in part.cases for item in case.chosen}
    others = {user: [item for item in items if (user, item) not in asked] for user, items in listed.items()}
    folds = [replace(fold, cases=among_candidates(setting.log, fold.cases, others)) for fold in setting.folds]
    enough = sum(len(fold.cases) for fold in folds) >= LEAST_CASES
    return tuple(fold for fold in folds if fold.cases) if enough else setting.folds


def _parts_to_ask(
    setting: EvaluationSetting, listed: dict[str, list[int]] | None, users: int | None
) -> tuple[Split, ...]:
    """Return the parts with at most `users` users and, where a file names them, the candidates of each case."""
    cases = [case for part in setting.parts for case in part.cases]
    if listed is not None:
        cases = list(among_candidates(setting.log, cases, listed))
        if not cases:
            raise UsageError("the candidates file names no user of this data set that can be asked about")
    wanted = {(case.user, case.at): case for case in cases_of_users(setting.log, cases, users)}
    parts = [
        replace(part, cases=tuple(wanted[case.user, case.at] for case in part.cases if (case.user, case.at) in wanted))
        for part in setting.parts
    ]
    return tuple(part for part in parts if part.cases)


def _no_progress(what: str, done: int, total: int) -> None:
    """Report no progress."""


def _system_names(systems: Sequence[str] | None) -> list[str]:
    known = [*VARIANTS, *GRID]
    unknown = [name for name in systems or () if name not in known]
    if unknown:
        raise UsageError(f"unknown system {unknown[0]!r}: use some of {', '.join(known)}")
    return known if systems is None else ["penchant", *(name for name in systems if name != "penchant")]


def prepare(
    source: EvaluationSource,
    embedder: "Embedder",
    weights: Mapping[str, float],
    *,
    protocol: ProtocolName,
    share: float,
    progress: Progress,
    opinion: Opinion | None = None,
) -> EvaluationSetting:
    """Split the data: what is known, which questions are asked, and which folds are used for learning. Raises
    `UsageError`.
    """
    log = Log.of(source.events, source.space, weights)
    parts = tuple(stream(log, share)) if protocol == "stream" else (split(log, protocol, share),)
    if not parts:
        raise UsageError("no user chose a new item after the split: use more events, or another --split")
    known = parts[0].known
    folds = tuple(stream(log, share, known, 1) if protocol == "stream" else validation(log, protocol, share, known))
    trees = Trees(log, read_taxonomy(source, embedder), weights)
    return EvaluationSetting(log, source, parts, folds, trees, progress, opinion)


def learn_from(setting: EvaluationSetting) -> Learnt:
    """Learn from the known part what `tune` would set: λ of EASE, weights, list rules, the weight of the model.

    Weights start from zero and not from the shipped defaults, which may have been found on the data measured here.
    The defaults are used only where there is too little to learn from.
    """
    penalty = _best_setting(setting, "ease") or Tuned().penalty
    untaught = Tuned(penalty=penalty, beta={})
    learnt = learn(_choices(setting, untaught), untaught, opinion=setting.opinion)
    return learnt if learnt.tuned.beta else Learnt(Tuned(penalty=penalty), learnt.gains)


def _choices(setting: EvaluationSetting, before: Tuned) -> Iterator[ListChoice]:
    for fold in setting.folds:
        world = setting.world(fold)
        models = ItemModels.fit(setting.source.space, world.behaviour, before.penalty)
        system = Penchant(world, models, setting.interests, before)
        cases = sample(setting.log, fold.cases, VALIDATION_CASES)
        for done, case in enumerate(cases, 1):
            setting.progress("learning weights", done, len(cases))
            yield system.choice(case)


def _best_setting(setting: EvaluationSetting, name: str) -> Any:
    """Return the setting of a baseline with the best nDCG@10 on the validation folds; computed once."""
    if name not in setting._best:
        setting._best[name] = _best_of(setting, *GRID[name])
    return setting._best[name]


def _best_of(setting: EvaluationSetting, builder: Builder, grid: tuple[Any, ...]) -> Any:
    if len(grid) == 1 or not setting.folds:
        return grid[0]
    totals = np.zeros(len(grid))
    for fold in setting.folds:
        world = setting.world(fold)
        cases = sample(setting.log, fold.cases, VALIDATION_CASES)
        for row, value in enumerate(grid):
            orders = _orders(builder(world, value), world, cases)[0]
            totals[row] += metrics.accuracy(orders, [case.chosen[0] for case in cases])["ndcg@10"].sum()
    return grid[int(totals.argmax())]


def _measure(setting: EvaluationSetting, fitted: Sequence[ItemModels], name: str, tuned: Tuned) -> Measured:
    total = sum(len(part.cases) for part in setting.parts)
    setting.progress(name, 0, total)
    orders: list[NDArray[np.int64]] = []
    milliseconds: list[NDArray[np.float64]] = []
    for part, models in zip(setting.parts, fitted, strict=True):
        world = setting.world(part)
        listed, times = _orders(_system(setting, world, models, name, tuned), world, part.cases)
        orders += listed
        milliseconds.append(times)
        setting.progress(name, len(orders), total)
    values = metrics.accuracy(orders, [case.chosen[0] for part in setting.parts for case in part.cases])
    penalty = tuned.penalty if name in VARIANTS else _best_setting(setting, name)
    return Measured(orders, values, np.concatenate(milliseconds), _setting_text(penalty))


def _system(setting: EvaluationSetting, world: World, models: ItemModels, name: str, tuned: Tuned) -> System:
    if name not in VARIANTS:
        return GRID[name][0](world, _best_setting(setting, name))
    opinion = setting.opinion if name == "penchant" else None
    system = Penchant(world, models, setting.interests, tuned, opinion=opinion, **VARIANTS[name])
    for case in world.part.cases:
        system.tree(case)  # cached beforehand, so that only ranking is timed
    return system


def _setting_text(setting: Any) -> str:
    return "" if setting is None else setting if isinstance(setting, str) else f"{setting:g}"


@one_thread
def _orders(system: System, world: World, cases: Sequence[Case]) -> tuple[list[NDArray[np.int64]], NDArray[np.float64]]:
    orders, milliseconds = [], np.zeros(len(cases))
    for row, case in enumerate(cases):
        allowed = world.allowed(case)
        started = time.perf_counter()
        orders.append(system.order(case, allowed))
        milliseconds[row] = 1_000 * (time.perf_counter() - started)
    return orders, milliseconds


def _report(
    setting: EvaluationSetting,
    protocol: str,
    *,
    learnt: Learnt,
    measured: Mapping[str, Measured],
    seconds: float,
) -> EvalReport:
    asked = [(part, case) for part in setting.parts for case in part.cases]
    ours = measured["penchant"].values["ndcg@10"]
    others = {name: system.values["ndcg@10"] for name, system in measured.items() if name != "penchant"}
    baselines = [name for name in others if name in GRID]
    return EvalReport(
        dataset=setting.source.name,
        protocol=protocol,
        n_users=len({case.user for _, case in asked}),
        n_choices=len(asked),
        new_items=_new_items(setting, measured),
        n_validation=len(learnt.gains),
        best_baseline=max(baselines, key=lambda name: others[name].mean(), default=""),
        systems={name: _result(setting, system, asked) for name, system in measured.items()},
        significance={name: _significance(ours, theirs) for name, theirs in others.items()},
        tuned=learnt.tuned,
        seconds=round(seconds, 1),
    )


def _significance(ours: NDArray[np.float64], theirs: NDArray[np.float64]) -> Significance:
    difference, p, ratio = metrics.paired_bootstrap(ours, theirs)
    return Significance(
        difference=round(difference, 6), ratio=round(ratio, 4) if np.isfinite(ratio) else None, p=round(p, 5)
    )


def _new_items(setting: EvaluationSetting, measured: Mapping[str, Measured]) -> NewItems | None:
    """Return the results on choices of items that nobody had touched before the split; None where there are none."""
    known = setting.parts[0].known & (setting.log.items >= 0)
    old = np.isin([case.chosen[0] for part in setting.parts for case in part.cases], setting.log.items[known])
    if old.all():
        return None
    values = {name: system.values["ndcg@10"] for name, system in measured.items()}
    of_new = {name: round(float(value[~old].mean()), 6) for name, value in values.items()}
    return NewItems(choices=int((~old).sum()), ndcg_10=of_new)


def _result(setting: EvaluationSetting, system: Measured, asked: Sequence[tuple[Split, Case]]) -> SystemResult:
    vectors = setting.source.space.vectors
    mixes = [
        metrics.calibration_js(order, vectors, setting.interests(case.user, case.at, part.history(setting.log, case)))
        for order, (part, case) in zip(system.orders, asked, strict=True)
    ]
    values = {name: round(float(found.mean()), 6) for name, found in system.values.items()}
    return SystemResult(
        **values,
        coverage=round(metrics.coverage(system.orders, len(vectors)), 6),
        gini=round(metrics.gini(system.orders, len(vectors)), 6),
        ild=round(float(np.mean([metrics.intra_list_distance(order, vectors) for order in system.orders])), 6),
        calibration_js=round(float(np.mean(mixes)), 6),
        ms_p50=round(float(np.percentile(system.milliseconds, 50)), 3),
        ms_p95=round(float(np.percentile(system.milliseconds, 95)), 3),
        setting=system.setting,
    )
