"""What a server loads in the background after it has started, so that the first list and the first message need not wait for it."""

import logging
import threading
from typing import TYPE_CHECKING

from penchant.agent.chat.intents import intent_of
from penchant.characters import LANGUAGES
from penchant.prompts.locales import Translator

if TYPE_CHECKING:
    from penchant.agent.interest_agent import InterestAgent

LOADED, LOADING = "ok", "being loaded"
MESSAGES = ("I like green tea. What do you recommend?", "我喜欢绿茶，推荐一下？")
"""Read once, they have the patterns compiled by which messages are understood."""
AGAIN_SECONDS = 30.0
WAIT_SECONDS = 30.0
log = logging.getLogger("penchant.serving")


class WarmUp:
    """Loads the models of items, the embedder, and what messages are read and answered with. `state`: `LOADED`, `LOADING`, or what went
    wrong: it is tried again then, and requests load what they need themselves."""

    def __init__(self, agent: "InterestAgent") -> None:
        self.agent, self.state = agent, LOADED
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._load, name="penchant-warm-up", daemon=True)

    def start(self) -> None:
        """Begin, and return at once."""
        self.state = LOADING
        self._thread.start()

    def stop(self) -> None:
        """Wait for what is being loaded, and try nothing again."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(WAIT_SECONDS)

    def _load(self) -> None:
        while not self._stopping.is_set():
            try:
                warm(self.agent)
            except Exception as error:  # noqa: BLE001 - whatever goes wrong here, requests are answered as far as they can be
                self.state = (
                    f"not loaded ({type(error).__name__}: {error}): tried again every {AGAIN_SECONDS:.0f} seconds"
                )
                log.warning("models are %s", self.state)
                self._stopping.wait(AGAIN_SECONDS)
            else:
                self.state = LOADED
                return


def warm(agent: "InterestAgent") -> None:
    """Load what the first list and the first message would wait for. Raises `PenchantError`."""
    agent.warm()
    for message in MESSAGES:
        intent_of(message)
    for language in LANGUAGES:
        Translator(language, "chat")("recommended")
