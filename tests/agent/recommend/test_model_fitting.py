"""Large fits of item models are another process's work."""

import logging
import os
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from recommend_shop import NOW, Shop

from penchant.agent.recommend import model_fitting, model_store
from penchant.store.event import Event


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """One whose models serve, and are behind; any fit is a large one."""
    monkeypatch.setattr(model_store, "SUBPROCESS_FROM", 1)
    shop = Shop(tmp_path)
    shop.recommender.model_store.current(NOW, 200.0)
    shop.ledger.append(
        [
            Event(user_id="new", type="purchase", item_id=f"tea-{n % 10}", at=NOW - timedelta(hours=n + 1))
            for n in range(40)
        ]
    )
    return shop


def test_what_another_process_fits_is_what_this_one_would_fit(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    store = shop.recommender.model_store
    here = store.as_of(NOW, 200.0)
    monkeypatch.setattr(store, "_fit", None)  # anything fitted here would raise

    store.current(NOW, 200.0)
    store.wait()

    there, some = store.current(NOW, 200.0), np.arange(len(here.space))
    assert there.at.tolist() == here.at.tolist()
    for name in ("shared", "similar", "following", "factors", "order"):
        mine, other = getattr(here, name).rows(some, None), getattr(there, name).rows(some, None)
        np.testing.assert_allclose(other, mine, atol=1e-6, err_msg=name)


def test_models_serve_on_where_the_other_process_fails(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    store = shop.recommender.model_store
    monkeypatch.setattr(
        model_fitting, "environment", lambda: os.environ | {"PYTHONPATH": "/nowhere", "PYTHONHOME": "/nowhere"}
    )

    before = store.current(NOW, 200.0)
    with caplog.at_level(logging.WARNING):
        store.wait()

    assert store.current(NOW, 200.0) is before
    assert "the process that fits models of items failed" in caplog.text
    assert not list((shop.settings.home / "models").glob("*.part"))


def test_where_no_process_can_be_started_this_one_fits(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refused(*_: Any, **__: Any) -> None:
        raise PermissionError(1, "not allowed")

    monkeypatch.setattr(subprocess, "Popen", refused)
    store = shop.recommender.model_store
    before = store.current(NOW, 200.0)
    store.wait()

    assert len(store.current(NOW, 200.0).at) == len(before.at) + 40
    assert "they are fitted in this one" in caplog.text
