"""The tables, in portable SQL: SQLite by default, PostgreSQL by URL.

Every column with a user's id is named `user_id`. Erasure and its second search rely on this name, so that they
cannot miss a table.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from penchant.store.column_types import Id, Instant, Json, SealedBytes, SealedJson, SealedText, Serial

REVISION = "0014"
"""The newest migration. A database at this revision needs no migration."""

metadata = MetaData()

events = Table(
    "events",
    metadata,
    Column("seq", Serial, primary_key=True, autoincrement=True),
    Column("user_id", Id, nullable=False),
    Column("event_id", Id, nullable=False),
    Column("at", Instant, nullable=False),
    Column("type", Id, nullable=False),
    Column("item_id", Id),
    Column("text", SealedText),
    Column("value", Float),
    Column("context", Json),
    Column("media", SealedJson),
    UniqueConstraint("user_id", "event_id", name="uq_events_user_event"),
    Index("ix_events_user_at", "user_id", "at", "event_id"),
    sqlite_autoincrement=True,
)

profile_versions = Table(
    "profile_versions",
    metadata,
    Column("user_id", Id, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("as_of", Instant, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("kind", Id, nullable=False),
    Column("state", SealedBytes, nullable=False),
    Column("receipt", Json, nullable=False),
    CheckConstraint("version >= 1", name="ck_profile_versions_from_one"),
)

profile_heads = Table(
    "profile_heads",
    metadata,
    Column("user_id", Id, primary_key=True),
    Column("version", Integer, nullable=False),
    ForeignKeyConstraint(
        ["user_id", "version"],
        ["profile_versions.user_id", "profile_versions.version"],
        name="fk_profile_heads_version",
    ),
)

readings = Table(
    "readings",
    metadata,
    Column("user_id", Id, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("as_of", Instant, nullable=False),
    Column("language", Id, nullable=False),
    Column("body", SealedJson, nullable=False),
)

edits = Table(
    "edits",
    metadata,
    Column("seq", Serial, primary_key=True, autoincrement=True),
    Column("user_id", Id, nullable=False),
    Column("edit_id", Id, nullable=False),
    Column("at", Instant, nullable=False),
    Column("action", Id, nullable=False),
    Column("node_id", Id),
    Column("path", SealedJson, nullable=False),
    Column("text", SealedText),
    Column("details", SealedJson, nullable=False),
    Column("undone_at", Instant),
    UniqueConstraint("user_id", "edit_id", name="uq_edits_user_edit"),
    sqlite_autoincrement=True,
)

statements = Table(
    "statements",
    metadata,
    Column("seq", Serial, primary_key=True, autoincrement=True),
    Column("user_id", Id, nullable=False),
    Column("statement_id", Id, nullable=False),
    Column("kind", Id, nullable=False),
    Column("subject", SealedText, nullable=False),
    Column("polarity", Id),
    Column("strict", Boolean, nullable=False),
    Column("scope", SealedText),
    Column("text", SealedText, nullable=False),
    Column("event_id", Id),
    Column("start", Integer),
    Column("stop", Integer),
    Column("place", Id),
    Column("source", Id, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("valid_from", Instant, nullable=False),
    Column("slot", SealedText),
    Column("replaces", SealedText),
    Column("retracts", Boolean, nullable=False),
    Column("ends", Id),
    UniqueConstraint("user_id", "statement_id", name="uq_statements_user_statement"),
    sqlite_autoincrement=True,
)

recommendations = Table(
    "recommendations",
    metadata,
    Column("recommendation_id", Id, primary_key=True),
    Column("user_id", Id, nullable=False),
    Column("given_at", Instant, nullable=False),
    Column("body", SealedJson, nullable=False),
    Index("ix_recommendations_user", "user_id", "given_at"),
)

feedback = Table(
    "feedback",
    metadata,
    Column("seq", Serial, primary_key=True, autoincrement=True),
    Column("user_id", Id, nullable=False),
    Column("item_id", Id, nullable=False),
    Column("recommendation_id", Id, ForeignKey("recommendations.recommendation_id", name="fk_feedback_recommendation")),
    Column("outcome", Id, nullable=False),
    Column("rating", Float),
    Column("at", Instant, nullable=False),
    Index("ix_feedback_user", "user_id"),
    Index("ix_feedback_recommendation", "recommendation_id"),
    sqlite_autoincrement=True,
)

llm_usage = Table(
    "llm_usage",
    metadata,
    Column("day", Id, primary_key=True),
    Column("step", Id, primary_key=True),
    Column(
        "user_id", Id, primary_key=True, comment="empty: spent for nobody in particular, or for someone erased since"
    ),
    Column("model", Id, primary_key=True),
    Column("calls", BigInteger, nullable=False),
    Column("repairs", BigInteger, nullable=False),
    Column("prompt_tokens", BigInteger, nullable=False),
    Column("completion_tokens", BigInteger, nullable=False),
    Index("ix_llm_usage_user", "user_id"),
)

documents = Table(
    "documents",
    metadata,
    Column("name", Id, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("body", Json, nullable=False),
    Column("saved_at", Instant, nullable=False),
)

revisions = Table(
    "revisions",
    metadata,
    Column("name", Id, primary_key=True),
    Column("number", BigInteger, nullable=False),
)

erasures = Table(
    "erasures",
    metadata,
    Column("number", Serial, primary_key=True, autoincrement=True),
    Column("subject", Id, comment="whose data are being erased; nothing once that is done"),
    Column("salt", Id, nullable=False),
    Column("digest", Id, nullable=False),
    Column("at", Instant, nullable=False),
    Column("overwritten", Boolean, nullable=False),
    sqlite_autoincrement=True,
)

consents = Table(
    "consents",
    metadata,
    Column("seq", Serial, primary_key=True, autoincrement=True),
    Column("user_id", Id, nullable=False),
    Column("purpose", Id, nullable=False),
    Column("granted", Boolean, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_consents_user", "user_id", "purpose"),
    sqlite_autoincrement=True,
)

taxonomies = Table(
    "taxonomies",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("made_at", Instant, nullable=False),
    Column("n_items", Integer, nullable=False),
    Column("n_themes", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

taxonomy_corrections = Table(
    "taxonomy_corrections",
    metadata,
    Column("seq", Serial, primary_key=True, autoincrement=True),
    Column("node_id", Id, nullable=False),
    Column("action", Id, nullable=False),
    Column("details", Json, nullable=False),
    Column("at", Instant, nullable=False),
    sqlite_autoincrement=True,
)

access_tokens = Table(
    "access_tokens",
    metadata,
    Column("token_id", Id, primary_key=True),
    Column(
        "digest",
        Id,
        nullable=False,
        unique=True,
    ),
    Column("scopes", Json, nullable=False),
    Column("user_id", Id),
    Column("tenant", Id),
    Column("note", Text),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant),
    Column("used_at", Instant),
    Column("revoked_at", Instant),
)

jobs = Table(
    "jobs",
    metadata,
    Column("job_id", Id, primary_key=True),
    Column("kind", Id, nullable=False),
    Column("user_id", Id),
    Column("arguments", Json, nullable=False),
    Column("status", Id, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("result", Json),
    Column("error", Text),
    Column("worker", Id),
    Column("created_at", Instant, nullable=False),
    Column("started_at", Instant),
    Column("beat_at", Instant),
    Column("finished_at", Instant),
    Column("traceparent", Text),
    Index("ix_jobs_status", "status", "created_at"),
)

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("caller", Id, primary_key=True),
    Column("key", Id, primary_key=True),
    Column("digest", Id, nullable=False),
    Column("user_id", Id),
    Column("status", Integer),
    Column("media_type", Id),
    Column("body", SealedBytes),
    Column("at", Instant, nullable=False),
    Column("headers", Json),
    Column("reasons_for", Text),  # marks of users, as `idempotency.mark_of` makes them
    Index("ix_idempotency_keys_reasons_for", "reasons_for"),
)

audit_log = Table(
    "audit_log",
    metadata,
    Column("seq", Serial, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("caller", Id, nullable=False),
    Column("action", Id, nullable=False),
    Column("user_id", Id),
    Column("status", Integer, nullable=False),
    Column("request_id", Id, nullable=False),
    Index("ix_audit_user", "user_id", "seq"),
    sqlite_autoincrement=True,
)

tenants = Table(
    "tenants",
    metadata,
    Column("name", Id, primary_key=True),
    Column("status", Id, nullable=False),
    Column("created_at", Instant, nullable=False),
)

webhooks = Table(
    "webhooks",
    metadata,
    Column("webhook_id", Id, primary_key=True),
    Column("url", Text, nullable=False),
    Column("events", Json, nullable=False),
    Column("secret", SealedText, nullable=False),
    Column("created_at", Instant, nullable=False),
)

webhook_deliveries = Table(
    "webhook_deliveries",
    metadata,
    Column("delivery_id", Id, primary_key=True),
    Column("webhook_id", Id, nullable=False),
    Column("event", Id, nullable=False),
    Column("user_id", Id),
    Column("data", SealedJson),
    Column("status", Id, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("answer", Integer),
    Column("error", Text),
    Column("created_at", Instant, nullable=False),
    Column("next_at", Instant, nullable=False),
    Column("finished_at", Instant),
    Index("ix_webhook_deliveries_due", "status", "next_at"),
    Index("ix_webhook_deliveries_of", "webhook_id", "created_at"),
)
