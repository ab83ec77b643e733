"""An installation of the first version opens, and its next update makes its profiles anew; what people did and decided stays."""

from pathlib import Path

from small_world import START, World, event

from penchant.store.profiles import NewVersion


def test_profiles_of_the_first_version_are_made_anew_and_keep_the_users_word(tmp_path: Path) -> None:
    world = World(f"sqlite:///{tmp_path / 'a.db'}")
    world.ledger.append([event(f"jazz-{n}", n, event_id=f"a{n}") for n in range(6)])
    receipt_of_then = {"seq": 6, "engine": {"format": 3, "embedder": "words", "kappa": 20.0}, "population": 1}
    world.profiles.save([NewVersion("ada", 0, START, b"PNC2 of the first version", receipt_of_then)])
    world.documents.put("population", {"topics": {"Music & Audio": 1.0}, "trust": [], "kinds": [], "users": 30})
    world.profile_editor.edit("ada", "state", "opera", "dislike")

    receipt = world.updater.update()

    assert receipt.taxonomy is not None and receipt.taxonomy.built
    assert [(user.version, user.status) for user in receipt.users] == [(3, "ok")]
    profile = world.updater.reader.profile("ada")
    assert (profile.n_events, profile.taxonomy_version) == (6, 1)
    assert {node.label: node.polarity for node in profile.walk() if node.source == "stated"} == {"opera": "dislike"}
    assert profile.interests[0].evidence_count == 6
