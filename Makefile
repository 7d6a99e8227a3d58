# Everything runs in .venv, made from the hash-pinned locks on first use and renewed when they change.
# Works with GNU make 3.81 (macOS) and later.

EDITION ?= trainee
ADDRESS ?= 127.0.0.1:8000
PYTHON  ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

SITE_trainee    = site
SITE_instructor = site-instructor
SITE := $(SITE_$(EDITION))
ifeq ($(SITE),)
$(error EDITION is trainee or instructor, not '$(EDITION)')
endif

BIN := .venv/bin
PIP  = $(BIN)/python -m pip --disable-pip-version-check --quiet
export EDITION
export NO_MKDOCS_2_WARNING = 1
# The sitemap's dates follow the last commit, so that two builds of one commit are alike (in a zip without Git: today).
COMMITTED := $(shell git log -1 --format=%ct 2>/dev/null)
ifneq ($(COMMITTED),)
SOURCE_DATE_EPOCH ?= $(COMMITTED)
export SOURCE_DATE_EPOCH
endif

.PHONY: serve build check format test portable lock clean

serve: .venv/run.stamp  ## build, serve at http://127.0.0.1:8000 and reload on edit
	$(BIN)/mkdocs serve --dev-addr $(ADDRESS)

build: .venv/run.stamp  ## strict build into site/ (EDITION=instructor: site-instructor/), replaced only on success
	@rm -rf .site-new .site-old
	$(BIN)/mkdocs build --strict --site-dir .site-new || { rm -rf .site-new; exit 1; }
	@if [ -d $(SITE) ]; then mv $(SITE) .site-old; fi
	@mv .site-new $(SITE) && rm -rf .site-old

check: .venv/dev.stamp  ## lint, types, Chinese typography
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m course.typography docs quizzes

format: .venv/dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

test: check  ## everything CI runs
	$(BIN)/pytest

portable: .venv/zensical.stamp  ## the same content built by zensical and compared with what MkDocs builds
	$(BIN)/pytest tests/test_portable.py

# An environment of its own inside .venv: the project's packages, and zensical.
.venv/zensical.stamp: .venv/dev.stamp requirements.lock tests/zensical/requirements.lock
	$(BIN)/python -m venv .venv/zensical
	.venv/zensical/bin/python -m pip --disable-pip-version-check --quiet install --no-deps --only-binary :all: --require-hashes -r requirements.lock
	.venv/zensical/bin/python -m pip --disable-pip-version-check --quiet install --no-deps --only-binary :all: --require-hashes -r tests/zensical/requirements.lock
	@touch $@

.venv/run.stamp: requirements.lock pyproject.toml
	$(venv)
	$(PIP) install --no-deps --only-binary :all: --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev.stamp: requirements-dev.lock pyproject.toml
	$(venv)
	$(PIP) install --no-deps --only-binary :all: --require-hashes -r requirements-dev.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@ .venv/run.stamp

define venv
@if [ -z "$(PYTHON)" ]; then echo "Python 3.11 or newer is needed: install it, or say make PYTHON=/path/to/python" >&2; exit 1; fi
@if [ ! -x $(BIN)/python ]; then $(PYTHON) -m venv .venv || { \
	echo "python venv is missing; on Debian: apt install python3-venv" >&2; rm -rf .venv; exit 1; }; fi
endef

lock:  ## renew both locks (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		pyproject.toml -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --extra dev \
		pyproject.toml -o requirements-dev.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		-c requirements.lock tests/zensical/requirements.in -o tests/zensical/requirements.lock

clean:
	rm -rf .venv site site-instructor .site-new .site-old
