"""How a report was made, what it cost, and how the user can correct it."""

import shlex
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import penchant
from penchant.prompts.remarks import degraded_in, remark_in, step_in_words
from penchant.settings import Settings
from penchant.store.profile import Profile
from penchant.store.receipt import Degraded
from penchant.store.recommendation import Recommendation, RerankUse
from penchant.tools.report.context import Provenance, Remedy, ReportClock, VersionRow
from penchant.tools.report.phrases import Phrases

if TYPE_CHECKING:
    from penchant.store.profiles import ProfileVersion

SHOWN_VERSIONS = 12


def provenance(
    settings: Settings,
    profile: Profile,
    recommendation: Recommendation,
    history: Sequence["ProfileVersion"],
    *,
    embedder: str,
    consent: Mapping[str, bool],
    say: Phrases,
) -> Provenance:
    """Return the models, costs, consents and degraded steps, from the receipts of all versions and of the list."""
    rows = [_version(version) for version in history]
    spent = [version.receipt.get("llm") or {} for version in history]
    used = recommendation.llm
    leaves = [node for node in profile.walk() if not node.children]
    return Provenance(
        penchant=penchant.__version__,
        model=_model(settings, say),
        embedder=embedder,
        reranking=_reranking(used, say),
        calls=sum(int(use.get("calls", 0)) for use in spent) + used.calls,
        prompt_tokens=sum(int(use.get("prompt_tokens", 0)) for use in spent) + used.prompt_tokens,
        completion_tokens=sum(int(use.get("completion_tokens", 0)) for use in spent) + used.completion_tokens,
        labels={source: sum(node.label_source == source for node in leaves) for source in ("llm", "rule", "user")},
        consent=dict(consent),
        clocks=_clocks(profile),
        degraded=tuple(
            note.model_copy(update={"step": step_in_words(note.step, say.language)})
            for note in degraded_in(say.language, _degraded(recommendation, history))
        ),
        versions=tuple(reversed(rows[-SHOWN_VERSIONS:])),
    )


def remedies(profile: Profile, say: Phrases) -> tuple[Remedy, ...]:
    """Return commands that correct or delete the profile, with the user's first interest as the example."""
    user = shlex.quote(profile.user_id)
    node = next((node.id for node in profile.walk() if not node.children), None)
    edit = f"penchant profile edit {user}"
    on_node = [
        ("fix_rename", f'{edit} rename {node} "{say("name_example")}"'),
        ("fix_mute", f"{edit} mute {node}"),
        ("fix_pin", f"{edit} pin {node}"),
        ("fix_remove", f"{edit} remove {node}"),
    ]
    always = [
        ("fix_state", f"{edit} state {say('state_example')} like"),
        ("fix_undo", f"penchant profile undo {user}"),
        ("fix_export", f"penchant profile export {user}"),
        ("fix_revoke", f"penchant consent {user} revoke"),
        ("fix_erase", f"penchant erase {user} --yes"),
    ]
    return tuple(Remedy(what=say(what), command=command) for what, command in (on_node if node else []) + always)


def _version(version: "ProfileVersion") -> VersionRow:
    receipt = version.receipt
    used = receipt.get("llm") or {}
    return VersionRow(
        version=version.version,
        as_of=version.as_of,
        kind=version.kind,
        events=int(receipt.get("events_new", 0)),
        calls=int(used.get("calls", 0)),
        tokens=int(used.get("prompt_tokens", 0)) + int(used.get("completion_tokens", 0)),
        status=str(receipt.get("status", "ok")),
    )


def _degraded(recommendation: Recommendation, history: Sequence["ProfileVersion"]) -> list[Degraded]:
    """Return the distinct degraded steps of the newest version and of this list."""
    of_update = (
        [Degraded.model_validate(note) for note in (history[-1].receipt.get("degraded") or [])] if history else []
    )
    every = [*of_update, *recommendation.degraded]
    return list({(note.step, note.reason): note for note in every}.values())


def _clocks(profile: Profile) -> tuple[ReportClock, ...]:
    """Return the trust in each half-life, summed over all prior strengths, the shortest half-life first."""
    trust: dict[float | None, float] = {}
    for expert in profile.experts:
        trust[expert.half_life_days] = trust.get(expert.half_life_days, 0.0) + expert.weight
    ordered = sorted(trust, key=lambda days: float("inf") if days is None else days)
    return tuple(ReportClock(half_life_days=days, trust=round(trust[days], 6)) for days in ordered)


def _model(settings: Settings, say: Phrases) -> str:
    if settings.llm.provider == "none":
        return say("no_model")
    return settings.llm.model or say("embedded_model")


def _reranking(used: RerankUse, say: Phrases) -> str:
    reason = remark_in(say.language, used.reason) if used.reason else ""
    if used.model is None or not used.rerank_weight:
        return reason or say("not_reranked")
    return say(
        "reranked",
        model=used.model,
        weight=f"{used.rerank_weight:g}",
        reason=reason and say("for_reason", reason=reason),
    )
