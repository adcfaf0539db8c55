# make demo   builds the graph of data/articles and serves it        make test   runs every test
# Both set up everything they need; python3 (3.11 or newer) with venv and pip is all that must be there.

PYTHON ?= python3
PORT   ?= 8000
BIN    := .venv/bin
READY  := .venv/.ready
BUNDLE := api/pages/static/bundle/bundle.json

.PHONY: train demo test soak install lint lock eval eval-test bench clean

demo: install
	@$(BIN)/kg demo --port $(PORT)

test: install
	@$(BIN)/pytest

soak: install
	@KG_SOAK=100 $(BIN)/pytest --timeout=14400

lint: install
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy kg api

# Extraction against every gold text at hand, and the change since the figures last committed; eval-test scores the
# part of the gold that nobody looks at while developing.
eval: install
	@$(BIN)/python tests/eval/board.py
	@$(BIN)/python -m tests.across.measure

eval-test: install
	@$(BIN)/python tests/eval/board.py --test

# Fits the confidence of claims on the development gold (data/calibration.toml).
train: install
	@$(BIN)/python tests/eval/calibrate.py

# The store and the index on a made-up graph; ratios count, times depend on the machine.
bench: install
	@$(BIN)/python -m tests.bench.store
	@$(BIN)/python -m tests.bench.extract --profile

install: $(READY) $(BUNDLE)

# What the pages do in a browser, built from TypeScript again whenever that changed (folders count: a file may go).
$(BUNDLE): $(shell find api/pages/web \( -name node_modules -o -name __pycache__ \) -prune -o -print 2>/dev/null) | $(READY)
	@$(BIN)/python api/pages/web/build_hook.py

$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "claimgraph needs Python 3.11 or newer (PYTHON=/path/to/python3.11 make ...)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo "python3-venv is missing: install it (Debian: apt install python3-venv) and run make again" >&2; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	@echo "installing the locked packages into .venv (once; a few minutes)" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python api/pages/web/build_hook.py
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# requirements.txt holds every package, dev tools included, pinned and hashed, for all platforms; no host is named in it.
# Pins that still fit stay as they are; UPGRADE=1 takes the newest ones.
lock: install
	@$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --quiet $(if $(UPGRADE),--upgrade) --output-file requirements.txt >/dev/null
	@sed -i '1i # Locked by `make lock`: every package, pinned and hashed.' requirements.txt

clean:
	@rm -rf .venv build dist graph .pytest_cache .mypy_cache .ruff_cache .hypothesis .benchmarks .soak
