"""The command line: `penchant …`. Commands hold no logic; they read arguments, call the agent and render."""


def main() -> None:
    """Entry point of the `penchant` script."""
    from penchant.tools.cli.app import app

    app(prog_name="penchant")
