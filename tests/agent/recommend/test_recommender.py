"""Lists, the account of their scores, and what would change them."""

import shutil
import threading
import time
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from recommend_shop import NOW, Shop

from penchant.agent.recommend import (
    candidates,
    contributions,
    interactions,
    item_models,
    model_files,
    model_store,
    models,
)
from penchant.agent.recommend.interactions import ItemSpace
from penchant.agent.recommend.request_rules import RequestRules
from penchant.errors import NotFoundError
from penchant.prompts.locales import day_in_words
from penchant.settings import RecommendSettings
from penchant.store.event import Event
from penchant.store.item import Item
from penchant.store.recommendation import RecommendedItem


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def test_contributions_add_up_to_the_score(shop: Shop) -> None:
    rows = [row for user in shop.ledger.users() for row in shop.recommender.recommend(user, 10).items]

    assert len(rows) == 10 * len(shop.ledger.users())
    sums = [sum(part.value for part in row.contributions) for row in rows]
    assert sums == pytest.approx([row.score for row in rows], abs=1e-6)


def test_contributions_add_up_for_a_thousand_random_users_and_items(shop: Shop) -> None:
    random = np.random.default_rng(7)
    for user in random.choice(shop.ledger.users(), 40, replace=False):
        ranking = shop.recommender.ranking(str(user), 10)
        scores = ranking.scores
        for place in random.choice(len(scores), 25, replace=False):
            account = ranking.ranked(int(place), 1)
            assert account.score == pytest.approx(sum(part.value for part in account.contributions), abs=1e-6)
            if ranking.pool.allowed[place]:
                assert account.score == pytest.approx(scores[place], abs=1e-5)


def test_an_account_names_each_interest_once_per_signal_but_for_its_telling_events(shop: Shop) -> None:
    rows = shop.recommender.recommend("u0", 10).items
    assert len(rows) == 10
    for row in rows:
        whole = [(part.signal, part.interest_id) for part in row.contributions if len(part.evidence) != 1]
        assert len(whole) == len(set(whole))
        known = set(shop.recommender.ranking("u0", 10).user.evidence.event_ids)
        assert known >= {event for part in row.contributions for event in part.evidence}


@pytest.mark.parametrize("whole_up_to", [5_000, 10], ids=["whole catalogue", "retrieved"])
def test_the_counterfactual_equals_a_run_without_that_interest(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, whole_up_to: int
) -> None:
    monkeypatch.setattr(candidates, "SCORE_ALL_UP_TO", whole_up_to)
    compared = 0
    for user in shop.ledger.users()[:15]:
        for row in shop.recommender.recommend(user, 10).items:
            would_be = row.explanation.counterfactual
            if would_be is None:
                continue
            rerun = shop.recommender.ranking(user, 10, without=[would_be.without_interest])
            position = rerun.models.space.position[row.item_id]
            if rerun.pool.items is not None and position not in rerun.pool.items:
                continue
            place = position if rerun.pool.items is None else int(np.searchsorted(rerun.pool.items, position))
            assert rerun.rank_of(place) == would_be.rank
            compared += 1
    assert compared > 50


def test_leaving_an_interest_out_adds_no_candidates(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = {"SCORE_ALL_UP_TO": 10, "MAX_INTERESTS": 1, "BY_INTERESTS": 5, "PER_EVENT": 1, "PER_TREND": 1}
    for name, value in settings.items():
        monkeypatch.setattr(candidates, name, value)
    for user in shop.ledger.users()[:15]:
        ranking = shop.recommender.ranking(user, 10)
        without = shop.recommender.ranking(user, 10, without=ranking.user.live.ids[:1])
        assert ranking.pool.items is not None
        assert without.pool.items is not None
        assert set(without.pool.items) <= set(ranking.pool.items)


def test_what_the_user_has_had_is_left_out_unless_repeats_are_wanted(shop: Shop) -> None:
    had = {stored.event.item_id for stored in shop.ledger.events("u0")}
    assert not had & {item.item_id for item in shop.recommender.recommend("u0", 60).items}
    shop.settings.recommend = RecommendSettings(repeat=True)
    assert had <= {item.item_id for item in shop.recommender.recommend("u0", 60).items}


def test_a_refused_item_never_comes_back(shop: Shop) -> None:
    first = shop.recommender.recommend("u0", 1).items[0].item_id
    shop.ledger.append([Event(user_id="u0", type="hide", item_id=first, at=NOW - timedelta(days=1))])
    assert first not in {item.item_id for item in shop.recommender.recommend("u0", 60).items}


@pytest.mark.parametrize(
    "then",
    [{"type": "return"}, {"type": "dislike"}, {"type": "rating", "value": 1.0}],
    ids=["given back", "disliked", "rated low"],
)
def test_what_the_user_thought_better_of_speaks_for_nothing(shop: Shop, then: dict[str, Any]) -> None:
    def did(kind: str, item: str, days_ago: int, value: float | None = None) -> Event:
        return Event(user_id="dee", type=kind, item_id=item, at=NOW - timedelta(days=days_ago), value=value)

    def evidence() -> set[str]:
        rows = shop.recommender.recommend("dee").items
        by_item = [part for row in rows for part in row.contributions if part.signal not in ("content", "exploration")]
        return {event_id for part in by_item for event_id in part.evidence}

    bought = [did("purchase", "tea-1", 9), did("purchase", "toy-1", 8), did("rating", "tea-1", 7, 5.0)]
    shop.ledger.append(bought)
    assert evidence() == {event.event_id for event in bought}
    shop.ledger.append([did(str(then["type"]), "toy-1", 1, then.get("value"))])
    assert evidence() == {bought[0].event_id, bought[2].event_id}


@pytest.mark.parametrize("whole_up_to", [5_000, 30, 5], ids=["whole catalogue", "whole domain", "retrieved"])
def test_a_domain_restricts_the_list_and_still_fills_it(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, whole_up_to: int
) -> None:
    monkeypatch.setattr(candidates, "SCORE_ALL_UP_TO", whole_up_to)
    listed = shop.recommender.recommend("u1", 10, rules=RequestRules.of(domain="home")).items
    assert len(listed) == 10
    assert {shop.catalogue.items[row.item_id].domain for row in listed} == {"home"}


def test_a_query_moves_the_list_towards_what_is_asked(shop: Shop) -> None:
    def toys(query: str | None) -> int:
        return sum("toy" in row.item_id for row in shop.recommender.recommend("u2", 5, query=query).items)

    assert toys("toy") > toys(None)


def test_the_same_ledger_gives_the_same_bytes(shop: Shop) -> None:
    again = shop.open_recommender()
    assert shop.recommender.recommend("u3").model_dump_json() == again.recommend("u3").model_dump_json()


def test_a_list_of_the_past_knows_nothing_of_what_came_later(shop: Shop) -> None:
    then = NOW - timedelta(days=60)
    before = shop.recommender.recommend("u4", at=then)
    later = [Event(user_id=f"u{n}", type="purchase", item_id="toy-1", at=NOW - timedelta(days=n)) for n in range(1, 30)]
    shop.ledger.append(later)
    assert shop.open_recommender().recommend("u4", at=then).items == before.items


def test_a_list_of_the_past_has_nothing_that_came_later(shop: Shop) -> None:
    then, item = NOW - timedelta(days=60), shop.items[0]
    dates = {"older": then - timedelta(days=1), "later": then + timedelta(days=1), "undated": None}
    shop.stock([item.model_copy(update={"item_id": name, "created_at": date}) for name, date in dates.items()])

    past, present = (
        {row.item_id for row in shop.recommender.recommend("u4", k=100, at=moment).items} for moment in (then, None)
    )

    assert (dates.keys() & past, dates.keys() & present) == ({"older", "undated"}, set(dates))
    assert shop.recommender.explain("u4", "later", at=then).why_not == [
        f"It does not appear until {day_in_words(then + timedelta(days=1), 'en')}."
    ]


def test_models_come_back_from_disk_as_they_were(shop: Shop) -> None:
    first = shop.recommender.recommend("u5")
    fresh = shop.open_recommender()
    fresh.model_store._fit = None  # type: ignore[assignment, method-assign]  # anything fitted again would raise
    assert fresh.recommend("u5").items == first.items


def test_a_model_that_serves_twice_is_kept_once(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    for limit in ("EASE_LIMIT", "FACTORED_LIMIT"):
        monkeypatch.setattr(item_models, limit, 0)
    monkeypatch.setattr(models, "COSINE_LIMIT", 0)
    first = shop.recommender.recommend("u5")
    fresh = shop.open_recommender()
    fresh.model_store._fit = None  # type: ignore[assignment, method-assign]  # anything fitted again would raise
    assert fresh.recommend("u5").items == first.items
    current = fresh.model_store.current(NOW, 200.0)
    assert current.similar is current.shared


def test_what_is_near_an_interest_is_asked_of_the_index_once_until_the_catalogue_changes(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "SCORE_ALL_UP_TO", 10)
    asked, ask = list[int](), shop.catalogue.nearest

    def counted(vectors: Any, k: int) -> Any:
        asked.append(len(vectors))
        return ask(vectors, k)

    monkeypatch.setattr(shop.catalogue, "nearest", counted)
    first = shop.recommender.recommend("u0")
    interests = len(shop.recommender.ranking("u0", 10).user.live.ids)
    assert shop.recommender.recommend("u0") == first
    assert asked == [interests]
    shop.recommender.recommend("u0", query="toy")
    assert asked == [interests, 1]

    shop.stock([Item(item_id="tea-new", title=shop.catalogue.items["tea-1"].title)])
    again = shop.recommender.recommend("u0", 60)
    assert asked == [interests, 1, interests]
    assert "tea-new" in {row.item_id for row in again.items}


def test_what_was_found_near_an_interest_is_forgotten_with_the_models(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "SCORE_ALL_UP_TO", 10)
    shop.recommender.recommend("u0")
    assert len(shop.recommender.model_store.nearest) > 0
    shop.recommender.model_store.forget()
    assert len(shop.recommender.model_store.nearest) == 0


def test_models_that_are_behind_serve_and_say_so_until_newer_ones_are_fitted(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    current = shop.recommender.model_store.current(NOW, 200.0)
    more = [
        Event(user_id="new", type="purchase", item_id=f"tea-{n % 10}", at=NOW - timedelta(hours=n + 1))
        for n in range(40)
    ]
    store, go_on = shop.recommender.model_store, threading.Event()
    fit = store._fit

    def slow(*arguments: Any) -> Any:
        go_on.wait(60)
        return fit(*arguments)

    monkeypatch.setattr(store, "_fit", slow)
    shop.ledger.append(more)

    served = shop.recommender.recommend("u0")
    assert [fault.step for fault in served.degraded] == ["models"]
    assert store.current(NOW, 200.0) is current

    go_on.set()
    store.wait()
    assert len(store.current(NOW, 200.0).at) == len(current.at) + 40
    assert shop.recommender.recommend("u0").degraded == []


def test_fits_in_the_background_take_a_tenth_of_the_time(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    store, seconds = shop.recommender.model_store, [1000.0]
    monkeypatch.setattr(model_store, "time", SimpleNamespace(monotonic=lambda: seconds[0], time=time.time))
    fit, fits = store._fit, list[float]()

    def ten_seconds(*arguments: Any) -> Any:
        fits.append(seconds[0])
        seconds[0] += 10
        return fit(*arguments)

    monkeypatch.setattr(store, "_fit", ten_seconds)
    for minute in range(20):
        seconds[0] = max(seconds[0], 1000.0 + 20 * minute)
        shop.ledger.append(
            [
                Event(
                    user_id="new", type="purchase", item_id=f"tea-{n % 10}", at=NOW - timedelta(minutes=60 * minute + n)
                )
                for n in range(40)
            ]
        )
        store.current(NOW, 200.0)
        store.wait()

    first, *later = fits
    assert (first, len(later)) == (1000.0, 4)
    assert all(after - before >= 100 for before, after in pairwise(later))


def test_one_process_fits_and_the_others_read_what_it_has_made(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    first, other = shop.recommender.model_store, shop.open_recommender().model_store
    other.current(NOW, 200.0)
    shop.ledger.append(
        [
            Event(user_id="new", type="purchase", item_id=f"tea-{n % 10}", at=NOW - timedelta(minutes=n))
            for n in range(40)
        ]
    )
    first.current(NOW, 200.0)
    first.wait()
    monkeypatch.setattr(other, "_fit", None)  # anything fitted again would raise

    space = other.space()
    other.current(NOW, 200.0)
    other.wait()

    mine, theirs = first.current(NOW, 200.0), other.current(NOW, 200.0)
    assert mine.at.tolist() == theirs.at.tolist()
    assert theirs.space is space  # what is remembered by it serves on


def test_models_of_somebody_who_is_forgotten_while_they_are_fitted_do_not_stay_on_disk(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = shop.recommender.model_store
    people = iter([0, 1])
    monkeypatch.setattr(store, "_people", lambda: next(people, 1))

    store._renewed(NOW, 200.0)

    assert not list((shop.settings.home / "models").rglob("*"))


def test_models_of_more_items_than_were_known_at_their_revision_keep_their_own_positions(shop: Shop) -> None:
    shop.recommender.recommend("u0")
    store = shop.recommender.model_store
    whole = store.space()
    earlier = ItemSpace(
        whole.ids[1:], whole.vectors[1:], whole.domains[1:], whole.dates[1:], whole.titles[1:], whole.ends[1:]
    )

    fitted = store.files.newest(store._people(), (shop.recommender.catalogue.revision(), earlier))

    assert fitted is not None
    assert fitted.models.space.ids == whole.ids


def test_forgetting_leaves_no_file(shop: Shop) -> None:
    shop.recommender.recommend("u0")
    assert shop.recommender.model_store.forget() > 0
    assert not list((shop.settings.home / "models").rglob("*"))


def test_forgetting_ends_where_another_process_removes_models_meanwhile(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.recommender.recommend("u0")

    def replaced(folder: Path) -> bool:
        shutil.rmtree(folder)
        return False

    monkeypatch.setattr(model_files, "_is_being_written", replaced)
    monkeypatch.setattr(Path, "is_dir", lambda _: True)  # it was there when it was looked for
    assert shop.recommender.model_store.forget() == 0


def test_a_user_without_behaviour_still_gets_a_list(shop: Shop) -> None:
    listed = shop.recommender.recommend("stranger", 10).items
    assert len(listed) == 10
    assert all(part.signal in {"trending", "popularity", "freshness"} for row in listed for part in row.contributions)


def test_an_unknown_item_cannot_be_explained(shop: Shop) -> None:
    with pytest.raises(NotFoundError, match="no item 'nothing'"):
        shop.recommender.explain("u0", "nothing")


def test_explaining_a_listed_item_repeats_the_list(shop: Shop) -> None:
    row = shop.recommender.recommend("u6").items[3]
    account = shop.recommender.explain("u6", row.item_id)
    assert (account.recommended, account.rank, account.score, account.why_not) == (True, row.rank, row.score, [])
    assert (account.contributions, account.explanation) == (row.contributions, row.explanation)


@pytest.mark.parametrize("whole_up_to", [5_000, 10], ids=["whole catalogue", "retrieved"])
def test_an_item_had_long_ago_is_said_to_be_had(shop: Shop, monkeypatch: pytest.MonkeyPatch, whole_up_to: int) -> None:
    monkeypatch.setattr(candidates, "SCORE_ALL_UP_TO", whole_up_to)
    monkeypatch.setattr(interactions, "MAX_EVIDENCE", 1)
    events = [stored.event for stored in shop.ledger.events("u6")]
    item = min(events, key=lambda event: event.at).item_id
    on = max(event.at for event in events if event.item_id == item)
    explanation = shop.recommender.explain("u6", str(item))
    assert (explanation.recommended, explanation.rank, explanation.why_not) == (
        False,
        None,
        [f"You bought it on {day_in_words(on, 'en')}."],
    )


@pytest.mark.parametrize("whole_up_to", [5_000, 10], ids=["whole catalogue", "retrieved"])
def test_an_item_that_is_not_listed_says_why_not(shop: Shop, monkeypatch: pytest.MonkeyPatch, whole_up_to: int) -> None:
    monkeypatch.setattr(candidates, "SCORE_ALL_UP_TO", whole_up_to)
    had = next(stored.event.item_id for stored in shop.ledger.events("u6"))
    on = max(stored.event.at for stored in shop.ledger.events("u6") if stored.event.item_id == had)
    explanation = shop.recommender.explain("u6", str(had))
    assert (explanation.recommended, explanation.rank, explanation.why_not) == (
        False,
        None,
        [f"You bought it on {day_in_words(on, 'en')}."],
    )
    last = shop.recommender.recommend("u6", 60).items[-1]
    [reason] = shop.recommender.explain("u6", last.item_id).why_not
    assert reason.startswith("It ranks ")


@pytest.mark.parametrize("query", [None, "wooden toy"])
def test_an_account_names_the_interests_that_a_reason_may_name_and_those_that_carry_a_fiftieth(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, query: str | None
) -> None:
    def rows() -> list[RecommendedItem]:
        users = shop.ledger.users()[:10]
        return [row for user in users for row in shop.recommender.recommend(user, 10, query=query).items]

    short, least = rows(), contributions.LEAST_INTEREST_SHARE
    monkeypatch.setattr(contributions, "LEAST_INTEREST_SHARE", 0.0)
    whole, untold = rows(), 0
    for row, all_of_it in zip(short, whole, strict=True):
        assert (row.item_id, row.explanation) == (all_of_it.item_id, all_of_it.explanation)
        assert row.score == pytest.approx(all_of_it.score, abs=1e-12)
        named, size = carried(row), sum(abs(part.value) for part in all_of_it.contributions)
        for interest, value in carried(all_of_it).items():
            assert named.get(interest, value) == pytest.approx(value, abs=1e-12)
            assert interest in named or abs(value) < least * size
            untold += interest not in named
    assert untold


def carried(row: RecommendedItem) -> dict[str, float]:
    """What each interest that an account names carries of the score."""
    sums: dict[str, float] = {}
    for part in row.contributions:
        if part.interest_id is not None:
            sums[part.interest_id] = sums.get(part.interest_id, 0.0) + part.value
    return sums


@pytest.mark.parametrize(
    ("then", "english", "chinese"),
    [
        ({"type": "return"}, "You returned it on 20 May 2026.", "您在2026年5月20日退回了它。"),
        ({"type": "dislike"}, "You disliked it on 20 May 2026.", "您在2026年5月20日不喜欢它。"),
    ],
)
def test_what_was_refused_is_kept_off_by_that_and_not_by_a_later_look(
    shop: Shop, then: dict[str, Any], english: str, chinese: str
) -> None:
    events = [{"type": "purchase"}, then, {"type": "view"}]
    shop.ledger.append(
        [
            Event.model_validate({"user_id": "u6", "item_id": "book-0", "at": NOW - timedelta(days=days), **event})
            for days, event in zip((20, 12, 2), events, strict=True)
        ]
    )
    assert shop.recommender.explain("u6", "book-0").why_not == [english]
    assert shop.recommender.explain("u6", "book-0", language="zh").why_not == [chinese]
