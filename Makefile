# `make help` lists what can be done here.
SHELL := /bin/bash
PYTHON := .venv/bin/python
PORT ?= 8000
ENGINE := screening/engine/*
PURE := $(ENGINE),screening/vault/*,screening/services/*
PYTEST := .venv/bin/pytest -q --dist worksteal
# These reach lines that are there for PostgreSQL alone.
BOTH := $(addprefix tests/services/,test_auditing.py upkeep/test_backing_up.py \
	protocol/test_replaying.py)
# These drive processes of their own, which nothing measures.
TRIALS := tests/test_chaos.py tests/test_fuzz.py tests/test_guessing.py
MEASURED := --cov --cov-report= --cov-append
# Else every process compiles each module and each test once more.
unexport PYTHONDONTWRITEBYTECODE
.DEFAULT_GOAL := help
.PHONY: help run test check audit lock

help: ## List these targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

run: export PORT := $(PORT)
run: ## Start a demo clinic on PORT (8000): everything it needs is made on the way
	@.ci/install runtime
	@$(PYTHON) -m clinic.prepare_demo
	@$(PYTHON) -m gunicorn --config python:clinic.demo_server clinic.wsgi

test: ## Run every test on SQLite and on PostgreSQL, and measure what they cover
	@.ci/install development
	@command -v chromium-headless-shell >/dev/null \
		|| .ci/apt-install chromium-headless-shell \
		|| command -v chromium >/dev/null || .ci/apt-install chromium
	@.venv/bin/playwright --version >/dev/null 2>&1 || .ci/apt-install libatomic1
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || .ci/apt-install postgresql
	@rm -f .coverage .coverage.*
	$(PYTEST) $(MEASURED) -n 2 -m "not database" --ignore=tests/browser
	UNTRACED=$(ENGINE) $(PYTEST) $(MEASURED) -n 2 -m database --ignore=tests/browser \
		$(addprefix --ignore=,$(TRIALS))
	@# More than there are processors, because these mostly wait.
	$(PYTEST) -n 4 tests/browser $(TRIALS)
	UNTRACED=$(ENGINE) .ci/with-postgres $(PYTEST) $(MEASURED) -n 2 $(BOTH)
	.ci/with-postgres $(PYTEST) -n 3 -m database --ignore=tests/browser \
		$(addprefix --ignore=,$(BOTH))
	.venv/bin/coverage report --include="$(PURE)" --fail-under=100
	.venv/bin/coverage report --omit="$(PURE)" --fail-under=95

check: ## Check style, types, imports, migrations, settings and the protocol
	@.ci/install development
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/djlint --lint --quiet templates
	$(PYTHON) manage.py makemigrations --check --dry-run
	.ci/as-production $(PYTHON) manage.py check --deploy --fail-level WARNING
	$(PYTHON) manage.py check_protocol screening/protocols/ketamine

audit: ## Ask the public advisories about every pinned package (needs the network)
	@.ci/install development
	.venv/bin/pip-audit --strict --require-hashes --disable-pip --requirement requirements/runtime.txt

lock: ## Pin what requirements/*.in ask for
	@.ci/install development
	@$(PYTHON) -m pip install --quiet uv
	@for name in runtime development benchmarks; do \
		.venv/bin/uv pip compile --quiet --universal --python-version 3.11 \
			--generate-hashes --no-header --no-emit-index-url --upgrade \
			requirements/$$name.in --output-file requirements/$$name.txt || exit; \
	done

.PHONY: chaos fuzz
chaos: ## Kill, starve and race it on both databases (KILLS=1000, ONLY=a figure's beginning)
	@.ci/install development
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || .ci/apt-install postgresql
	@$(PYTHON) -m chaos.run

fuzz: ## Send N (100000) malformed requests over every route as six identities
	@.ci/install development
	@$(PYTHON) -m fuzz.run

.PHONY: bench
bench: ## Measure beside peers, in a few minutes (ONLY=a figure's beginning; ONLY=load takes MINUTES=10)
	@.ci/install benchmarks var/bench-venv
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || .ci/apt-install postgresql
	@var/bench-venv/bin/python -m benchmarks.run
