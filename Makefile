# The commands that people and CI share. `make run` and `make test` do their own set-up.
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest

.PHONY: install install-test run test check bench clean

install: $(VENV)/installed $(VENV)/bundled  ## the product in .venv
install-test: $(VENV)/installed-test   ## and what its tests need: tools, a browser, fonts

$(VENV)/bin/python:
	@sh .ci/venv

$(VENV)/installed: $(VENV)/bin/python pyproject.toml .ci/constraints.txt
	@echo "Installing the guide …"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint .ci/constraints.txt --editable .
	@touch $@

$(VENV)/bundled: $(VENV)/installed .ci/bundles pwa/package.json pwa/package-lock.json $(wildcard pwa/bundling/*)
	@sh .ci/bundles
	@touch $@

$(VENV)/installed-test: $(VENV)/installed $(VENV)/bundled
	@echo "Installing what the tests need …"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint .ci/constraints.txt --editable '.[test]'
	@sh .ci/browser
	@sh .ci/extras
	@touch $@

run: install                           ## set up, publish the sample museums, serve, print the address and a code to scan
	@$(BIN)/guide models prepare || true
	@GUIDE_TRIAL=$${GUIDE_TRIAL:-true} GUIDE_CONTENT=$${GUIDE_CONTENT:-content} $(BIN)/guide serve --port $(PORT)

test: install-test                     ## everything
	$(MAKE) --no-print-directory lint
	$(PYTEST) -n 2 --dist loadfile --no-loadscope-reorder

check: install-test                    ## the fast part
	$(MAKE) --no-print-directory lint
	$(PYTEST) -n 2 --dist loadfile --no-loadscope-reorder -m "not slow"

.PHONY: lint
lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/guide check content

bench: install-test                    ## list the benches; `make bench NAME=stop_page` runs one
	@$(BIN)/python -m bench $(NAME)

clean:
	rm -rf $(VENV) var pwa/bundles
