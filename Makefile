# Penchant. `make demo` and `make test` set everything up by themselves; nothing is installed outside .venv.
PYTHON ?= python3
RUN := .venv/bin
READY := .venv/.ready
NOT_ALONE := soak kills datasets default_weights sequential theme_signal
BENCHMARKS := $(filter-out $(NOT_ALONE:%=benchmarks/%.py),$(sort $(wildcard benchmarks/*.py)))

# As many test processes as cores: more threads in each would only wait for one another.
ONE_THREAD := OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1
# Where bytecode is not kept, every process that a test starts compiles all it imports, and tests are rewritten at every run.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-long test-llm test-nightly lint bench docs weights wheel clean

help: ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(READY): pyproject.toml uv.lock
	@PYTHON="$(PYTHON)" scripts/setup

setup: $(READY) ## make .venv (done by the others when needed)

demo: $(READY) ## the main job on the bundled sample: import, profile, time passes, recommend, explain, report
	@$(RUN)/penchant demo

test: $(READY) ## the test suite: under ten minutes on two cores
	@$(ONE_THREAD) $(RUN)/pytest -n 2 --dist loadfile --no-loadscope-reorder -rs -m "not llm and not long"

test-long: $(READY) ## the tests that take long by nature, marked `long`; CI runs both
	@$(ONE_THREAD) $(RUN)/pytest -n 2 --dist worksteal -rs -m "long and not llm"

test-llm: $(READY) ## the tests that need the 1.5 B model (PENCHANT_TEST_LLM=path of its GGUF file)
	@$(RUN)/pytest -m llm --timeout 3600

test-nightly: $(READY) ## the laws of the interest model on 10,000 generated histories
	@HYPOTHESIS_PROFILE=nightly $(RUN)/pytest -n 2 --timeout 7200 tests/agent/profiles/engine

lint: $(READY) ## ruff, mypy --strict, import rules, lock file
	@$(RUN)/ruff check .
	@$(RUN)/ruff format --check .
	@$(RUN)/mypy
	@$(RUN)/lint-imports
	@$(RUN)/python -m uv lock --check --quiet

bench: $(READY) ## print the measured speeds, each beside its baseline
	@for file in $(BENCHMARKS); do echo "== $$file"; $(RUN)/python $$file || exit 1; done

docs: $(READY) ## rewrite the parts of the documentation that are made from the code
	@$(RUN)/python scripts/make_docs.py

weights: $(READY) ## fit the statement classifier to its training sentences again (ten minutes)
	@$(ONE_THREAD) $(RUN)/python scripts/train_statements.py

wheel: $(READY) ## build dist/*.whl
	@$(RUN)/python -m uv build --wheel --quiet

clean: ## remove .venv, caches and builds
	rm -rf .venv dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
