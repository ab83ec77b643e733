"""What updating promises, through `Updater` over a real database."""

import multiprocessing
import os
import random
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from small_world import START, World, event

from penchant.agent.profiles.engine.rows import LENT_UNTIL_EVENTS
from penchant.agent.profiles.updater import Updater
from penchant.errors import ModelUnreachable, NotFoundError, UnchangedError, UsageError
from penchant.store.event import Event
from penchant.store.item import Item
from penchant.store.profile import Interest, Profile

EACH = 50 if os.environ.get("HYPOTHESIS_PROFILE") == "nightly" else 3
"""Updates by each of sixteen processes."""
TASTES = ["jazz", "jazz", "tent", "jazz", "tent", "pasta", "novel", "tent"]


def life(user: str = "ada") -> list[Event]:
    bought = [event(f"{taste}-{n % 6}", n / 2, user=user, event_id=f"{n:03}") for n, taste in enumerate(TASTES * 4)]
    return [*bought, event(None, 20, "message", user=user, text="I hate opera but I love boots", event_id="m1")]


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(f"sqlite:///{tmp_path / 'a.db'}")


@pytest.fixture
def updater(world: World) -> Updater:
    return world.updater


def updated(tmp_path: Path, name: str, batches: Sequence[Sequence[Event]], each: bool) -> Profile:
    world = World(f"sqlite:///{tmp_path / name}.db")
    updater = world.updater
    for batch in batches:
        world.ledger.append(batch)
        if each:
            updater.update(["ada"])
    updater.update(["ada"])
    return updater.reader.profile("ada")


def leaf(profile: Profile, label: str) -> Interest:
    return next(node for node in profile.walk() if node.label == label and not node.children)


@pytest.mark.parametrize("seed", range(5))
def test_order_duplicates_and_batches_change_no_byte(tmp_path: Path, seed: int) -> None:
    shuffled = life() * 2
    random.Random(seed).shuffle(shuffled)
    batches = [shuffled[start::3] for start in range(3)]
    at_once = updated(tmp_path, "one", [life()], False)
    assert updated(tmp_path, "three", batches, False).model_dump_json() == at_once.model_dump_json()
    stepwise = updated(tmp_path, "steps", batches, True)
    assert stepwise.model_copy(update={"version": 1}).model_dump_json() == at_once.model_dump_json()


def test_the_receipt_accounts_for_every_new_event(world: World, updater: Updater) -> None:
    events = [*life(), event("unknown", 3), event(None, 4, "search", text="tent")]
    for start in range(0, len(events), 7):
        world.ledger.append(events[start : start + 7])
        [receipt] = updater.update(["ada"]).users
        assert receipt.events_new == receipt.assigned + receipt.pooled == len(events[start : start + 7])
    assert updater.reader.profile("ada").n_events == len(events)


def test_nothing_new_saves_no_version(world: World, updater: Updater) -> None:
    world.ledger.append(life())
    first = updater.update(["ada"]).users[0]
    again = updater.update(["ada"]).users[0]
    assert (first.version, again.version, again.events_new) == (1, 1, 0)


def test_a_future_event_waits_for_its_time(world: World, updater: Updater) -> None:
    world.time.moment = START + timedelta(days=10)
    ahead = [event("opera-1", 50, event_id=f"f{n}") for n in range(3)]
    now = [event(f"jazz-{n}", n, event_id=f"n{n}") for n in range(5)]
    world.ledger.append([*ahead, *now])
    assert updater.update(["ada"]).users[0].events_new == 5
    world.ledger.append([event("tent-1", 9, event_id="n9")])
    assert updater.update(["ada"]).users[0].events_new == 1
    world.time.moment = START + timedelta(days=60)
    assert updater.update(["ada"]).users[0].events_new == 3
    assert updater.reader.profile("ada").n_events == 9


def test_an_item_described_later_is_understood_then(world: World, updater: Updater) -> None:
    world.ledger.append([event("late", 1), event("jazz-1", 2)])
    updater.update(["ada"])
    assert updater.reader.profile("ada").pool.events == 1
    world.things.items["late"] = Item(item_id="late", title="jazz jazz 9", categories=(("Music & Audio", "Jazz"),))
    world.ledger.append([event("jazz-2", 3)])
    receipt = updater.update(["ada"]).users[0]
    assert receipt.events_new == 1
    assert updater.reader.profile("ada").interests[0].evidence_count == 3


def test_a_profile_can_be_read_as_of_any_moment(world: World, updater: Updater) -> None:
    world.ledger.append([event(f"jazz-{n}", n, event_id=f"a{n}") for n in range(6)])
    world.ledger.append([event(f"tent-{n}", 100 + n, event_id=f"b{n}") for n in range(6)])
    updater.update(["ada"])
    early, late = updater.reader.profile("ada", at=START + timedelta(days=6)), updater.reader.profile("ada")
    assert [node.label for node in early.interests] == ["Music & Audio"]
    assert late.interests[0].label == "Outdoors & Nature"
    assert early.as_of == START + timedelta(days=6)


def test_the_later_statement_wins_and_the_tree_shows_it(world: World, updater: Updater) -> None:
    world.ledger.append(life())
    world.ledger.append([event(None, 30, "message", text="I love opera", event_id="m2")])
    updater.update(["ada"])
    assert leaf(updater.reader.profile("ada", at=START + timedelta(days=25)), "opera").polarity == "dislike"
    now = leaf(updater.reader.profile("ada"), "opera")
    assert (now.polarity, now.source, now.label_source) == ("like", "stated", "user")
    inferred = [
        node.strength
        for node in updater.reader.profile("ada").walk()
        if not node.children and node.source == "inferred"
    ]
    assert now.strength >= max(inferred) - 1e-6


@pytest.mark.parametrize(
    ("action", "text", "shown"),
    [
        ("pin", None, ("Jazz", "pinned")),
        ("mute", None, ("Jazz", "muted")),
        ("rename", "Bebop", ("Bebop", "active")),
    ],
)
def test_an_edit_survives_a_replay_and_can_be_undone(
    world: World, updater: Updater, action: str, text: str | None, shown: tuple[str, str]
) -> None:
    world.ledger.append(life())
    updater.update(["ada"])
    before = updater.reader.profile("ada")
    world.profile_editor.edit("ada", action, "Music & Audio > Jazz > Jazz", text)
    world.ledger.append([event("jazz-3", -50, event_id="late"), event("jazz-4", 70, event_id="new")])
    updater.update(["ada"])
    node = leaf(updater.reader.profile("ada"), shown[0])
    assert (node.label, node.status) == shown
    assert updater.reader.rebuilt("ada") == updater.reader.profile("ada")
    world.profile_editor.undo("ada")
    assert leaf(updater.reader.profile("ada"), "Jazz").status == "active"
    assert before.version < updater.reader.profile("ada").version


def test_a_removed_interest_stays_away(world: World, updater: Updater) -> None:
    world.ledger.append(life())
    updater.update(["ada"])
    world.profile_editor.edit("ada", "remove", "Music & Audio > Jazz")
    world.ledger.append([event("jazz-1", 90 + n, event_id=f"x{n}") for n in range(4)])
    updater.update(["ada"])
    assert "Jazz" not in {node.label for node in updater.reader.profile("ada").walk()}


def test_edits_say_what_is_wrong_with_them(world: World, updater: Updater) -> None:
    world.ledger.append(life())
    updater.update(["ada"])
    with pytest.raises(NotFoundError, match="profile show ada"):
        world.profile_editor.edit("ada", "pin", "chess")
    with pytest.raises(UsageError, match="unknown edit"):
        world.profile_editor.edit("ada", "praise", "Jazz")
    with pytest.raises(UsageError, match="new label"):
        world.profile_editor.edit("ada", "rename", "Jazz")
    with pytest.raises(UsageError, match="nothing to undo"):
        world.profile_editor.undo("bob")


def test_a_pin_or_mute_that_is_not_there_cannot_be_taken_back_and_writes_no_version(
    world: World, updater: Updater
) -> None:
    world.ledger.append(life())
    updater.update(["ada"])
    version = updater.reader.profile("ada").version

    for action, state in (("unpin", "pinned"), ("unmute", "muted")):
        with pytest.raises(UnchangedError, match=f"'Jazz' is not {state}: there is nothing to undo"):
            world.profile_editor.edit("ada", action, "Jazz")
    assert updater.reader.profile("ada").version == version

    for action in ("pin", "mute", "unpin", "unmute"):
        world.profile_editor.edit("ada", action, "Jazz")
    assert (updater.reader.profile("ada").version, leaf(updater.reader.profile("ada"), "Jazz").status) == (
        version + 4,
        "active",
    )


def test_a_stranger_is_not_found(updater: Updater) -> None:
    with pytest.raises(NotFoundError, match="is unknown"):
        updater.reader.profile("nobody")


def test_a_declared_interest_is_a_beginning_that_behaviour_outgrows(world: World, updater: Updater) -> None:
    world.profile_editor.onboard("ada", interests=["pasta"])
    start = updater.reader.profile("ada")
    assert [(node.label, node.source) for node in start.walk() if not node.children] == [("pasta", "stated")]
    world.ledger.append([event(f"jazz-{n % 6}", n, event_id=f"j{n}") for n in range(40)])
    updater.update(["ada"])
    assert updater.reader.profile("ada").interests[0].label == "Music & Audio"


def test_friends_lend_a_beginning(world: World, updater: Updater) -> None:
    world.ledger.append([event(f"tent-{n % 6}", n, user="bob") for n in range(12)])
    updater.update(["bob"])
    world.profile_editor.onboard("ada", friends=["bob"])
    lent = updater.reader.profile("ada").interests
    assert [(node.label, node.lent, node.evidence_count) for node in lent] == [("Outdoors & Nature", True, 0)]


def test_a_friend_lends_nothing_that_they_have_muted_removed_or_renounced(world: World, updater: Updater) -> None:
    world.ledger.append(
        [event(f"{word}-{n}", n, user="bob") for word in ("tent", "jazz", "pasta", "novel") for n in range(6)]
    )
    updater.update(["bob"])
    for action, label in (("mute", "Outdoors & Nature"), ("remove", "Music & Audio"), ("state", "pasta")):
        world.profile_editor.edit("bob", action, label, "dislike" if action == "state" else None)
    world.profile_editor.onboard("ada", friends=["bob"])
    assert [node.label for node in updater.reader.profile("ada").interests] == ["Books & Literature"]


def test_a_renamed_topic_is_the_users_and_what_is_below_it_is_not(world: World, updater: Updater) -> None:
    world.ledger.append(life())
    updater.update(["ada"])
    before = {node.id: node.label_source for node in updater.reader.profile("ada").walk()}
    world.profile_editor.edit("ada", "rename", "Music & Audio", "My music")
    after = {node.id: node.label_source for node in updater.reader.profile("ada").walk()}
    [renamed] = [node for node in updater.reader.profile("ada").walk() if node.label == "My music"]
    assert after == before | {renamed.id: "user"}


def test_users_of_the_same_kind_lend_topics(world: World, updater: Updater) -> None:
    for n in range(24):
        pair = ("jazz", "tent") if n % 2 else ("pasta", "novel")
        world.ledger.append([event(f"{pair[i % 2]}-{i % 6}", i, user=f"u{n:02}") for i in range(16)])
    world.ledger.append([event("pasta-1", 1, user="new")])
    updater.update()
    shown = {node.label: node.lent for node in updater.reader.profile("new").interests}
    assert (shown["Books & Literature"], shown["Food & Drink"]) == (True, False)
    world.ledger.append([event(f"pasta-{n % 6}", 2 + n, user="new") for n in range(LENT_UNTIL_EVENTS)])
    updater.update(["new"])
    assert not any(node.lent for node in updater.reader.profile("new").walk())


def test_a_failing_embedder_fails_one_user_and_loses_nothing(
    world: World, updater: Updater, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.ledger.append(life())
    world.ledger.append([event("jazz-1", 1, user="bob")])
    embed = world.word_embedder.embed

    def broken(texts: Sequence[str]) -> object:
        if any("opera" in text for text in texts):
            raise ModelUnreachable("the embedding server does not answer: try again later")
        return embed(texts)

    with monkeypatch.context() as patch:
        patch.setattr(world.word_embedder, "embed", broken)
        receipts = {receipt.user_id: receipt for receipt in updater.update().users}
    assert (receipts["ada"].status, receipts["bob"].status) == ("failed", "ok")
    assert updater.update(["ada"]).users[0].events_new == len(life())


def test_history_and_diff_tell_what_changed(world: World, updater: Updater) -> None:
    world.ledger.append([event(f"jazz-{n}", n, event_id=f"a{n}") for n in range(6)])
    updater.update(["ada"])
    world.ledger.append([event(f"tent-{n}", 100 + n, event_id=f"b{n}") for n in range(6)])
    updater.update(["ada"])
    change = updater.reader.diff("ada", 1, 2)
    assert [version.version for version in updater.profiles.history("ada")] == [1, 2]
    assert (change.events, change.appeared[0].path, change.vanished) == (6, ("Outdoors & Nature",), [])
    assert change.changed[0].after < change.changed[0].before


def _one_writer(url: str, start: int) -> None:
    world = World(url)
    updater = world.updater
    for n in range(start, start + EACH):
        world.ledger.append([event(f"jazz-{n % 6}", n, event_id=f"{n:04}")])
        assert updater.update(["ada"]).users[0].status == "ok"


def test_sixteen_processes_lose_no_update(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'shared.db'}"
    World(url)
    spawn = multiprocessing.get_context("fork")
    writers = [spawn.Process(target=_one_writer, args=(url, EACH * n)) for n in range(16)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(3_000)
    assert [writer.exitcode for writer in writers] == [0] * 16
    updater = World(url).updater
    assert updater.reader.profile("ada").n_events == 16 * EACH
    versions = [version.version for version in updater.profiles.history("ada")]
    assert versions == list(range(1, len(versions) + 1))


def test_a_liked_and_a_disliked_thing_of_one_theme_do_not_cancel(tmp_path: Path) -> None:
    plain = [Item(item_id=f"jazz-{n}", title=f"jazz jazz {n}") for n in range(6)]
    updater = World(f"sqlite:///{tmp_path / 'plain.db'}", plain).updater
    updater.ledger.append([event("jazz-1", 1, kind="like"), event("jazz-2", 2, kind="dislike")])
    updater.ledger.append([event("jazz-3", 1, kind="like", user="bob"), event("jazz-4", 2, kind="like", user="bob")])
    updater.update()
    [ada], [bob] = (
        [node for node in updater.reader.profile(user).walk() if not node.children] for user in ("ada", "bob")
    )
    assert ada.liked > 0.5 and ada.disliked > 0.5 and ada.is_mixed
    assert bob.liked > 0.5 and bob.disliked == 0.0 and not bob.is_mixed
    for profile in map(updater.reader.profile, ("ada", "bob")):
        for node in profile.walk():
            assert not node.children or node.disliked == pytest.approx(sum(child.disliked for child in node.children))


def test_an_interest_that_was_only_stated_neither_rises_nor_fades(world: World, updater: Updater) -> None:
    world.ledger.append([event(f"jazz-{day}", day) for day in range(6)])
    updater.update(["ada"])

    world.profile_editor.edit("ada", "state", "Gardening", "I love gardening")

    [stated] = [node for node in updater.reader.profile("ada").walk() if node.label == "Gardening"]
    assert (stated.evidence_count, stated.trend) == (0, "steady")


def test_an_interest_without_an_event_for_sixty_days_fades_unless_it_is_pinned(world: World, updater: Updater) -> None:
    world.ledger.append([event(f"{taste}-{day}", day) for day in range(6) for taste in ("jazz", "tent")])
    updater.update(["ada"])

    def trends(days: int) -> set[tuple[str, str]]:
        profile = updater.reader.profile("ada", at=START + timedelta(days=5 + days))
        return {(node.id, node.trend) for node in profile.walk()}

    ids = {name for name, _ in trends(0)}
    assert trends(60) == {(name, "steady") for name in ids}
    assert trends(61) == {(name, "fading") for name in ids}

    jazz = next(node for node in updater.reader.profile("ada").walk() if "jazz" in node.label.casefold())
    world.profile_editor.edit("ada", "pin", jazz.id)
    assert leaf(updater.reader.profile("ada"), jazz.label).trend == "steady"
