"""`python -m penchant.tools.cli` is `penchant`."""

from penchant.tools.cli import main

main()
