# Each target works in a fresh clone on a machine that has Python 3.11 or newer, git and make:
# packaging/prepare.py makes .venv from the lock file, once, and names what the system lacks.

PYTHON ?= python3
BIN := .venv/bin
OFFICIAL := $(wildcard ../shared/official)

.PHONY: help prepare run demo test lint bench soak screenshots docs package lock clean

help: ## list these targets
	@grep -E '^[a-z]+:.*## ' Makefile | sed 's/:.*## /\t/' | expand -t 14

prepare: ## make the virtual environment from the lock file
	@$(PYTHON) packaging/prepare.py

run: ## open the window (on the demonstration's vaults after `make demo`)
	@$(PYTHON) packaging/prepare.py window
	@$(BIN)/traitdunion-bureau $(if $(wildcard demo/poste/vault.keys),--vault demo/poste)

demo: prepare ## the whole round trip on invented people, files in demo/
	@$(BIN)/traitdunion demo --out demo $(if $(OFFICIAL),--official-dir $(OFFICIAL))

test: prepare ## pass the tests
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n auto --dist worksteal

lint: prepare ## style, types, import contracts, wheels of the dependencies
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python packaging/check_wheels.py

bench: prepare ## measure beside the named peers, each with its goal; `make bench part=vaults` for one
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.benchmarks $(part)

soak: prepare ## long trials by chance: kills, damage, bundles; `make soak part=kills seed=7` for one again
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.soak $(part) $(if $(seed),--seed $(seed))

docs: prepare ## write docs/cli.md from the commands’ own help, docs/official-forms.md by filling
	@COLUMNS=80 $(BIN)/python packaging/document_cli.py
	@$(BIN)/python -m tests.exports.paper.official.brimful

screenshots: prepare ## draw the gallery of docs/images/ from the real window
	@QT_QPA_PLATFORM=offscreen $(BIN)/python packaging/screenshots.py docs/images
	@QT_QPA_PLATFORM=offscreen $(BIN)/python packaging/gallery.py
	@$(BIN)/python packaging/official_gallery.py

package: prepare ## build the portable folder in dist/, and start it
	@$(BIN)/python packaging/portable.py

lock: ## resolve the dependencies anew (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--group dev pyproject.toml -o requirements-dev.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		pyproject.toml -o requirements.lock -c requirements-dev.lock

clean: ## remove what was built, the virtual environment included
	rm -rf .venv build dist demo *.egg-info
