"""`penchant doctor`: prints the settings in force and tests every part."""

import typer

from penchant.prompts.locales import Translator
from penchant.tools.cli.options import AsJson, examples
from penchant.tools.cli.output import console, show, show_json
from penchant.tools.cli.session import open_agent


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=examples("penchant doctor", "penchant doctor --json"))(doctor)


def doctor(as_json: AsJson = False) -> None:
    """Test the whole installation.

    Prints every setting in force and where it came from, then tests every part once; exits with 1 if one of them
    fails.
    """
    from penchant.agent.app.self_test import settings_in_force

    agent = open_agent()
    settings = settings_in_force(agent.settings)
    with console(stderr=True).status("…") as status:
        checks = agent.self_test(status.update)
    failed = sum(not check.ok for check in checks)
    if as_json:
        listed = {
            "settings": [setting.model_dump() for setting in settings],
            "checks": [check.model_dump() for check in checks],
        }
        show_json({"ok": not failed, **listed})
    else:
        from penchant.tools.cli.rendering.doctor import checks_table, settings_table, verdict
        from penchant.tools.cli.rendering.marks import marks_for

        words, marks = Translator(agent.settings.lang, "cli"), marks_for(console())
        rows = [(check.ok, check.name, check.found, check.fix) for check in checks]
        values = [(setting.name, setting.value, setting.origin) for setting in settings]
        show(settings_table(values, words), "", checks_table(rows, marks, words), "", verdict(failed, words))
    if failed:
        raise typer.Exit(1)
