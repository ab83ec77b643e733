"""How fast the interest model is, and how large a profile grows.

1. Folding assigned events into masses and trust, many users in lock-step (storage excluded), beside a plain Python loop that
   does the same sums over dictionaries.
2. The whole fold: assignment, growth, keywords and all, beside only looking the vectors up.
3. Reading a profile of 1,000 interests with 100,000 events behind it.
4. Bytes kept per user, from a thousand events to a million.

Run: `.venv/bin/python benchmarks/dynamics.py [--quick]`
"""

import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from penchant.agent.profiles.engine.calibration import Calibration

from penchant import InterestAgent, Settings
from penchant.agent.profiles.engine.codec import encode
from penchant.agent.profiles.engine.dynamics import HALF_LIVES_DAYS, PRIOR_STRENGTHS, SECONDS_PER_DAY, SHARE
from penchant.agent.profiles.engine.fold import Observation, fold
from penchant.agent.profiles.engine.projection import Overlay, view
from penchant.agent.profiles.engine.state import State, Vectors, normalised
from penchant.agent.profiles.forecast import Sequences, forecast
from penchant.agent.profiles.readers.reader import Reading
from penchant.store.event import DEFAULT_WEIGHTS, Event

DIMENSIONS = 384
CALIBRATION = Calibration(kappa=18.8, theta=0.62, gather=0.5, chance=0.19)
START = datetime(2026, 1, 1, tzinfo=UTC)


def main() -> None:
    """Print every number."""
    scale = 10 if "--quick" in sys.argv else 1
    _dynamics(1_000_000 // scale)
    _whole_fold(20_000 // scale)
    _reading(1_000, 100_000 // scale)
    _growth([n for n in (10**3, 10**4, 10**5, 10**6) if n <= 10**6 // scale])


# 1. dynamics


def _dynamics(events: int, users: int = 5_000, interests: int = 20) -> None:
    sequences = _assigned(events, users, interests)
    seconds = _timed(lambda: forecast(sequences))
    few = _assigned(20_000, 100, interests)
    plain = _timed(lambda: _plainly(few))
    ratio = (events / seconds) / (20_000 / plain)
    print(f"folding {events:,} assigned events of {users:,} users: {events / seconds:,.0f} events/s on one core")
    print(f"  plain Python does {20_000 / plain:,.0f} events/s: {ratio:.0f} times slower")


def _assigned(events: int, users: int, interests: int) -> Sequences:
    chance = np.random.default_rng(0)
    user = np.sort(chance.integers(0, users, events))
    at = np.arange(events, dtype=np.float64) * 3_600.0
    label = chance.zipf(1.5, events) % interests
    return Sequences(user, label, at, interests, np.full((events, interests), 1.0 / interests))


def _plainly(events: Sequences) -> float:
    """The same sums without numpy: a dictionary of masses per user and clock."""
    experts = [(h, a) for h in range(len(HALF_LIVES_DAYS)) for a in PRIOR_STRENGTHS]
    surprise, before = 0.0, -1
    for user, label, at in zip(events.user.tolist(), events.label.tolist(), events.at.tolist(), strict=True):
        if user != before:
            mass: list[dict[int, float]] = [{} for _ in HALF_LIVES_DAYS]
            trust, last, before = [1.0 / len(experts)] * len(experts), at, user
        for h, days in enumerate(HALF_LIVES_DAYS):
            left = 2.0 ** (-(at - last) / SECONDS_PER_DAY / days)
            mass[h] = {name: value * left for name, value in mass[h].items()}
        last = at
        totals = [sum(clock.values()) for clock in mass]
        said = [(mass[h].get(label, 0.0) + a / events.labels) / (totals[h] + a) for h, a in experts]
        likely = sum(q * p for q, p in zip(trust, said, strict=True))
        trust = [(1 - SHARE) * q * p / likely + SHARE / len(experts) for q, p in zip(trust, said, strict=True)]
        surprise -= np.log(likely)
        for clock in mass:
            clock[label] = clock.get(label, 0.0) + 1.0
    return surprise


# 2. everything


def _whole_fold(events: int) -> None:
    seen = list(_behaviour(events, interests=15))
    seconds = _timed(lambda: fold(State(DIMENSIONS), seen, CALIBRATION, DEFAULT_WEIGHTS))
    alone = _timed(lambda: [one.vector @ one.vector for one in seen if one.vector is not None])
    print(f"folding {events:,} raw events (assign, grow, split, words): {events / seconds:,.0f} events/s")
    print(f"  one dot product per event takes {alone / seconds * 100:.1f} % of that time")


def _behaviour(events: int, interests: int) -> Iterator[Observation]:
    chance = np.random.default_rng(1)
    centres = [_unit(chance) for _ in range(interests)]
    items = [normalised(centres[i % interests] + np.float32(0.8) * _unit(chance)) for i in range(20 * interests)]
    # five events in a row are about one interest, as visits are
    about = np.repeat(chance.integers(0, interests, events // 5 + 1), 5)[:events]
    which = about + interests * chance.integers(0, 20, events)
    for number, item in enumerate(which.tolist()):
        event = Event.model_construct(
            user_id="u", event_id=f"e{number:07}", type="purchase", item_id=f"i{item}", at=START + timedelta(hours=number),
            text=None, value=None, context={}, media=None,
        )  # fmt: skip
        yield Observation(event, items[item], f"thing {item % interests} of kind {item}")


# 3. reading


def _reading(interests: int, events: int) -> None:
    state = fold(State(DIMENSIONS), _behaviour(events, interests), CALIBRATION, DEFAULT_WEIGHTS)
    names = _names(state)
    overlay = Overlay({key: Reading(key, path) for key, path in names.items()}, "en", CALIBRATION)
    arrays = _median(lambda: view(state, overlay, state.at + SECONDS_PER_DAY))
    with TemporaryDirectory() as home:
        agent = _keeping(Path(home), state, names)
        first = _median(lambda: _anew(agent))
        again = _median(lambda: agent.profile("u"))
    print(f"reading a profile of {len(state.leaves):,} interests and {events:,} events, in ms (medians of 15):")
    print(f"  through `InterestAgent.profile`: {first:.1f} after each update, {again:.2f} from then on")
    print(f"  weighing its interests, as `recommend` does: {arrays:.1f}")


def _keeping(home: Path, state: State, names: Mapping[str, tuple[str, ...]]) -> InterestAgent:
    """An installation that holds this state as the first version of user `u`."""
    agent = InterestAgent.open(Settings.load(home=home, llm={"provider": "none"}))
    updater = agent.services.updater
    receipt = {"seq": 0, "engine": updater.folding.engine(), "population": 0}
    at = datetime.fromtimestamp(state.at, UTC)
    agent.services.profiles.save("u", expected_version=0, as_of=at, state=encode(state), receipt=receipt)
    updater.names.put("en", {key: asdict(Reading(key, path)) for key, path in names.items()}, source="rule")
    return agent


def _anew(agent: InterestAgent) -> None:
    agent.services.updater.views.kept.forget()
    agent.profile("u")


def _names(state: State) -> dict[str, tuple[str, ...]]:
    return {
        leaf.key: (f"Topic {number % 28}", f"Part {number % 140}", f"Interest {number}")
        for number, leaf in enumerate(state.leaves)
    }


# 4. growth


def _growth(counts: list[int]) -> None:
    print("bytes kept of one user with 15 interests, by events:")
    state, done = State(DIMENSIONS), 0
    stream = _behaviour(max(counts), interests=15)
    for count in counts:
        fold(state, (next(stream) for _ in range(count - done)), CALIBRATION, DEFAULT_WEIGHTS)
        done = count
        print(f"  {count:>9,} events: {len(encode(state)):>9,} bytes, {len(state.leaves)} interests")


def _unit(chance: np.random.Generator) -> Vectors:
    return normalised(chance.normal(size=DIMENSIONS).astype(np.float32))


def _median(work: Callable[[], object]) -> float:
    """Milliseconds."""
    return 1e3 * statistics.median(_timed(work) for _ in range(15))


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
