# Short names for what CONTRIBUTING.md describes. Everything runs in .venv.
PYTHON ?= python3
VENV := .venv/bin

.PHONY: test rules pages style bench bench-set fuzz mutants patterns clean

.venv: pyproject.toml
	$(PYTHON) -m venv .venv
	$(VENV)/pip install -q -e '.[test]'
	touch .venv

test: .venv
	$(VENV)/python -m pytest -n auto

rules: .venv
	$(VENV)/nianbao rules test

pages: .venv
	$(VENV)/python scripts/make_rule_pages.py

style: .venv
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/mypy

bench: .venv
	for one in startup explain docx pdf; do $(VENV)/python benchmarks/$$one.py || exit 1; done

bench-set: .venv
	$(VENV)/python benchmarks/county_set.py
	$(VENV)/python benchmarks/peers.py

fuzz: .venv
	-$(VENV)/pip install -q -e '.[test,fuzz]'
	$(VENV)/python tests/acceptance/fuzz/run.py --minutes $(or $(MINUTES),30)

mutants: .venv
	$(VENV)/python tests/acceptance/mutants/run.py --count $(or $(COUNT),300)

patterns: .venv
	NIANBAO_EVERY_PATTERN=1 $(VENV)/python -m pytest -n auto tests/rules/test_patterns.py

clean:
	rm -rf .venv build dist *.egg-info
