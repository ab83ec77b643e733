"""The reference of all settings and event types (`docs/settings.md`), generated from their declarations."""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

from penchant.settings import FILE_NAME, SWITCHES, Settings
from penchant.store.event import DEFAULT_WEIGHTS

HEAD = f"""# Settings

In the environment, in a file that you name (`penchant --config FILE`, or `PENCHANT_CONFIG`), or in `{FILE_NAME}` in `PENCHANT_HOME`. What
is given to the program itself wins, then the environment, then the file you named, then the one in `PENCHANT_HOME`, then `OPENAI_API_KEY`
and `OPENAI_BASE_URL`, then the default. A `{FILE_NAME}` in the working directory is not read, and a line says so: settings can name
templates to render and servers that keys are sent to, so a folder you happen to stand in must not decide them.
`penchant doctor` prints what is in force and where each value came from. A misspelt name is refused, not ignored; an
empty variable counts as not set, and `~` at the start of a path is your own folder.

```toml
# {FILE_NAME}
lang = "zh"

[llm]
provider = "openai"
base_url = "http://localhost:11434/v1"
model = "qwen2.5:7b"

[event_weights]
view = 0.1
wishlist = 0.9   # a type of your own
```

"""
SWITCH_HEAD = """## Switches

In the environment only, as `1`: they hold for a process.

| Variable | Meaning |
|---|---|
"""
TYPES = """## Event types

How much one event says that the user likes (above zero) or does not like (below zero) what it is about. `rating` counts by its distance
from the user's own mean, `dwell` by its duration. `[event_weights]` changes them and adds types; types that are not known are refused.

| Type | Weight |
|---|---|
"""


class KnownSetting(NamedTuple):
    """One setting: its dotted name and its declaration."""

    name: str
    field: FieldInfo

    @property
    def variable(self) -> str:
        """Return the name of its environment variable."""
        return "PENCHANT_" + self.name.replace(".", "__").upper()


def known_settings(model: type[BaseModel] = Settings, prefix: str = "") -> Iterator[KnownSetting]:
    """Yield every setting, those in sections included, in the order of declaration."""
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from known_settings(kind, f"{prefix}{name}.")
        else:
            yield KnownSetting(prefix + name, field)


def reference() -> str:
    """Return Markdown: one table per section, the switches, then the event types with their weights."""
    sections: dict[str, list[KnownSetting]] = {}
    for known in known_settings():
        sections.setdefault(known.name.rpartition(".")[0], []).append(known)
    tables = [_section(name, keys) for name, keys in sections.items()]
    switches = SWITCH_HEAD + "".join(f"| `{name}` | {meaning} |\n" for name, meaning in SWITCHES.items())
    weights = "".join(f"| `{_text_of_name(name)}` | {weight:+g} |\n" for name, weight in DEFAULT_WEIGHTS.items())
    return HEAD + "\n".join([*tables, switches, TYPES + weights])


def _section(name: str, keys: list[KnownSetting]) -> str:
    kind = Settings.model_fields[name].annotation if name else Settings
    about = ((kind.__doc__ if kind else None) or "").strip().splitlines()[0]
    rows = "".join(_row(known) for known in keys)
    title = f"`[{name}]`" if name else "At the top"
    return f"## {title}\n\n{about}\n\n| Setting | In the environment | Default | Meaning |\n|---|---|---|---|\n{rows}"


def _row(known: KnownSetting) -> str:
    meaning = (known.field.description or "").replace("|", "\\|")
    return f"| `{known.name.rpartition('.')[2]}` | `{known.variable}` | {_default(known.field)} | {meaning} |\n"


def _default(field: FieldInfo) -> str:
    value = field.default
    if field.default_factory is not None or value is None or isinstance(value, SecretStr):
        return "none"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _text_of_name(name: str) -> str:
    return name.value if isinstance(name, StrEnum) else name
