"""`penchant keys`: encryption at rest."""

import typer

from penchant.tools.cli.options import AsJson, examples
from penchant.tools.cli.output import show, show_json
from penchant.tools.cli.progress import progress
from penchant.tools.cli.session import open_agent, words_of

app = typer.Typer(
    help="Encryption at rest of what users say.", epilog=examples("penchant keys rotate"), no_args_is_help=True
)


@app.callback()
def keys() -> None:
    """Keep `rotate` a subcommand while it is the only command of the group."""


@app.command(epilog=examples("penchant keys rotate", "penchant keys rotate --json"))
def rotate(as_json: AsJson = False) -> None:
    """Encrypt with a new key, and destroy the old one.

    The first key turns encryption on: from then on messages, searches, transcripts, statements, edits, profiles,
    lists that were given and stored answers are encrypted; ids, times, types, circumstances, names of interests and
    the catalogue are not. Keys are in `store.key_file` (keys.json in PENCHANT_HOME): keep a copy away from the
    database, encrypted data is lost without it. Servers keep running meanwhile. The same command finishes a rotation
    that was interrupted; residue has to be 0.
    """
    agent = open_agent()
    with progress(words_of(agent)("progress_keys"), "rows", silent=as_json) as on_progress:
        receipt = agent.rotate_keys(on_progress)
    if as_json:
        show_json(receipt)
    else:
        words = words_of(agent)
        counts = ", ".join(f"{name}: {count:,}" for name, count in receipt.sealed.items()) or words("nothing_sealed")
        show(words("keys_in_use", key=receipt.key, file=agent.services.keyring.path, counts=counts))
        if receipt.dropped:
            show(words("keys_destroyed", keys=", ".join(receipt.dropped)))
        if receipt.waiting:
            show(words("keys_kept", keys=", ".join(receipt.waiting)))
        show(*receipt.notes, words("residue", count=receipt.residue))
    if receipt.residue:
        raise typer.Exit(1)
