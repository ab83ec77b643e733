"""The content of a report: one typed value, documented in `docs/report.md` and printed by `--format json`.

Every number on a page comes from here, and everything here comes from the profile, the list and the ledger: nothing
is measured again.
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
"""The colour of everything that belongs to no single topic."""
COLOURS = 10
"""How many topics have different colours; after these the colours repeat."""


class ReportSpan(Frozen):
    """A piece of text; `href` (within the page) where it is a citation."""

    text: str
    href: str | None = None


class ReportBranch(Frozen):
    """The place of a node on the page: its `topic`, the topic's `colour` (0 to 9, repeating), its `anchor`."""

    id: str
    topic: str
    colour: int
    anchor: str


class Series(Frozen):
    """One topic over time: `strengths` (0–1), one per moment."""

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
    """An interest that rose or faded: its strength `before` and `after` (0–1), and the events that caused it."""

    id: str
    path: tuple[str, ...]
    colour: int
    before: float
    after: float
    because: tuple[EventText, ...] = ()
    last_seen: datetime | None = None


class ReportChanges(Frozen):
    """How the profile changed between `since` and `until`; `series` has the topics over `moments`, which begin with the
    first event.
    """

    since: Moment
    until: Moment
    moments: tuple[datetime, ...] = ()
    series: tuple[Series, ...] = ()
    risen: tuple[Mover, ...] = ()
    faded: tuple[Mover, ...] = ()


class Part(Frozen):
    """The sum of the contributions of one signal through one interest. `evidence`: the ids of the events behind it,
    those of the largest contribution first.
    """

    signal: Signal
    interest_id: str | None
    label: str | None
    colour: int
    value: float
    evidence: tuple[str, ...] = ()


class Strand(Frozen):
    """A section of a score's bar: the sum of one interest (or of a signal without an interest); `rest`: how many small
    ones it sums up.
    """

    label: str
    interest_id: str | None
    colour: int
    value: float
    rest: int = 0


class Card(Frozen):
    """A recommended item. `strands` add up to `score`, and so do `parts`, which split them by signal.

    `reason` contains its citations as links; `cites` has those that it does not name; `without` is the counterfactual
    in words.
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
    """Something the profile does not know or is unsure of; `about` links to the interests concerned."""

    kind: str
    text: str
    about: tuple[ReportSpan, ...] = ()


class EvidenceRow(Frozen):
    """An event as a row. `about`: title of the item, or the event's own words; `weight`: the signed weight of its type."""

    event_id: str
    anchor: str
    at: datetime
    type: str
    action: str
    about: str
    item_id: str | None
    value: float | None
    weight: float
    interests: tuple[str, ...] = ()
    ranks: tuple[int, ...] = ()


class ReportEvidence(Frozen):
    """The `rows` shown, newest first: all cited events, then the newest; `known`: how many events there are in all."""

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
    """A half-life in days (None: never fades) and how much it is trusted for this user (0–1)."""

    half_life_days: float | None
    trust: float


class Provenance(Frozen):
    """How the report was made: software, models, cost, what the user allows (`consent`, by purpose), and what could not
    be done as configured.
    """

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
    """One way for the user to correct or delete the profile, as a command."""

    what: str
    command: str


class Report(Frozen):
    """The content of a page. `profile` and `recommendation` are exactly what `profile show --json` and `recommend
    --json` print.
    """

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
