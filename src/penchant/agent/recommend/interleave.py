"""Comparison of two settings on real users by interleaving: one list is drawn from both, and every item taken from it is a vote.

Team-draft interleaving (Radlinski, Kurup, Joachims, CIKM 2008): in every round both settings pick, in an order drawn by lot, the best
item of their own list that is not on the shared list yet. Every user gets one good list, and the comparison needs far fewer users
than one that gives half of them another list.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from random import Random

from pydantic import BaseModel

from penchant.agent.recommend.feedback import rating_scale
from penchant.agent.recommend.recommender import Recommender
from penchant.agent.recommend.tuning.learning import chosen_and_passed_items
from penchant.agent.recommend.tuning.setting import DOCUMENT, Tuned
from penchant.errors import NotFoundError
from penchant.store.recommendation import Compared, Recommendation, RecommendedItem, Team
from penchant.store.recommendations import Feedback

DEFAULTS = 0
"""The version of the setting before any tuning."""


class Comparison(BaseModel):
    """How users decided between two versions of the tuned setting: on how many shared lists they took more of one than of the other.

    `p`: the chance of a split at least as uneven if both are equally good (exact two-sided sign test over the lists that decide).
    """

    a: int
    b: int
    wins_a: int = 0
    wins_b: int = 0
    ties: int = 0
    p: float | None = None


def team_draft(a: Sequence[str], b: Sequence[str], k: int, random: Random) -> list[tuple[str, Team]]:
    """Return at most `k` different items, each with the team that picked it. A list that has run out picks nothing more."""
    drawn: dict[str, Team] = {}
    while len(drawn) < k:
        turn: list[tuple[Team, Sequence[str]]] = [("a", a), ("b", b)]
        random.shuffle(turn)
        before = len(drawn)
        for team, ranked in turn:
            pick = next((item for item in ranked if item not in drawn), None)
            if pick is not None and len(drawn) < k:
                drawn[pick] = team
        if len(drawn) == before:
            break
    return list(drawn.items())


def version_in_force(recommender: Recommender) -> int:
    """Return the version of the tuned setting in force."""
    head = recommender.documents.head(DOCUMENT)
    return head.version if head else DEFAULTS


def setting(recommender: Recommender, version: int) -> Tuned:
    """Return a version of the tuned setting; `DEFAULTS` is the one before any tuning. Raises `NotFoundError`."""
    if version == DEFAULTS:
        return Tuned()
    stored = recommender.documents.get(DOCUMENT, version)
    if stored is None:
        raise NotFoundError(f"the tuned setting has no version {version}: 0 is the setting before tuning")
    return Tuned.model_validate(stored)


def interleaved(a: Recommendation, b: Recommendation, k: int, versions: Compared) -> Recommendation:
    """Return one list of `k` from two lists for the same request, made under these versions of the tuned setting.

    Every item has the account of its score under the setting that picked it. The lot depends only on the user and the moment, so the
    same request gives the same list.
    """
    seed = hashlib.blake2b(f"{a.user_id}\x1f{a.as_of.isoformat()}".encode(), digest_size=8).digest()
    rows: dict[Team, dict[str, RecommendedItem]] = {
        "a": {row.item_id: row for row in a.items},
        "b": {row.item_id: row for row in b.items},
    }
    drawn = team_draft(list(rows["a"]), list(rows["b"]), k, Random(int.from_bytes(seed, "big")))
    items = [
        rows[team][item].model_copy(update={"rank": rank, "team": team}) for rank, (item, team) in enumerate(drawn, 1)
    ]
    degraded = list({note.reason: note for note in (*a.degraded, *b.degraded)}.values())
    return a.model_copy(update={"items": items, "compared": versions, "degraded": degraded})


def comparisons(heard: Iterable[tuple[Recommendation, Sequence[Feedback]]]) -> list[Comparison]:
    """Return wins and ties for each pair of versions, over every shared list with feedback."""
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    for recommendation, given in heard:
        if recommendation.compared is not None:
            taken, _ = chosen_and_passed_items(recommendation, given, rating_scale(given))
            teams = {row.item_id: row.team for row in recommendation.items}
            ahead = sum({"a": 1, "b": -1}.get(teams[item] or "", 0) for item in taken)
            found[recommendation.compared.a, recommendation.compared.b].append(ahead)
    return [_comparison(a, b, leads) for (a, b), leads in sorted(found.items())]


def _comparison(a: int, b: int, leads: Sequence[int]) -> Comparison:
    wins_a, wins_b = sum(lead > 0 for lead in leads), sum(lead < 0 for lead in leads)
    decided = wins_a + wins_b
    from scipy.stats import binomtest  # takes a third of a second to import

    p = round(float(binomtest(wins_a, decided).pvalue), 4) if decided else None
    return Comparison(a=a, b=b, wins_a=wins_a, wins_b=wins_b, ties=len(leads) - decided, p=p)
