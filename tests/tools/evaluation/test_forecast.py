"""The forecast asks of moments as a whole, and of single events beside it."""

import numpy as np

from penchant.tools.evaluation.forecast import Labelled, report, with_distinct_times

DAY = 86_400.0


def lives(users: int, moments: int, together: int) -> Labelled:
    """Events of `users`: at each of `moments`, `together` events of one group, another group at every moment."""
    user = np.repeat(np.arange(users), moments * together)
    moment = np.tile(np.repeat(np.arange(moments), together), users)
    at = np.asarray(1e9 + moment * DAY, np.float64)
    return Labelled(user, (user * 3 + moment * 7) % 10, at, user % 2 == 0)


def test_a_basket_is_no_forecast_of_itself() -> None:
    baskets = lives(users=20, moments=6, together=8)
    whole, apart = report("baskets", baskets), report("baskets", with_distinct_times(baskets))
    assert apart.log_loss.penchant < whole.log_loss.penchant - 0.5
    assert (whole.n_users, whole.n_events) == (apart.n_users, apart.n_events) == (10, 480)


def test_where_no_two_events_share_a_moment_both_questions_are_one() -> None:
    single = lives(users=20, moments=12, together=1)
    assert report("single", with_distinct_times(single)) == report("single", single)
