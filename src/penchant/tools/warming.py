"""Loads models in the background after a server has started, so that the first list and the first message need not wait."""

import logging
import threading
from typing import TYPE_CHECKING

from penchant.agent.chat.intents import intent_of
from penchant.characters import LANGUAGES
from penchant.prompts.locales import Translator

if TYPE_CHECKING:
    from penchant.agent.interest_agent import InterestAgent

LOADED, LOADING = "ok", "being loaded"
MESSAGES = ("I like green tea. I like red cups, what do you recommend?", "我喜欢绿茶，推荐一下？")
"""Reading these compiles the patterns for messages."""
RETRY_PAUSE_SECONDS = 30.0
WAIT_SECONDS = 30.0
log = logging.getLogger("penchant.serving")


class WarmUp:
    """Loads the item models, the embedder, and what reads and answers messages, in a thread. `state`: `LOADED`,
    `LOADING`, or an error, after which it tries again; meanwhile requests load what they need themselves.
    """

    def __init__(self, agent: "InterestAgent") -> None:
        self.agent, self.state = agent, LOADED
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._load, name="penchant-warm-up", daemon=True)

    def start(self) -> None:
        """Start to load, and return at once."""
        self.state = LOADING
        self._thread.start()

    def stop(self) -> None:
        """Wait for the current load to end (30 seconds at most), and do not try again."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(WAIT_SECONDS)

    def _load(self) -> None:
        while not self._stopping.is_set():
            try:
                warm(self.agent)
            except Exception as error:  # noqa: BLE001 - whatever goes wrong here, requests are answered as far as they can be
                self.state = f"not loaded ({type(error).__name__}): tried again every {RETRY_PAUSE_SECONDS:.0f} seconds"
                log.warning("models are %s: %s", self.state, error)
                self._stopping.wait(RETRY_PAUSE_SECONDS)
            else:
                self.state = LOADED
                return


def warm(agent: "InterestAgent") -> None:
    """Load what the first list and the first message need. Raises `PenchantError`."""
    agent.warm()
    for message in MESSAGES:
        intent_of(message)
    for language in LANGUAGES:
        Translator(language, "chat")("recommended")
