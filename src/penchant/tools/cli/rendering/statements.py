"""What a user has said of themself, as a table."""

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from penchant.prompts.locales import Translator
from penchant.store.statement import Statement
from penchant.tools.cli.rendering.printable import text
from penchant.tools.cli.rendering.tables import plain_table
from penchant.tools.cli.rendering.tree import day


def statements_table(said: Sequence[Statement], words: Translator) -> Table | Text:
    """One row a statement; what no longer holds is dimmed and says what ended it."""
    if not said:
        return Text(words("no_statements"))
    table = plain_table(
        words("statement_kind"), words("statement_subject"), words("statement_text"), words("statement_since"), "id"
    )
    for one in said:
        style = "dim" if one.superseded_by or one.retracts else ""
        kind = words(f"kind_of_{one.kind}") + ("!" if one.strict else "")
        ended = f" ({words('statement_ended')} {one.superseded_by})" if one.superseded_by else ""
        scope = f" [{one.scope}]" if one.scope else ""
        table.add_row(
            text(kind, style),
            text(one.subject + scope, style),
            text(one.text + ended, style),
            day(one.valid_from),
            one.id,
        )
    return table
