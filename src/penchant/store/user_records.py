"""What is stored about users, as one part that the services for profiles and erasure share."""

from dataclasses import dataclass

from penchant.store.database import Database
from penchant.store.documents import Documents
from penchant.store.edits import Edits
from penchant.store.erasures import Erasures
from penchant.store.ledger import Ledger
from penchant.store.profiles import Profiles
from penchant.store.readings import Readings
from penchant.store.statements import Statements


@dataclass(frozen=True)
class UserRecords:
    """The records of users, all in one database.

    `documents`: what was learnt from all users together. `erasures`: who is being erased.
    """

    database: Database
    ledger: Ledger
    profiles: Profiles
    edits: Edits
    statements: Statements
    readings: Readings
    documents: Documents
    erasures: Erasures
