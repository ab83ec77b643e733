"""What differs between two versions of a taxonomy."""

from dataclasses import dataclass

from penchant.agent.taxonomy.taxonomy import Taxonomy, Theme


@dataclass(frozen=True)
class ThemeChange:
    """A theme before and after; None where it did not, or does no longer, exist. `joined`, `left`: items, by id."""

    theme_id: str
    before: tuple[str, ...] | None
    after: tuple[str, ...] | None
    joined: int = 0
    left: int = 0


@dataclass(frozen=True)
class TaxonomyDiff:
    """`before`, `after`: versions. Themes by what became of them, each with its path of labels; items that came, went or moved."""

    before: int
    after: int
    added: tuple[ThemeChange, ...]
    removed: tuple[ThemeChange, ...]
    renamed: tuple[ThemeChange, ...]
    moved: tuple[ThemeChange, ...]
    items_added: int
    items_removed: int
    items_moved: int

    @property
    def empty(self) -> bool:
        """Whether the two say the same of every theme and item."""
        return not (self.added or self.removed or self.renamed or self.moved) and not (
            self.items_added or self.items_removed or self.items_moved
        )


def taxonomy_diff(old: Taxonomy, new: Taxonomy, language: str = "en") -> TaxonomyDiff:
    """What became of the themes and items of `old` in `new`; labels in `language`."""
    places = {item_id: _theme_id(old, row) for row, item_id in enumerate(old.item_ids)}
    now = {item_id: _theme_id(new, row) for row, item_id in enumerate(new.item_ids)}
    paths = {theme.id: old.path(index, language) for index, theme in enumerate(old.themes)}
    later = {theme.id: new.path(index, language) for index, theme in enumerate(new.themes)}
    both = [theme_id for theme_id in paths if theme_id in later]
    members = {theme_id: set[str]() for theme_id in paths | later}
    after = {theme_id: set[str]() for theme_id in paths | later}
    for item_id, theme_id in places.items():
        if theme_id:
            members[theme_id].add(item_id)
    for item_id, theme_id in now.items():
        if theme_id:
            after[theme_id].add(item_id)

    def change(theme_id: str) -> ThemeChange:
        came, went = after[theme_id] - members[theme_id], members[theme_id] - after[theme_id]
        return ThemeChange(theme_id, paths.get(theme_id), later.get(theme_id), len(came), len(went))

    common = places.keys() & now.keys()
    return TaxonomyDiff(
        old.version,
        new.version,
        added=tuple(change(theme_id) for theme_id in later if theme_id not in paths),
        removed=tuple(change(theme_id) for theme_id in paths if theme_id not in later),
        renamed=tuple(change(theme_id) for theme_id in both if paths[theme_id][2] != later[theme_id][2]),
        moved=tuple(change(theme_id) for theme_id in both if paths[theme_id][:2] != later[theme_id][:2]),
        items_added=len(now.keys() - places.keys()),
        items_removed=len(places.keys() - now.keys()),
        items_moved=sum(places[item_id] != now[item_id] for item_id in common),
    )


def _theme_id(taxonomy: Taxonomy, row: int) -> str:
    index = int(taxonomy.item_themes[row, 0])
    theme: Theme | None = taxonomy.themes[index] if index >= 0 else None
    return theme.id if theme else ""
