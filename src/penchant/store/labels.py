"""Labels for people: an only child with the same label as its parent is shown once instead of twice.

A theme that is the only one of its subtopic, and for which no title suggests a better label, has the label of the
subtopic; the same can happen with a personal theme or a stated interest. Programs see both nodes in the profile, with
their ids and levels; people would read "Cats › Cats".
"""

from collections.abc import Sequence

from penchant.store.profile import Interest, Profile

_OWN = ("node", "label", "label_source", "keywords", "polarity", "status", "source", "lent", "children")
"""The fields taken from the lower node; numbers are those of the upper node, which describe both."""


def folded(label: str) -> str:
    """Return a label for comparison, without differences in case and spacing."""
    return " ".join(label.split()).casefold()


def without_repeated_labels(path: Sequence[str]) -> tuple[str, ...]:
    """Return the labels from the topic down without those that repeat the one above."""
    names = [folded(label) for label in path]
    return tuple(label for at, label in enumerate(path) if at == 0 or names[at] != names[at - 1])


def merge_repeated_labels(profile: Profile) -> Profile:
    """Return the profile with every only child merged into its parent where both have the same label."""
    if not any(_repeats(node) for node in profile.walk()):
        return profile
    return profile.model_copy(update={"interests": tuple(_once(node, ()) for node in profile.interests)})


def shown_nodes(profile: Profile, shown: Profile) -> dict[str, Interest]:
    """Return for each node id of `profile` the node that represents it in `shown`, the result of `merge_repeated_labels`."""
    nodes = {node.id: node for node in shown.walk()}
    by_path = {node.path: node for node in shown.walk()}
    return {
        node.id: nodes.get(node.id) or by_path.get(without_repeated_labels(node.path), node) for node in profile.walk()
    }


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
