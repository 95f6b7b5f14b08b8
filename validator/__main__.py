"""`python -m validator` is the command nianbao."""

import sys

from validator.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
