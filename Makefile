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

NAME := qingshou-course
BIN := .venv/bin
PLATFORM = $(shell $(BIN)/python -c 'import sys, sysconfig as s; print(sys.implementation.cache_tag + "-" + s.get_platform())')
PIP  = $(BIN)/python -m pip --disable-pip-version-check --quiet
export EDITION
export NOINDEX  # true: search engines are asked to stay away
# An unpacked bundle brings its packages along: nothing is asked of the network.
ifneq ($(wildcard wheelhouse),)
export PIP_NO_INDEX = 1
export PIP_FIND_LINKS = wheelhouse
endif
export NO_MKDOCS_2_WARNING = 1
# The sitemap's dates follow the last commit, so that two builds of one commit are alike (in a zip without Git: today).
COMMITTED := $(shell cat wheelhouse/date 2>/dev/null || git log -1 --format=%ct 2>/dev/null)
ifneq ($(COMMITTED),)
SOURCE_DATE_EPOCH ?= $(COMMITTED)
export SOURCE_DATE_EPOCH
endif

.PHONY: serve build zip bundle doctor check format test axe portable scorm moodle questions-xlsx questions-from-xlsx \
	kit bench bench-search bench-lighthouse lock clean

serve: .venv/run.stamp  ## build, serve at http://127.0.0.1:8000 and reload on edit
	$(BIN)/mkdocs serve --dev-addr $(ADDRESS)

build: .venv/run.stamp  ## strict build into site/ (EDITION=instructor: site-instructor/), replaced only on success
	@rm -rf .site-new .site-old
	$(BIN)/mkdocs build --strict --site-dir .site-new && \
		$(BIN)/python -m course.deploy .site-new deploy/$(SITE) || { rm -rf .site-new; exit 1; }
	@if [ -d $(SITE) ]; then mv $(SITE) .site-old; fi
	@mv .site-new $(SITE) && rm -rf .site-old

zip: .venv/run.stamp  ## a site that is opened from a folder, without a web server: site.zip
	@rm -rf .site-zip
	$(BIN)/mkdocs build --strict --no-directory-urls --site-dir .site-zip/$(NAME)
	$(BIN)/python -m course.pack .site-zip $(SITE).zip && rm -rf .site-zip

bundle: build  ## the last commit, its packages for this platform and the built site, to build anywhere without a network
	@git diff --quiet HEAD || { echo "commit first: a bundle holds what is committed" >&2; exit 1; }
	@rm -rf .site-bundle && mkdir -p .site-bundle
	git archive --prefix=$(NAME)/ HEAD | tar -x -C .site-bundle
	$(PIP) download --no-deps --only-binary :all: --require-hashes -r requirements.lock -d .site-bundle/$(NAME)/wheelhouse
	echo $(COMMITTED) > .site-bundle/$(NAME)/wheelhouse/date
	cp -R $(SITE) .site-bundle/$(NAME)/
	$(BIN)/python -m course.pack .site-bundle $(NAME)-$(PLATFORM).zip && rm -rf .site-bundle

doctor:  ## say what is missing or has expired
	@$(if $(PYTHON),,echo "MISSING  Python 3.11 or newer"; exit 1)
	@PYTHONPATH=hooks $(if $(wildcard $(BIN)/python),$(BIN)/python,$(PYTHON)) -m course.doctor

check: .venv/dev.stamp  ## lint, types, Chinese typography
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m course.typography docs quizzes

format: .venv/dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

test: check .venv/npm.stamp  ## everything CI runs
	$(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist loadfile

# Judges of pages for the tests; without npm their tests are skipped, loudly.
.venv/npm.stamp: tests/npm/package-lock.json | .venv/dev.stamp
	@if command -v npm >/dev/null; then \
		npm ci --ignore-scripts --no-audit --no-fund --silent --prefix tests/npm && touch $@; fi

axe: .venv/dev.stamp .venv/npm.stamp  ## accessibility rules on every page in every look (make test: on every fourth)
	EVERY_PAGE=1 $(BIN)/pytest tests/test_access.py

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

scorm: .venv/run.stamp  ## a SCORM 1.2 package of each course in dist/ (COURSE=car-loan: of that one)
	$(BIN)/python -m course.lms scorm $(COURSE)

moodle: .venv/run.stamp  ## the question bank as Moodle XML in dist/
	$(BIN)/python -m course.lms moodle

questions-xlsx: .venv/run.stamp  ## the question bank as an Excel workbook in dist/
	$(BIN)/python -m course.lms questions-xlsx

questions-from-xlsx: .venv/run.stamp  ## quizzes/ from an edited workbook: make questions-from-xlsx FILE=dist/questions.xlsx
	$(BIN)/python -m course.lms questions-from-xlsx "$(FILE)"

.PHONY: evidence
evidence: .venv/run.stamp  ## a class's evidence pack in dist/: make evidence CLASS=NAME (RESULTS=folder, default: results/NAME)
	$(BIN)/python -m course.evidence "$(CLASS)" $(if $(RESULTS),--results "$(RESULTS)")

kit: .venv/run.stamp  ## all that a class needs, in a zip in dist/: make kit CLASS=car-loan-example
	$(BIN)/python -m course.kit "$(CLASS)"

bench: .venv/run.stamp .venv/stock.stamp  ## build times beside plain Material's (takes minutes)
	$(BIN)/python tests/bench/build.py .venv/stock/bin/python

bench-search: .venv/dev.stamp .venv/stock.stamp  ## what the search finds and how fast, beside plain Material
	PYTHONPATH=tests $(BIN)/python tests/bench/search.py .venv/stock/bin/python

bench-lighthouse: .venv/dev.stamp  ## what Lighthouse says of four pages on a phone (needs Node.js)
	npm ci --ignore-scripts --no-audit --no-fund --silent --prefix tests/bench/lighthouse
	PYTHONPATH=tests $(BIN)/python tests/bench/lighthouse.py

.venv/stock.stamp: tests/bench/requirements.txt
	$(PYTHON) -m venv .venv/stock
	.venv/stock/bin/python -m pip --disable-pip-version-check --quiet install -r $<
	@touch $@

lock:  ## renew both locks (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		pyproject.toml -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --extra dev \
		pyproject.toml -o requirements-dev.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		-c requirements.lock tests/zensical/requirements.in -o tests/zensical/requirements.lock

clean:
	rm -rf .venv site site-instructor dist .site-* deploy/site* *.zip
