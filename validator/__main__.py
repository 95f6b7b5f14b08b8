"""`python -m validator`, for developers: the command nianbao, with the working folder among the places of modules."""

import sys

from validator.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
