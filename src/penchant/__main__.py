"""`python -m penchant` is `penchant`."""

from penchant.tools.cli import main

if __name__ == "__main__":
    main()
