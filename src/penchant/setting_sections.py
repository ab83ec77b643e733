"""The groups of settings. Each one is a table in `penchant.toml`; `settings.Settings` contains them all."""

from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, model_validator

SETTLING = ("purchase", "rating", "hide", "dislike", "return")
"""Event types after which an item is not recommended again, unless its domain has other rules."""
Positive = Annotated[float, Field(gt=0)]


def _without_space(key: Any) -> Any:
    """Return a key without the line break that files and copied texts end with."""
    return key.strip().strip("\ufeff") if isinstance(key, str) else key


ApiKey = Annotated[SecretStr, BeforeValidator(_without_space)]


class Section(BaseModel):
    """A nested group of settings. Unknown names are refused, so that a typo is not silently ignored."""

    model_config = ConfigDict(extra="forbid")


class LlmSettings(Section):
    """Which language model is used, and the limits of its calls."""

    provider: Literal["local", "openai", "none"] = Field(
        "local", description="In this process, on an OpenAI-compatible server, or none at all: rules do everything"
    )
    model: str | None = Field(None, description="Model name, or path of a GGUF file; none means the embedded default")
    base_url: str | None = Field(None, description="An OpenAI-compatible server")
    api_key: ApiKey | None = Field(None, description="Its key; never shown")
    timeout_seconds: Positive = Field(30.0, description="Longest wait for one reply")
    total_timeout_seconds: Positive = Field(120.0, description="Longest wait for a reply with all its retries")
    max_in_flight: int = Field(
        8, ge=1, le=256, description="Parallel calls of a hosted model when many users are updated"
    )
    context_tokens: int = Field(4096, ge=512, description="Context window of a local model, in tokens")
    threads: int | None = Field(None, ge=1, description="Threads of a local model; none means llama.cpp's own choice")
    isolation: Literal["process", "none"] | None = Field(
        None,
        description="Where a local model lives: in a worker `process` that may crash or hang without harm, or in this one "
        "(`none`); not set: in a process of its own under `mcp` and `serve`, else in this one",
    )
    tier: Literal["choose", "name"] | None = Field(
        None,
        description="What the model has to do: `choose` among labels or `name` freely; none means what is known to suit it",
    )
    price_per_million_input: float = Field(
        0.0, ge=0, description="Price of a million prompt tokens in your currency, for `penchant stats`"
    )
    price_per_million_output: float = Field(0.0, ge=0, description="Price of a million completion tokens")


class EmbeddingSettings(Section):
    """Which model turns text into vectors."""

    provider: Literal["minilm", "multilingual", "openai"] = Field(
        "minilm", description="English in process, many languages in process (extra `multilingual`), or a server"
    )
    model: str = Field("text-embedding-3-small", description="Model name for provider `openai`")
    base_url: str | None = Field(None, description="An OpenAI-compatible server, for provider `openai`")
    api_key: ApiKey | None = Field(None, description="Its key; never shown")
    batch_size: int = Field(
        256,
        ge=1,
        le=2048,
        description="Texts per request, for provider `openai`; a server's smaller limit is found automatically",
    )
    timeout_seconds: Positive = Field(60.0, description="Longest wait for one reply of an embedding server")


class TaxonomySettings(Section):
    """How the taxonomy of the catalogue is built."""

    max_tokens: int = Field(
        60_000, ge=0, description="Most tokens a language model may take to name the catalogue's themes in one reading"
    )


class ReadingSettings(Section):
    """The personal reading: a capable language model's summary of one user's profile."""

    max_tokens: int = Field(
        1_200,
        ge=0,
        description="Most tokens that reading one user's profile may take, prompt and reply together; 0: none is read",
    )


class StoreSettings(Section):
    """Where behaviour and profiles are stored."""

    url: str | None = Field(None, description="SQLAlchemy URL; none means SQLite in PENCHANT_HOME")
    pg_schema: str | None = Field(
        None,
        pattern=r"^[a-z_][a-z0-9_]{0,62}$",
        description="PostgreSQL schema that holds the tables; none means the server's choice",
    )
    key_file: Path | None = Field(
        None, description="Where `penchant keys rotate` keeps the keys; none means keys.json in PENCHANT_HOME"
    )


class ChromaSettings(Section):
    """Where items and their vectors are stored."""

    url: str | None = Field(
        None, description="http(s)://host:port of a Chroma server; none means embedded in PENCHANT_HOME"
    )
    tenant: str | None = Field(
        None, description="Chroma tenant on that server, made if it is missing; none means Chroma's default"
    )


class ConsentSettings(Section):
    """What applies to users who have neither granted nor revoked consent."""

    default: Literal["granted", "revoked"] = Field(
        "granted", description="`revoked`: nothing is done for a user before `penchant consent USER grant`"
    )


class AccessSettings(Section):
    """Who has access over the network."""

    tokens: dict[str, list[SecretStr]] = Field(
        default_factory=dict,
        description="Bearer tokens by the user they act for, `*` for all users; in plain text or as sha256:HEX",
    )


class DomainSettings(Section):
    """Rules for one domain of the catalogue that replace the general ones."""

    settles: list[str] | None = Field(None, description="Event types after which an item is not recommended again")
    repeat: bool | None = Field(None, description="Whether items that a user has had may be recommended again")


class JwtSettings(Section):
    """Tokens for end users, signed by an identity provider (OIDC): each is for the user that its claim names."""

    issuer: str | None = Field(None, description="The `iss` that a token must have; none means such tokens are refused")
    audience: str | None = Field(None, description="The `aud` that a token must have")
    user_claim: str = Field("sub", description="Which claim names the user")
    tenant_claim: str | None = Field(
        None, description="Which claim names the tenant; none means such tokens give access to no tenant"
    )
    jwks_url: str | None = Field(None, description="URL of the provider's keys")
    key: SecretStr | None = Field(None, description="A shared secret or public key, in place of `jwks_url`")
    algorithms: list[str] = Field(["RS256", "ES256"], description="Algorithms with which tokens may be signed")

    @model_validator(mode="after")
    def _has_keys(self) -> Self:
        if self.issuer and not (self.jwks_url or self.key):
            raise ValueError("issuer needs jwks_url or key, which its tokens are checked with")
        return self


class ServeSettings(Section):
    """The HTTP service."""

    hosts: list[str] = Field(
        default_factory=list,
        description="Host names under which the service answers, besides this machine; `*` for all",
    )
    origins: list[str] = Field(
        default_factory=list, description="Other web sites whose pages may call the service (CORS)"
    )
    max_body_bytes: int = Field(
        10_000_000, ge=1_000, description="Largest body of a request in bytes, after decompression"
    )
    max_requests: int = Field(64, ge=1, description="Requests processed at the same time; more are refused with 429")
    private_webhooks: bool = Field(False, description="Whether addresses of webhooks may be in private networks")
    open_tenants: int = Field(16, ge=1, description="Tenants that one process keeps open; others are opened on demand")


class RecommendSettings(Section):
    """Rules of a list. What is not set follows what `penchant tune` has found, or else the defaults."""

    calibration: float | None = Field(
        None, ge=0, description="How strongly the mix of a list follows the user's interests"
    )
    diversity: float | None = Field(None, ge=0, description="How strongly a list avoids items that are nearly the same")
    cap: float | None = Field(None, gt=0, le=1, description="Largest share of a list that one interest may take")
    freshness: float = Field(1.0, ge=0, description="Factor on the weight of new items")
    settles: list[str] = Field(
        default_factory=lambda: list(SETTLING),
        description="Event types after which an item is not recommended again; hidden, disliked and returned items never are",
    )
    repeat: bool = Field(False, description="Whether items that the user has had may be recommended again")
    domains: dict[str, DomainSettings] = Field(
        default_factory=lambda: {
            "news": DomainSettings(settles=[*SETTLING, "view", "click", "dwell", "like", "share"])
        },
        description="`settles` and `repeat` by domain; setting it replaces the default, by which viewed news is not recommended again",
    )
    shown_times: int | None = Field(
        None, ge=1, description="An item shown this often without another outcome is left out; none means never"
    )
    shown_days: Positive = Field(7.0, description="Days that `shown_times` looks back")
    llm_seconds: Positive = Field(
        60.0, description="Longest that the language model may take to re-rank a list, and again to explain it"
    )

    def rules(self) -> dict[str, float]:
        """The list rules that are set, by name."""
        known = {"calibration": self.calibration, "diversity": self.diversity, "cap": self.cap}
        return {name: value for name, value in known.items() if value is not None}
