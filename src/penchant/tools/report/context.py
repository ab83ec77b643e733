"""What a report is made from: one typed value, documented in `docs/report.md`, printed as it is by `--format json`.

Every number a page shows comes from here, and everything here comes from the profile, the list and the ledger: nothing is measured anew.
"""

from datetime import datetime
from typing import Literal

from pydantic import Field

from penchant.settings import Language
from penchant.store.event import Moment
from penchant.store.profile import Frozen, Profile
from penchant.store.receipt import Degraded
from penchant.store.recommendation import Recommendation, Signal

OTHER = 10
"""The colour of what belongs to no single topic."""
COLOURS = 10
"""So many topics have a colour of their own; beyond, they come round again."""


class ReportSpan(Frozen):
    """A stretch of text; `href` (within the page) where it is a citation."""

    text: str
    href: str | None = None


class ReportBranch(Frozen):
    """Where a node of the profile stands on the page: its `topic`, the `colour` of that (0 to 9, then again), its `anchor`."""

    id: str
    topic: str
    colour: int
    anchor: str


class Series(Frozen):
    """One topic through time: `strengths` (0–1), one per moment."""

    id: str
    label: str
    colour: int
    strengths: tuple[float, ...]


class EventText(Frozen):
    """An event in words, and the `anchor` of its row in the evidence."""

    event_id: str
    text: str
    anchor: str


class Mover(Frozen):
    """An interest that rose or faded: its strength `before` and `after` (0–1), and the events that did it."""

    id: str
    path: tuple[str, ...]
    colour: int
    before: float
    after: float
    because: tuple[EventText, ...] = ()
    last_seen: datetime | None = None


class ReportChanges(Frozen):
    """How the profile moved between `since` and `until`; `series` follows the topics over `moments`, which begin with the behaviour."""

    since: Moment
    until: Moment
    moments: tuple[datetime, ...] = ()
    series: tuple[Series, ...] = ()
    risen: tuple[Mover, ...] = ()
    faded: tuple[Mover, ...] = ()


class Part(Frozen):
    """What one signal adds through one interest: the sum of those contributions. `evidence`: the ids behind it, most telling first."""

    signal: Signal
    interest_id: str | None
    label: str | None
    colour: int
    value: float
    evidence: tuple[str, ...] = ()


class Strand(Frozen):
    """A stretch of a score's bar: what one interest (or a signal of no interest) adds in all; `rest`: how many small ones are in it."""

    label: str
    interest_id: str | None
    colour: int
    value: float
    rest: int = 0


class Card(Frozen):
    """A recommended item. `strands` add up to `score`, and so do `parts`, which split them by signal.

    `reason` carries its citations as links; what it cites without naming is in `cites`; `without` is the counterfactual in words.
    """

    item_id: str
    title: str
    url: str | None
    rank: int
    score: float
    reason: tuple[ReportSpan, ...]
    cites: tuple[ReportSpan, ...]
    source: Literal["llm", "rule"]
    strands: tuple[Strand, ...]
    parts: tuple[Part, ...]
    without: ReportSpan | None = None
    without_rank: int | None = None


class Doubt(Frozen):
    """Something the profile does not know or is unsure of; `about` leads to what is meant."""

    kind: str
    text: str
    about: tuple[ReportSpan, ...] = ()


class EvidenceRow(Frozen):
    """An event as a row. `about`: title of the item, or the event's own words; `weight`: what its type says, signed."""

    event_id: str
    anchor: str
    at: datetime
    type: str
    deed: str
    about: str
    item_id: str | None
    value: float | None
    weight: float
    interests: tuple[str, ...] = ()
    ranks: tuple[int, ...] = ()


class ReportEvidence(Frozen):
    """The `rows` shown, newest first: all that the page cites, then the newest; `known`: how many events there are in all."""

    known: int
    rows: tuple[EvidenceRow, ...] = ()


class VersionRow(Frozen):
    """One version of the profile, and what making it cost."""

    version: int
    as_of: datetime
    kind: str
    events: int
    calls: int
    tokens: int
    status: str


class ReportClock(Frozen):
    """A half-life in days (None: never forgets) and how much it is trusted for this user (0–1)."""

    half_life_days: float | None
    trust: float


class Provenance(Frozen):
    """What made this: software, models, cost, what the user allows (`consent`, by purpose), and what could not be done as configured."""

    penchant: str
    model: str
    embedder: str
    reranking: str
    calls: int
    prompt_tokens: int
    completion_tokens: int
    labels: dict[str, int] = Field(default_factory=dict)
    consent: dict[str, bool] = Field(default_factory=dict)
    clocks: tuple[ReportClock, ...] = ()
    degraded: tuple[Degraded, ...] = ()
    versions: tuple[VersionRow, ...] = ()


class Remedy(Frozen):
    """One thing the user can do about it, as a command."""

    what: str
    command: str


class Report(Frozen):
    """Everything a page shows. `profile` and `recommendation` are, to the byte, what `profile show --json` and `recommend --json` print."""

    user_id: str = Field(description="whose profile this is")
    language: Language = Field(description="the language of the page")
    zone: str = Field("UTC", description="the time zone of the dates on the page")
    made_at: datetime = Field(description="when the report was made")
    profile: Profile = Field(description="the tree, as `profile show --json` prints it")
    recommendation: Recommendation = Field(description="the list, as `recommend --json` prints it")
    portrait: tuple[str, ...] = Field(description="two sentences, by rule")
    branches: dict[str, ReportBranch] = Field(description="topic, colour and anchor of every interest, by id")
    changes: ReportChanges = Field(description="strength over time, what rose and faded, and the events that did it")
    cards: tuple[Card, ...] = Field(description="the recommendations with linked reasons and summed contributions")
    doubts: tuple[Doubt, ...] = Field(description="what the profile does not know or is unsure of")
    evidence: ReportEvidence = Field(description="the events behind it all")
    provenance: Provenance = Field(description="models, versions, tokens, degraded steps")
    remedies: tuple[Remedy, ...] = Field(description="how to correct or delete the profile")
