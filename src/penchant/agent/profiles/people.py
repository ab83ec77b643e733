"""What one user contributes to the population, from their state alone."""

import numpy as np
from numpy.typing import NDArray

from penchant.agent.profiles.engine.dynamics import LONG, SHORT, mixture
from penchant.agent.profiles.engine.projection import current_trust
from penchant.agent.profiles.engine.rows import as_of
from penchant.agent.profiles.engine.state import State
from penchant.agent.profiles.population import Mix, Person
from penchant.agent.taxonomy.taxonomy import Taxonomy
from penchant.arrays import Floats


class People:
    """Reads users for the population, over the nodes of one taxonomy."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.taxonomy = taxonomy
        subtopics = [node.id for node in taxonomy.subtopics]
        topics = [node.id for node in taxonomy.topics]
        owners = taxonomy.subtopic_topics.tolist()
        self.above: dict[str, tuple[str, ...]] = {topic: (topic,) for topic in topics}
        self.above |= {name: (topics[owner], name) for name, owner in zip(subtopics, owners, strict=True)}
        for theme, subtopic in zip(taxonomy.themes, taxonomy.theme_subtopics.tolist(), strict=True):
            self.above[theme.id] = (*self.above[subtopics[subtopic]], theme.id)

    def person(self, state: State, portrait: tuple[str, ...] = ()) -> Person | None:
        """None without any interest in a node of the taxonomy."""
        attention, _ = as_of(state, state.at)
        if not len(attention):
            return None
        trust = current_trust(state)
        mix = self._mix(state, _shares(attention, trust))
        if not mix:
            return None
        short, long = (self._mix(state, _shares(attention, trust, clocks)) for clocks in (SHORT, LONG))
        return Person(mix, short, long, trust, portrait, state.at)

    def topics(self, state: State) -> Mix:
        """The share of each topic."""
        attention, _ = as_of(state, state.at)
        mix = self._mix(state, _shares(attention, current_trust(state))) if len(attention) else {}
        return {node: share for node, share in mix.items() if len(self.above[node]) == 1}

    def _mix(self, state: State, shares: Floats) -> Mix:
        mix: Mix = {}
        for name, share in zip(state.ids, shares.tolist(), strict=True):
            for node in self.above.get(name, ()):
                mix[node] = mix.get(node, 0.0) + share
        return mix


def _shares(attention: Floats, trust: Floats, clocks: NDArray[np.bool_] | None = None) -> Floats:
    """The share (n,) of each of the user's nodes, by all clocks or by some (H,), with an even prior."""
    if clocks is not None:
        trust = trust * clocks[:, None]
        trust = trust / trust.sum()
    return mixture(attention, trust, np.full(len(attention), 1.0 / len(attention)))
