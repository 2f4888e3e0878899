# SPDX-License-Identifier: EUPL-1.2
# The doors of Vangnet. `make` alone lists them.

PY = .venv/bin/python
BIN = .venv/bin

PROEVEN = 1000
AANTAL = 20000
PER_DAG = 20
KILLS = 20
ZAAD := $(shell date +%s)

.PHONY: help demo serve test check bench proof-advies proof-toegang proof-invoer proof-clocks proof-outbox proof-crash lock clean env-run env-dev
.DEFAULT_GOAL = help

help: ## deze lijst
	@echo "make ..."
	@sed -n 's/^\([a-z][a-z-]*\):.*## \(.*\)$$/  \1|\2/p' Makefile | awk -F'|' '{ printf "%-13s %s\n", $$1, $$2 }'

demo: env-run ## Vangnet proberen op deze computer
	@exec $(BIN)/vangnet demo

serve: env-run ## de server draaien, met instellingen uit de omgeving
	@exec $(BIN)/vangnet serve

test: env-dev check ## alle controles en alle tests (installeert wat nodig is)
	@$(PY) scripts/browser.py
	@$(PY) scripts/run_tests.py

check: env-dev ## stijl, typen, lagen en licenties
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo --no-cache
	@$(BIN)/reuse --suppress-deprecation lint --quiet || $(BIN)/reuse --suppress-deprecation lint

bench: env-dev ## meten hoe snel het is
	@$(PY) -m bench

proof-advies: env-dev ## lang bewijs: duizenden verzonnen situaties in elke regio (PROEVEN=1000)
	@VANGNET_PROEVEN=$(PROEVEN) $(PY) -m pytest -q tests/rules/test_eigenschappen.py --durations=5

proof-toegang: env-dev ## lang bewijs: wie ziet wat, elke functie langs elke weg; en zonder elke controle
	@VANGNET_TOEGANG=heel $(PY) -m pytest -q tests/access/test_matrix.py --durations=5

proof-invoer: env-dev ## lang bewijs: duizenden verzoeken vol onzin (AANTAL=20000; ZAAD=... doet dezelfde opnieuw)
	@echo "zaad $(ZAAD)"
	@VANGNET_INVOER=$(AANTAL) VANGNET_ZAAD=$(ZAAD) $(PY) -m pytest -q -s tests/web/test_invoer.py

proof-clocks: env-dev ## lang bewijs: een jaar termijnen, elk gaat af op zijn seconde (PER_DAG=20; ZAAD=...)
	@VANGNET_KLOKKEN=heel VANGNET_PER_DAG=$(PER_DAG) VANGNET_ZAAD=$(ZAAD) $(PY) -m pytest -q -s tests/process/test_jaar_van_klokken.py

proof-outbox: env-dev ## lang bewijs: berichten terwijl verzenders omvallen en een aanbieder hangt (AANTAL=5000 KILLS=20; ZAAD=... doet dezelfde opnieuw)
	@echo "zaad $(ZAAD)"
	@VANGNET_BERICHTEN=$(if $(filter command line environment,$(origin AANTAL)),$(AANTAL),5000) VANGNET_KILLS=$(KILLS) VANGNET_ZAAD=$(ZAAD) \
		$(PY) -m pytest -q -s tests/messages/test_bewijs.py

proof-crash: env-dev ## lang bewijs: database, server en wekker vallen om terwijl mensen typen en besluiten (KILLS=30; ZAAD=... doet dezelfde opnieuw)
	@VANGNET_VALLEN=$(if $(filter command line environment,$(origin KILLS)),$(KILLS),30) VANGNET_ZAAD=$(ZAAD) \
		$(PY) -m pytest -q -s tests/crash/test_val_om.py

lock: env-dev ## de lijsten met pakketten opnieuw vastleggen
	@sh scripts/lock.sh

clean: ## weg met omgeving, testdatabase en bouwsels (de demo houdt haar gegevens)
	@if [ -x $(PY) ]; then $(PY) -c "from vangnet.cli import postgres; postgres.discard('test')"; fi
	@rm -rf .venv .venv.slot build dist staticfiles .pytest_cache .mypy_cache .ruff_cache .hypothesis \
		.import_linter_cache src/vangnet.egg-info
	@find src tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +

env-run:
	@sh scripts/bootstrap.sh run

env-dev:
	@sh scripts/bootstrap.sh dev
