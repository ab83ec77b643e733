"""The settings of an installation: values, where each value came from, and where state is stored.

Precedence, highest first: arguments, environment (`PENCHANT_…`, `__` for nesting), the file that `PENCHANT_CONFIG` or
`--config` names, `penchant.toml` in `PENCHANT_HOME`, `OPENAI_API_KEY`/`OPENAI_BASE_URL`, defaults. A `penchant.toml`
in the working directory is not read: whoever put it there could have templates rendered and keys sent to a server of
theirs.
"""

import difflib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import unquote

import platformdirs
from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from penchant.characters import Language
from penchant.errors import UsageError
from penchant.secrets import register_secrets
from penchant.setting_sections import (
    AccessSettings,
    ChromaSettings,
    ConsentSettings,
    DomainSettings,
    EmbeddingSettings,
    JwtSettings,
    LlmSettings,
    ReadingSettings,
    RecommendSettings,
    Section,
    ServeSettings,
    StoreSettings,
    TaxonomySettings,
)

__all__ = [
    "CONFIG",
    "DEBUG",
    "FILE_NAME",
    "NO_PAID_CALLS",
    "SWITCHES",
    "TENANT",
    "AccessSettings",
    "ChromaSettings",
    "ConsentSettings",
    "DomainSettings",
    "EmbeddingSettings",
    "JwtSettings",
    "Language",
    "LlmSettings",
    "ReadingSettings",
    "RecommendSettings",
    "Section",
    "ServeSettings",
    "Settings",
    "StoreSettings",
    "TaxonomySettings",
    "ignored_file",
    "origins",
]

FILE_NAME = "penchant.toml"
PREFIX = "PENCHANT_"
NO_PAID_CALLS, DEBUG, CONFIG = PREFIX + "FORBID_PAID_CALLS", PREFIX + "DEBUG", PREFIX + "CONFIG"
TENANT = PREFIX + "TENANT"
SWITCHES = {
    NO_PAID_CALLS: "Calls of hosted language models and embedders are refused; servers on this machine are allowed. For tests.",
    DEBUG: "Unexpected errors show their traceback",
    CONFIG: "A settings file that overrides the one in PENCHANT_HOME; also `penchant --config FILE`",
    TENANT: "The tenant that commands work on; also `penchant --tenant T`",
}
"""Variables that apply to a process rather than to an installation: they have no place in a settings file."""
_URL_PASSWORD = re.compile(r"://[^\s/:@]*:(.+)@")


def _without_tilde(path: Path) -> Path:
    """Return the path with the user's home in place of `~`, which nothing but a shell replaces."""
    return Path(os.path.expanduser(path))  # noqa: PTH111 - leaves `~nobody` as it is, where `Path.expanduser` raises


OwnPath = Annotated[Path, AfterValidator(_without_tilde)]


class Settings(BaseSettings):
    """All settings in force for one installation."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", env_ignore_empty=True, extra="forbid"
    )

    home: OwnPath = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("penchant", appauthor=False)),
        description="Where all state lives; none means the platform's folder for user data",
    )
    lang: Language = Field("en", description="Language of labels, reasons, reports and prompts: English or Chinese")
    zone: str = Field(
        "UTC",
        description="Time zone of the dates in reasons, contexts and reports (Europe/Berlin, +08:00); a user's own `zone` takes precedence",
    )
    vocabulary: OwnPath | None = Field(None, description="A vocabulary file that replaces the built-in one")
    prompts: OwnPath | None = Field(None, description="A folder of templates that replace built-in ones")
    event_weights: dict[str, float] = Field(
        default_factory=dict, description="Weights per event type; a type that is listed here is allowed as well"
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
        """Register the secrets in these settings, so that they are masked in every message from now on."""
        register_secrets(_secrets(self.model_dump()))
        return self

    @property
    def database_path(self) -> Path:
        """The SQLite file that is used if no URL is set."""
        return self.home / "penchant.db"

    def for_server(self) -> "Settings":
        """Return these settings for a server.

        A local model runs in a worker process, unless set otherwise, so that its crash does not end the server.
        """
        llm = self.llm.model_copy(update={"isolation": self.llm.isolation or "process"})
        return self.model_copy(update={"llm": llm})

    @property
    def chroma_path(self) -> Path:
        """The folder of the embedded Chroma index."""
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
        """Read all sources. Raises `UsageError` that names the setting for an invalid value or an unknown name."""
        _refuse_misspelt_variables()
        try:
            return cls(**arguments)
        except ValidationError as error:
            raise UsageError(_explain(error)) from None
        except (ValueError, OSError) as error:  # invalid TOML, or no permission to read the file
            raise UsageError(f"{FILE_NAME} cannot be read: {error}") from None


def _secrets(value: Any) -> Iterator[str]:
    """Yield the secrets among the values: keys, tokens, and passwords of URLs (as written and percent-decoded)."""
    if isinstance(value, SecretStr):
        yield value.get_secret_value()
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _secrets(inner)
    elif isinstance(value, str) and (found := _URL_PASSWORD.search(value)):
        yield from {found[1], unquote(found[1])}


class _OpenAiEnvironment(PydanticBaseSettingsSource):
    """The source for `OPENAI_API_KEY` and `OPENAI_BASE_URL`; every other setting overrides it."""

    def get_field_value(self, field: Any, field_name: str) -> tuple[Any, str, bool]:
        return None, field_name, False

    def __call__(self) -> dict[str, Any]:
        known = {"api_key": os.environ.get("OPENAI_API_KEY"), "base_url": os.environ.get("OPENAI_BASE_URL")}
        given = {name: value for name, value in known.items() if value}
        return {"llm": dict(given), "embedding": dict(given)} if given else {}


def _toml_sources(settings_cls: type[BaseSettings]) -> list[PydanticBaseSettingsSource]:
    return [TomlConfigSettingsSource(settings_cls, path) for path in _files()]


def _files() -> list[Path]:
    """Return the trusted settings files, highest precedence first. Raises `UsageError`."""
    named, here, home = os.environ.get(CONFIG), Path(FILE_NAME), _home()
    if named and not Path(named).is_file():
        raise UsageError(f"there is no settings file {named}: check --config, or {CONFIG}")
    first = Path(named) if named else here if _lies_under(here, home) else None
    return list(dict.fromkeys(path for path in (first, home / FILE_NAME) if path is not None))


def ignored_file() -> Path | None:
    """Return the `penchant.toml` of the working directory if there is one that is not read; None otherwise."""
    here = Path(FILE_NAME)
    if not here.is_file() or any(path.exists() and path.samefile(here) for path in _files()):
        return None
    return here.resolve()


def _home() -> Path:
    named = os.environ.get("PENCHANT_HOME")
    return _without_tilde(Path(named)) if named else Path(platformdirs.user_data_dir("penchant", appauthor=False))


def _lies_under(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())


def _refuse_misspelt_variables() -> None:
    """Raise `UsageError` for a `PENCHANT_…` variable whose first part resembles a setting but is none.

    Unknown names inside a section are refused by the section itself; unknown names at the top level are checked only
    here.
    """
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
    what = first["msg"].removeprefix("Value error, ")
    return f"setting {name!r} is not usable: {what}. Mend it in {FILE_NAME} or through {variable}."


def origins(settings: Settings) -> dict[str, str]:
    """Return the origin of each value in force, by dotted name.

    An origin is `environment`, the path of a file, `OPENAI_… environment` or `default`.
    """
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
