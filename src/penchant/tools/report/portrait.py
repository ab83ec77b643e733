"""The portrait of a user in two sentences, by rule."""

from penchant.store.profile import Interest, Profile
from penchant.tools.report.phrases import Phrases

NAMED = 2
ALSO = 2


def portrait(profile: Profile, known_events: int, say: Phrases) -> tuple[str, str]:
    """Return two sentences about the user. `known_events`: how many events the ledger has, whether or not they formed an
    interest.
    """
    liked = [topic for topic in profile.interests if topic.polarity == "like" and topic.status != "muted"]
    if liked:
        return _drawn(profile, liked, say), _lately(profile, liked[0], say)
    disliked = [node.label for node in _disliked(profile)]
    if disliked:
        first = say("only_dislikes", user=profile.user_id, labels=say.listed(disliked[:4]))
        return first, say("only_dislikes_then")
    if known_events:
        count = say.actions(known_events)
        return say("no_interest_yet", count=count, user=profile.user_id), say("no_interest_yet_then")
    return say("nothing_known", user=profile.user_id), say("nothing_known_then")


def _drawn(profile: Profile, liked: list[Interest], say: Phrases) -> str:
    first, *others = liked
    below = [child for child in first.children if child.polarity == "like" and child.label != first.label]
    then = say.listed([_share(topic, say) for topic in others[:ALSO]])
    return say(
        "drawn",
        user=profile.user_id,
        first=_share(first, say),
        above=say("above_all", label=below[0].label) if below else "",
        then=say("then", labels=then) if then else "",
    )


def _lately(profile: Profile, first: Interest, say: Phrases) -> str:
    rising, fading = (
        say.listed([node.label for node in _moving(profile, way)][:NAMED]) for way in ("rising", "fading")
    )
    memory = _memory(first, say)
    if rising and fading:
        return say("lately_both", rising=rising, fading=fading, memory=memory)
    if rising:
        return say("lately_rising", rising=rising, memory=memory)
    return say("lately_fading", fading=fading, memory=memory) if fading else say("lately_steady", memory=memory)


def _moving(profile: Profile, trend: str) -> list[Interest]:
    """Return the interests with this trend, the largest change first; of a branch that moves as a whole only the deepest
    nodes.
    """
    moving = [
        node
        for node in profile.walk()
        if node.trend == trend and node.status != "muted" and not any(child.trend == trend for child in node.children)
    ]
    return sorted(moving, key=lambda node: -abs(node.short_term - node.long_term))


def _memory(first: Interest, say: Phrases) -> str:
    """Return a sentence about how fast the strongest interest fades without new behaviour."""
    if first.half_life_days is None:
        return say("memory_never", label=first.label)
    return say("memory_days", label=first.label, days=say.span(first.half_life_days))


def _disliked(profile: Profile) -> list[Interest]:
    return [node for node in profile.walk() if node.polarity == "dislike" and not node.children]


def _share(node: Interest, say: Phrases) -> str:
    return say("share_of", label=node.label, share=say.percent(node.strength))
