"""Rows of a shop's table that only add a variant or a picture to the product above, as Shopify exports them.

They have no title of their own. One with an id of its own is an item with the product's fields and the names of its
options in the title; any other is a duplicate of the product's row.
"""

from typing import Any

from penchant.store.importing.fields import Fields
from penchant.store.importing.layouts import snake_case
from penchant.store.importing.rows import Row
from penchant.store.placeholders import is_missing

_PRODUCT = "handle"
_OF_SHOP = frozenset(("option1_name", "option1_value", "variant_sku", "variant_price"))
"""Columns that Shopify's tables have beside the product's handle, in snake case."""
_NO_OPTION = "Default Title"


class Variants:
    """Completes rows from the product above them. `repeated`: how many rows were found to add no item."""

    def __init__(self, fields: Fields) -> None:
        self.fields = fields
        self._product: dict[str, Any] | None = None
        self.repeated = self.completed = 0

    def completed_row(self, row: Row) -> Row | None:
        """Return the row, completed if it is a variant; None if it adds no item to the product above."""
        content = row.content
        if row.problem is not None or not isinstance(content, dict):
            return row
        if self._title(content) is not None:
            self._product = content
            return row
        product = self._product
        if product is None or self.fields.id_of(product) is None or not _is_of_product(content, product):
            return row
        if self.fields.id_of(content) is None or self._same_id(content, product):
            self.repeated += 1
            return None
        self.completed += 1
        return row._replace(content=self._variant(content, product))

    def notes(self) -> list[str]:
        """Return notes for the receipt."""
        found = (
            (self.repeated, "rows without a title only add variants or pictures to the product above: duplicates"),
            (self.completed, "rows without a title are variants, and have the fields of the product above"),
        )
        return [f"{what} ({count})" for count, what in found if count]

    def _title(self, content: dict[str, Any]) -> Any:
        title = self.fields.cell(content, "title")
        return None if _is_empty(title) else title

    def _same_id(self, content: dict[str, Any], product: dict[str, Any]) -> bool:
        own = self.fields.id_of(content)
        return own is not None and own == self.fields.id_of(product)

    def _variant(self, content: dict[str, Any], product: dict[str, Any]) -> dict[str, Any]:
        """Return the row with the product's cells where its own are empty, and its options in the title."""
        options = [
            str(value)
            for name, value in content.items()
            if snake_case(name).endswith("_value") and snake_case(name).startswith("option") and value
        ]
        named = ", ".join(option for option in options if option != _NO_OPTION)
        filled = {name: value if _is_empty(content.get(name)) else content[name] for name, value in product.items()}
        title = next(name for name in product if self.fields.place(name) == "title")
        return filled | {title: f"{product[title]} ({named})" if named else product[title]}


def _is_empty(value: Any) -> bool:
    return is_missing(value) or not str(value).strip()


def _is_of_product(content: dict[str, Any], product: dict[str, Any]) -> bool:
    """Return whether a row of Shopify's table is of the product above."""
    columns = {snake_case(name): name for name in content}
    handle = columns.get(_PRODUCT)
    if handle is None or not columns.keys() & _OF_SHOP:
        return False
    return not _is_empty(content[handle]) and content[handle] == product.get(handle)
