"""Labels as people read them: an interest that is alone below what is called the same stands once, not twice.

A theme that is the only one of its subtopic, and that no title names better, is called as the subtopic is; so may be a personal theme, or
what a user states. Programs find both nodes in the profile, with their ids and levels; people would read "Cats › Cats".
"""

from collections.abc import Sequence

from penchant.store.profile import Interest, Profile

_OWN = ("node", "label", "label_source", "keywords", "polarity", "status", "source", "lent", "children")
"""What is taken from the one below; numbers are those of the one above, which are both's."""


def folded(label: str) -> str:
    """Labels are the same whatever their case and spacing."""
    return " ".join(label.split()).casefold()


def path_once(path: Sequence[str]) -> tuple[str, ...]:
    """Labels from the topic down, without those that repeat the one above them."""
    return tuple(label for at, label in enumerate(path) if at == 0 or folded(label) != folded(path[at - 1]))


def labels_once(profile: Profile) -> Profile:
    """The profile in which an only child takes the place of what it stands under where both are called the same."""
    if not any(_repeats(node) for node in profile.walk()):
        return profile
    return profile.model_copy(update={"interests": tuple(_once(node, ()) for node in profile.interests)})


def shown_nodes(profile: Profile, shown: Profile) -> dict[str, Interest]:
    """Every node of `profile` by id, as `shown` has it, which is the profile with labels once."""
    nodes = {node.id: node for node in shown.walk()}
    by_path = {node.path: node for node in shown.walk()}
    return {node.id: nodes.get(node.id) or by_path.get(path_once(node.path), node) for node in profile.walk()}


def _repeats(node: Interest) -> bool:
    return len(node.children) == 1 and folded(node.children[0].label) == folded(node.label)


def _once(node: Interest, above: tuple[str, ...]) -> Interest:
    while _repeats(node):
        (below,) = node.children
        taken = {name: getattr(below, name) for name in _OWN}
        if node.evidence_count == below.evidence_count:  # otherwise the upper node has evidence of its own
            taken["id"] = below.id
        node = node.model_copy(update=taken)
    path = (*above, node.label)
    children = tuple(_once(child, path) for child in node.children)
    return node.model_copy(update={"path": path, "level": len(path), "children": children})
