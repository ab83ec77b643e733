"""The table of a user's statements."""

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from penchant.prompts.locales import Translator
from penchant.store.statement import Statement
from penchant.tools.cli.rendering.printable import text
from penchant.tools.cli.rendering.tables import plain_table
from penchant.tools.cli.rendering.tree import day


def statements_table(statements: Sequence[Statement], words: Translator) -> Table | Text:
    """Return one row per statement; those that no longer hold are dimmed and name what ended them."""
    if not statements:
        return Text(words("no_statements"))
    table = plain_table(
        words("statement_kind"), words("statement_subject"), words("statement_text"), words("statement_since"), "id"
    )
    for statement in statements:
        style = "dim" if statement.superseded_by or statement.retracts else ""
        mark = "!" if statement.strict and not statement.retracts else ""
        kind = words("kind_of_retraction" if statement.retracts else f"kind_of_{statement.kind}") + mark
        ended = f" ({words('statement_ended')} {statement.superseded_by})" if statement.superseded_by else ""
        scope = f" [{statement.scope}]" if statement.scope else ""
        table.add_row(
            text(kind, style),
            text(statement.subject + scope, style),
            text(statement.text + ended, style),
            day(statement.valid_from),
            statement.id,
        )
    return table
