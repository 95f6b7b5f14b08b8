# Short names for what CONTRIBUTING.md describes. Everything runs in .venv.
PYTHON ?= python3
VENV := .venv/bin

.PHONY: test rules style bench clean

.venv: pyproject.toml
	$(PYTHON) -m venv .venv
	$(VENV)/pip install -q -e '.[test]'
	touch .venv

test: .venv
	$(VENV)/python -m pytest

rules: .venv
	$(VENV)/nianbao rules test

style: .venv
	$(VENV)/ruff check .

bench: .venv
	$(VENV)/python benchmarks/startup.py

clean:
	rm -rf .venv build dist *.egg-info
