"""Imports files of events and items as streams.

Good rows are stored, bad ones go to quarantine with a reason, and receipts add up.
"""

from penchant.store.importing.events import import_events
from penchant.store.importing.items import import_items
from penchant.store.importing.options import ImportOptions
from penchant.store.importing.source import read_events, read_items
from penchant.store.importing.transcripts import Offers

__all__ = ["ImportOptions", "Offers", "import_events", "import_items", "read_events", "read_items"]
