"""The commands, one a module: each is `run(flags) -> exit status`. `cli/main.py` has the table of them."""
