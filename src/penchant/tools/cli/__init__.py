"""The command line: `penchant …`. Commands contain no logic; they read arguments, call the agent and render."""

from penchant.tools.cli.interrupts import exit_at_once, on_interrupt


def main() -> None:
    """Entry point of the `penchant` script."""
    on_interrupt(exit_at_once)
    from penchant.tools.cli.app import app

    app(prog_name="penchant")
