"""What can be configured, where each value came from, and where state lives.

Precedence, highest first: arguments, environment (`PENCHANT_…`, `__` for nesting), the file that `PENCHANT_CONFIG` or `--config` names,
`penchant.toml` in `PENCHANT_HOME`, `OPENAI_API_KEY`/`OPENAI_BASE_URL`, defaults. A `penchant.toml` in the working directory is not read:
whoever has put it there could have templates rendered and keys sent to a server of theirs.
"""

import difflib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import unquote

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from penchant.errors import UsageError
from penchant.secrets import remember

FILE_NAME = "penchant.toml"
PREFIX = "PENCHANT_"
NO_PAID_CALLS, DEBUG, CONFIG = PREFIX + "FORBID_PAID_CALLS", PREFIX + "DEBUG", PREFIX + "CONFIG"
TENANT = PREFIX + "TENANT"
SWITCHES = {
    NO_PAID_CALLS: "Hosted language models and embedders refuse instead of being called; servers on this machine may be. For tests.",
    DEBUG: "Unexpected errors show their traceback",
    CONFIG: "A settings file to be read besides the one in PENCHANT_HOME, and above it; also `penchant --config FILE`",
    TENANT: "The tenant that commands are about; also `penchant --tenant T`",
}
"""Variables that hold for a process rather than an installation: they stand in no file."""
_URL_PASSWORD = re.compile(r"://[^\s/:@]*:(.+)@")
SETTLING = ("purchase", "rating", "hide", "dislike", "return")
"""Event types after which an item is not recommended again, unless a domain says otherwise."""
Language = Literal["en", "zh"]
Positive = Annotated[float, Field(gt=0)]


class Section(BaseModel):
    """A nested group of settings; unknown names are refused so that a typo is not silently ignored."""

    model_config = ConfigDict(extra="forbid")


class LlmSettings(Section):
    """Which language model reads and names, and how patiently it is called."""

    provider: Literal["local", "openai", "none"] = Field(
        "local", description="In this process, on an OpenAI-compatible server, or none at all: rules do everything"
    )
    model: str | None = Field(None, description="Model name, or path of a GGUF file; none means the embedded default")
    base_url: str | None = Field(None, description="An OpenAI-compatible server")
    api_key: SecretStr | None = Field(None, description="Its key; never shown")
    timeout_seconds: Positive = Field(30.0, description="Longest wait for one reply")
    total_timeout_seconds: Positive = Field(120.0, description="Longest wait for a reply with all its retries")
    max_in_flight: int = Field(8, ge=1, le=256, description="Hosted calls at once when many users are updated")
    context_tokens: int = Field(4096, ge=512, description="Context window asked for from a local model")
    threads: int | None = Field(None, ge=1, description="For a local model; none means as many as llama.cpp chooses")
    isolation: Literal["process", "none"] | None = Field(
        None,
        description="Where a local model lives: in a worker `process` that may crash or hang without harm, or in this one "
        "(`none`); not set: in a process of its own under `mcp` and `serve`, else in this one",
    )
    tier: Literal["choose", "name"] | None = Field(
        None,
        description="What the model is asked for: `choose` among labels, `name` freely; none means by what is known of it",
    )
    price_per_million_input: float = Field(
        0.0, ge=0, description="Of tokens read, in your currency: for `penchant stats`"
    )
    price_per_million_output: float = Field(0.0, ge=0, description="Of tokens written")


class EmbeddingSettings(Section):
    """Which model turns text into vectors."""

    provider: Literal["minilm", "multilingual", "openai"] = Field(
        "minilm", description="English in process, many languages in process (extra `multilingual`), or a server"
    )
    model: str = Field("text-embedding-3-small", description="Model name for provider `openai`")
    base_url: str | None = Field(None, description="An OpenAI-compatible server, for provider `openai`")
    api_key: SecretStr | None = Field(None, description="Its key; never shown")
    batch_size: int = Field(
        256, ge=1, le=2048, description="Texts of one request, for provider `openai`; fewer are found by themselves"
    )
    timeout_seconds: Positive = Field(60.0, description="Longest wait for one reply of an embedding server")


class TaxonomySettings(Section):
    """How the catalogue is read."""

    max_tokens: int = Field(
        60_000, ge=0, description="Most tokens a language model may take to name the catalogue's themes in one reading"
    )


class ReadingSettings(Section):
    """The personal reading: what a capable language model makes of one user's profile."""

    max_tokens: int = Field(
        1_200,
        ge=0,
        description="Most tokens that reading one user's profile may take, prompt and reply together; 0: none is read",
    )


class StoreSettings(Section):
    """Where behaviour and profiles are kept."""

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
    """Where items and their vectors are kept."""

    url: str | None = Field(
        None, description="http(s)://host:port of a Chroma server; none means embedded in PENCHANT_HOME"
    )
    tenant: str | None = Field(
        None, description="Chroma tenant on that server, made if it is missing; none means Chroma's default"
    )


class ConsentSettings(Section):
    """What holds for users who have not said what they allow."""

    default: Literal["granted", "revoked"] = Field(
        "granted", description="`revoked`: nothing is done for a user before `penchant consent USER grant`"
    )


class AccessSettings(Section):
    """Who may come in over the network."""

    tokens: dict[str, list[SecretStr]] = Field(
        default_factory=dict,
        description="Bearer tokens by the user they act for, `*` for all; each as it is, or as sha256:HEX",
    )


class DomainSettings(Section):
    """What holds for one domain of the catalogue instead of what holds for all."""

    settles: list[str] | None = Field(None, description="Event types after which an item is not recommended again")
    repeat: bool | None = Field(None, description="Whether what a user has had may be recommended again")


class JwtSettings(Section):
    """Tokens signed by an identity provider (OIDC), for end users: each reaches the one user that its claim names."""

    issuer: str | None = Field(
        None, description="The `iss` that must stand in a token; none means such tokens are not taken"
    )
    audience: str | None = Field(None, description="The `aud` that must stand in it")
    user_claim: str = Field("sub", description="Which claim names the user")
    tenant_claim: str | None = Field(
        None, description="Which claim names the tenant; none means such tokens reach no tenant"
    )
    jwks_url: str | None = Field(None, description="Where the provider's keys are")
    key: SecretStr | None = Field(None, description="A shared secret or public key, in place of `jwks_url`")
    algorithms: list[str] = Field(["RS256", "ES256"], description="What tokens may be signed with")


class ServeSettings(Section):
    """The service over HTTP."""

    hosts: list[str] = Field(
        default_factory=list, description="Names under which it answers, besides this machine; `*` for all"
    )
    origins: list[str] = Field(
        default_factory=list, description="Web pages elsewhere that may call it from a browser (CORS)"
    )
    max_body_bytes: int = Field(10_000_000, ge=1_000, description="Largest body of a request, unpacked")
    max_requests: int = Field(64, ge=1, description="Requests answered at once; more are sent away with 429")
    private_webhooks: bool = Field(False, description="Whether webhooks may lead into private networks")
    open_tenants: int = Field(
        16, ge=1, description="Tenants that one process keeps open; others are opened when they are asked for"
    )


class RecommendSettings(Section):
    """Rules of a list. What is not set follows what `penchant tune` has found, or else the defaults."""

    calibration: float | None = Field(None, ge=0, description="How strongly the list's mix follows the tree")
    diversity: float | None = Field(None, ge=0, description="How strongly near-twins avoid one another in a list")
    cap: float | None = Field(None, gt=0, le=1, description="Largest share of a list that one interest may take")
    freshness: float = Field(1.0, ge=0, description="Factor on the weight of new items")
    settles: list[str] = Field(
        default_factory=lambda: list(SETTLING),
        description="Event types after which an item is not recommended again; what is hidden, disliked or given back never is",
    )
    repeat: bool = Field(False, description="Whether what the user has had may be recommended again")
    domains: dict[str, DomainSettings] = Field(
        default_factory=lambda: {
            "news": DomainSettings(settles=[*SETTLING, "view", "click", "dwell", "like", "share"])
        },
        description="`settles` and `repeat` by domain; given ones replace the default, under which news that was looked at is read",
    )
    shown_times: int | None = Field(
        None, ge=1, description="What was reported shown so often without an outcome is left out; none means never"
    )
    shown_days: Positive = Field(7.0, description="Days that `shown_times` looks back")
    llm_seconds: Positive = Field(
        60.0, description="Longest that the language model may take to re-rank a list, and again to explain it"
    )

    def rules(self) -> dict[str, float]:
        """The list rules that are set."""
        known = {"calibration": self.calibration, "diversity": self.diversity, "cap": self.cap}
        return {name: value for name, value in known.items() if value is not None}


class Settings(BaseSettings):
    """Everything in force for one installation."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid")

    home: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("penchant", appauthor=False)),
        description="Where all state lives; none means the platform's folder for user data",
    )
    lang: Language = Field("en", description="Of labels, reasons, reports and prompts: English or Chinese")
    zone: str = Field(
        "UTC",
        description="Time zone of the dates in reasons, contexts and reports (Europe/Berlin, +08:00); a user's own `zone` goes before it",
    )
    vocabulary: Path | None = Field(None, description="A vocabulary file that replaces the built-in one")
    prompts: Path | None = Field(None, description="A folder of templates that replace built-in ones")
    event_weights: dict[str, float] = Field(
        default_factory=dict, description="Weights per event type; also how further event types are allowed"
    )
    tracing: bool = Field(
        False, description="Send OpenTelemetry traces where the `OTEL_…` environment says (extra `otel`)"
    )
    llm: LlmSettings = LlmSettings()
    embedding: EmbeddingSettings = EmbeddingSettings()
    taxonomy: TaxonomySettings = TaxonomySettings()
    reading: ReadingSettings = ReadingSettings()
    store: StoreSettings = StoreSettings()
    chroma: ChromaSettings = ChromaSettings()
    recommend: RecommendSettings = RecommendSettings()
    access: AccessSettings = AccessSettings()
    serve: ServeSettings = ServeSettings()
    jwt: JwtSettings = JwtSettings()
    consent: ConsentSettings = ConsentSettings()

    @model_validator(mode="after")
    def _mask_secrets(self) -> Self:
        """From here on the secrets in force are taken out of every message."""
        remember(_secrets(self.model_dump()))
        return self

    @property
    def database_path(self) -> Path:
        """The SQLite file that serves where no URL is set."""
        return self.home / "penchant.db"

    def for_server(self) -> "Settings":
        """The same for a server, which has to outlive whatever a local model does: in a worker process, unless set otherwise."""
        llm = self.llm.model_copy(update={"isolation": self.llm.isolation or "process"})
        return self.model_copy(update={"llm": llm})

    @property
    def chroma_path(self) -> Path:
        """Folder of the embedded Chroma index."""
        return self.home / "chroma"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings, env_settings, *_toml_sources(settings_cls), _OpenAiEnvironment(settings_cls))

    @classmethod
    def load(cls, **arguments: Any) -> "Settings":
        """Read every source; a value that does not fit, or a name that is none, raises `UsageError` naming the setting."""
        _refuse_misspelt_variables()
        try:
            return cls(**arguments)
        except ValidationError as error:
            raise UsageError(_explain(error)) from None
        except (ValueError, OSError) as error:  # broken TOML, no right to read it
            raise UsageError(f"{FILE_NAME} cannot be read: {error}") from None


def _secrets(value: Any) -> Iterator[str]:
    """Keys, tokens and the passwords of URLs among the values, as they are and decoded."""
    if isinstance(value, SecretStr):
        yield value.get_secret_value()
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _secrets(inner)
    elif isinstance(value, str) and (found := _URL_PASSWORD.search(value)):
        yield from {found[1], unquote(found[1])}


class _OpenAiEnvironment(PydanticBaseSettingsSource):
    """`OPENAI_API_KEY` and `OPENAI_BASE_URL`, under everything set on purpose."""

    def get_field_value(self, field: Any, field_name: str) -> tuple[Any, str, bool]:
        return None, field_name, False

    def __call__(self) -> dict[str, Any]:
        known = {"api_key": os.environ.get("OPENAI_API_KEY"), "base_url": os.environ.get("OPENAI_BASE_URL")}
        given = {name: value for name, value in known.items() if value}
        return {"llm": dict(given), "embedding": dict(given)} if given else {}


def _toml_sources(settings_cls: type[BaseSettings]) -> list[PydanticBaseSettingsSource]:
    return [TomlConfigSettingsSource(settings_cls, path) for path in _files()]


def _files() -> list[Path]:
    """The settings files that are trusted, the first above the second. Raises `UsageError`."""
    named, here, home = os.environ.get(CONFIG), Path(FILE_NAME), _home()
    if named and not Path(named).is_file():
        raise UsageError(f"there is no settings file {named}: check --config, or {CONFIG}")
    first = Path(named) if named else here if _lies_under(here, home) else None
    return list(dict.fromkeys(path for path in (first, home / FILE_NAME) if path is not None))


def ignored_file() -> Path | None:
    """The `penchant.toml` of the working directory, where there is one that is not read because nobody has asked for it."""
    here = Path(FILE_NAME)
    if not here.is_file() or any(path.exists() and path.samefile(here) for path in _files()):
        return None
    return here.resolve()


def _home() -> Path:
    return Path(os.environ.get("PENCHANT_HOME") or platformdirs.user_data_dir("penchant", appauthor=False))


def _lies_under(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())


def _refuse_misspelt_variables() -> None:
    """Names within a section are refused with the section; at the top nobody else looks at what is no setting."""
    known = {name.upper(): isinstance(field.default, Section) for name, field in Settings.model_fields.items()}
    for variable in os.environ:
        name = variable.upper()
        if not name.startswith(PREFIX) or name.startswith(PREFIX + "TEST_") or name in SWITCHES:
            continue
        top = name.removeprefix(PREFIX).partition("__")[0]
        if top not in known:
            close = [known_name for known_name in known if top.startswith(known_name)] or difflib.get_close_matches(
                top, known, 1
            )
            if close:
                hint = f"{PREFIX}{close[0]}{'__…' if known[close[0]] else ''}"
                raise UsageError(f"the environment variable {variable} is no setting: use {hint}, or unset it")


def _explain(error: ValidationError) -> str:
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"])
    variable = PREFIX + "__".join(str(part).upper() for part in first["loc"])
    return f"setting {name!r} is not usable: {first['msg']}. Mend it in {FILE_NAME} or through {variable}."


def origins(settings: Settings) -> dict[str, str]:
    """Where each value in force came from: `environment`, a file, `OPENAI_…` or `default`, by dotted name."""
    named: list[tuple[str, PydanticBaseSettingsSource]] = [("environment", EnvSettingsSource(Settings))]
    named += [
        (str(source.toml_file_path), source) for source in _toml_sources(Settings) if hasattr(source, "toml_file_path")
    ]
    named.append(("OPENAI_… environment", _OpenAiEnvironment(Settings)))
    found = dict.fromkeys(_flatten(settings.model_dump()), "default")
    for origin, source in reversed(named):
        found.update(dict.fromkeys(_flatten(source()), origin))
    return found


def _flatten(tree: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in tree.items():
        if isinstance(value, dict) and value:
            flat |= _flatten(value, f"{prefix}{key}.")
        else:
            flat[f"{prefix}{key}"] = value
    return flat
