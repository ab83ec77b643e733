"""Run the Python examples of a documentation page and write their output (`make docs`; a test checks the pages).

The ```python blocks of a page run one after another, as one program. The output of a block goes into the ```text
block right after it.
"""

import contextlib
import io
import re
from typing import Any

EXAMPLE = re.compile(r"```python\n(?P<code>.*?)```\n(?P<printed>\n```text\n.*?```\n)?", re.DOTALL)


def filled(page: str) -> str:
    """Return the page with the current output of its examples. The caller sets the environment (PENCHANT_HOME …)."""
    names: dict[str, Any] = {"__name__": "__main__"}

    def run(found: re.Match[str]) -> str:
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(found["code"], "<example>", "exec"), names)
        printed = f"\n```text\n{out.getvalue().rstrip()}\n```\n" if out.getvalue() else ""
        return f"```python\n{found['code']}```\n{printed}"

    return EXAMPLE.sub(run, page)
