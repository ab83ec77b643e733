"""Renders templates to prompts. Each has a `system` block (stable: instructions, shape of the reply, topics) and a `user` block
(variable).

Templates are package data under `templates/{en,zh}/`. A user's own folder with the same layout can replace single templates.
"""

from dataclasses import fields
from functools import lru_cache
from pathlib import Path

from jinja2 import (
    ChoiceLoader,
    FileSystemLoader,
    PackageLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateNotFound,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment

from penchant.characters import LANGUAGES
from penchant.errors import UsageError
from penchant.prompts.contexts import Context
from penchant.prompts.fence import fence_lines, printed
from penchant.prompts.prompt import Prompt


def render(
    name: str, language: str, context: Context, *, user_id: str | None = None, folder: Path | None = None
) -> Prompt:
    """Return the prompt `name` (a key of `contexts.CONTEXTS`) in `language`; unsupported languages get English instructions.

    `folder`: templates that replace built-in ones. Raises `UsageError` if one of those cannot be used.
    """
    template = _template(f"{language if language in LANGUAGES else 'en'}/{name}.j2", folder)
    values = {field.name: getattr(context, field.name) for field in fields(context)}
    try:
        system, user = (_block(template, block, values) for block in ("system", "user"))
    except (TemplateError, KeyError) as error:
        raise UsageError(
            f"template {template.name!r} cannot be used: {error}. Fix it, or remove it from {folder}."
        ) from error
    return Prompt(system=system, user=user, step=name, user_id=user_id)


def _block(template: Template, block: str, values: dict[str, object]) -> str:
    return "".join(template.blocks[block](template.new_context(values))).strip()


def _template(path: str, folder: Path | None) -> Template:
    try:
        return _environment(folder).get_template(path)
    except TemplateNotFound:
        raise UsageError(
            f"there is no template {path!r}: the names are those of penchant.prompts.contexts.CONTEXTS."
        ) from None
    except TemplateError as error:
        raise UsageError(f"template {path!r} cannot be read: {error}. Fix it, or remove it from {folder}.") from error


@lru_cache(maxsize=8)
def _environment(folder: Path | None) -> ImmutableSandboxedEnvironment:
    built_in = PackageLoader("penchant.prompts", "templates")
    loader = ChoiceLoader([FileSystemLoader(folder), built_in]) if folder else built_in
    # No autoescape: prompts are not HTML. `printed` fences whatever a template prints instead.
    # Sandboxed even for built-in templates: a template can print the values it is given and nothing else.
    environment = ImmutableSandboxedEnvironment(
        loader=loader,
        undefined=StrictUndefined,
        finalize=printed,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
    )
    environment.filters["lines"] = fence_lines
    return environment
