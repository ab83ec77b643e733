"""In which words reasons are written for a reader."""

from datetime import tzinfo
from typing import NamedTuple


class Wording(NamedTuple):
    """The language (`en`, `zh`) of reasons, and the time zone of the dates in them."""

    language: str
    zone: tzinfo
