"""Trees deeper than a taxonomy: a branch is a theme from the third level on, however many follow."""

import numpy as np

from penchant.agent.profiles.engine.rows import NodeRow
from penchant.agent.profiles.engine.tree import _places, outline


def test_a_branch_of_the_fourth_level_without_a_row_of_its_own_is_a_theme() -> None:
    labels = ("Kitchen", "Tea", "Green tea", "Sencha", "Sencha from Uji")
    row = NodeRow("personal", labels, labels, ("rule",) * 5, np.zeros(2, np.float32), (), np.zeros(1), np.zeros((2, 2)))

    assert _places(outline([row]), [row])["node"] == ["topic", "subtopic", "theme", "theme", "personal"]
