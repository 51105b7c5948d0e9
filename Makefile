# Two commands: `make demo` shows what Recurve does, `make test` proves that it works.
.DEFAULT_GOAL := help
.PHONY: help setup setup-training setup-tests demo real-run test test-slow test-windows lint train-urban train-buildings train-universal universal-folds universal-caution demo-images graphs models pages translations bench-forms bench-training bench-busy bench-classifiers bench-any-map bench-universal bench-hints study bench-engine bench-gpu test-gpu clean

export QGIS_CUSTOM_CONFIG_PATH := $(CURDIR)/build/qgis
export QT_QPA_PLATFORM ?= offscreen

SYSTEM_PYTHON := /usr/bin/python3
PYTHON := build/venv/bin/python
GPU_PYTHON ?= python3
# the checkout under the plugin's name, whatever its own name is
PLUGINS := build/qgis/profiles/default/python/plugins

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 18

setup: ## install what is missing, enable the plugin in a QGIS profile of its own (build/qgis)
	@sh scripts/setup.sh

setup-training: ## the same, and PyTorch and ONNX, for training in QGIS
	@sh scripts/setup.sh training

setup-tests:
	@sh scripts/setup.sh tests

demo: setup ## classify and correct real images through QGIS, measure it, make pictures
	$(SYSTEM_PYTHON) scripts/demo.py

real-run: setup-training ## from an image and outlines to an assessed map, as docs/banepa.md tells it (minutes)
	$(SYSTEM_PYTHON) scripts/real_run.py

lint: setup-tests ## style, types, the wall between QGIS and the engine
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	MYPYPATH=$(PLUGINS) $(PYTHON) -m mypy -p recurve.core -p recurve.models -p recurve.algorithms -p recurve.plugin

test: lint ## lint, then all tests that need neither a GPU nor long training
	$(PYTHON) -m pytest -m "not slow and not gpu"

test-slow: setup-tests ## the tests that take minutes, among them 10 000 hostile network files
	$(PYTHON) -m pytest -m "slow and not gpu"

test-windows: setup-tests ## the part of the tests that works in QGIS's windows; screenshots in build/windows
	$(PYTHON) -m pytest tests/windows

train-urban: setup-tests ## train the pretrained networks for urban land cover
	PYTHONPATH=$(PLUGINS) $(PYTHON) -m recurve.recipes.train_urban

train-buildings: setup-tests ## train the pretrained networks for buildings
	PYTHONPATH=$(PLUGINS) $(PYTHON) -m recurve.recipes.train_buildings

universal-folds: setup-tests ## real maps, and the universal correctors that leave places out (hours; resumable)
	PYTHONPATH=$(PLUGINS) $(PYTHON) -m recurve.recipes.universal_maps
	for groups in inria-austin+inria-chicago+inria-europe+spacenet+monterey-dunes banepa+banepa-test+naip-fields+breeding-plots+dubai; do \
		PYTHONPATH=$(PLUGINS) $(PYTHON) -m recurve.recipes.train_universal build/universal/networks/fold_$$groups.pt --without $$(echo $$groups | tr + ' ') || exit 1; \
	done

universal-caution: setup-tests ## how cautious the universal corrector has to be, by the places left out
	PYTHONPATH=$(PLUGINS) $(PYTHON) -m recurve.benchmarks.universal_caution

train-universal: setup-tests ## train the universal corrector that is published, from all places
	PYTHONPATH=$(PLUGINS) $(PYTHON) -m recurve.recipes.universal_maps
	PYTHONPATH=$(PLUGINS) $(PYTHON) -m recurve.recipes.train_universal build/universal/networks/all.pt
	PYTHONPATH=$(PLUGINS) $(PYTHON) -m recurve.recipes.release_universal

demo-images: setup-tests ## cut the images of the demonstration anew
	PYTHONPATH=$(PLUGINS) $(PYTHON) -m recurve.recipes.demo_images

graphs: setup-tests ## write the small graphs around the networks anew (models/runtime/graphs)
	PYTHONPATH=$(PLUGINS) $(PYTHON) -m recurve.recipes.graphs

# QT_HASH_SEED: attributes in the same order each time
models: setup ## build the example models for the graphical modeler anew (resources/models)
	QT_HASH_SEED=0 PYTHONPATH=$(PLUGINS) $(SYSTEM_PYTHON) -m recurve.scripts.example_models

pages: setup ## write the pages of the algorithms anew (docs/algorithms)
	LC_ALL=C.UTF-8 PYTHONPATH=$(PLUGINS) $(SYSTEM_PYTHON) -m recurve.scripts.algorithm_pages

translations: ## bring i18n up to date with the texts in the code; NEW=fr begins a language
	@$(SYSTEM_PYTHON) scripts/translations.py $(NEW)

bench-forms: setup-tests ## which form of the corrector's iteration is fastest in ONNX Runtime
	PYTHONPATH=$(PLUGINS) $(PYTHON) -m recurve.benchmarks.corrector_forms

bench-training: setup-tests ## how fast networks learn, against the textbook form and against data in memory
	PYTHONPATH=$(PLUGINS) $(PYTHON) -m recurve.benchmarks.training

bench-busy: setup-tests ## what a training loses to others who use the same cores
	PYTHONPATH=$(PLUGINS) $(PYTHON) -m recurve.benchmarks.busy_cores

bench-classifiers: setup-tests ## what the forms of the classifier cost and are worth (trains for minutes)
	PYTHONPATH=$(PLUGINS) $(PYTHON) -m recurve.benchmarks.classifier_forms

bench-any-map: setup-tests ## a map of another tool, corrected, against hand-crafted filters
	$(PYTHON) -m pip install -q --no-deps -r requirements-bench.txt
	PYTHONPATH=$(PLUGINS) $(PYTHON) -m recurve.benchmarks.any_map

bench-universal: setup-tests ## the universal corrector on places left out; NETWORKS="a.onnx=GROUP+GROUP" for other networks
	$(PYTHON) -m pip install -q --no-deps -r requirements-bench.txt
	PYTHONPATH=$(PLUGINS) $(PYTHON) -m recurve.benchmarks.universal $(NETWORKS)

bench-hints: setup-tests ## what hints do on places left out; NETWORKS="a.onnx=GROUP+GROUP" for other networks
	$(PYTHON) -m pip install -q --no-deps -r requirements-bench.txt
	PYTHONPATH=$(PLUGINS) $(PYTHON) -m recurve.benchmarks.hints $(NETWORKS)

study: setup-tests ## everything that benchmarks/study.md tells (hours, resumable); PARTS="banepa report" SEEDS="0 1" for some
	$(PYTHON) -m pip install -q --no-deps -r requirements-bench.txt
	PYTHONPATH=$(PLUGINS) $(PYTHON) -m recurve.benchmarks.study $(PARTS) $(if $(SEEDS),--seeds $(SEEDS))

bench-engine: setup-tests ## how close a run is to the bare networks, in time and memory; PARTS="whole mask" for some parts
	$(PYTHON) -m pip install -q --no-deps -r requirements-bench.txt
	PYTHONPATH=$(PLUGINS) $(PYTHON) -m recurve.benchmarks.engine $(PARTS)

bench-gpu: setup-tests ## the same on an NVIDIA GPU, in both precisions, with its tests (the networks alone: benchmarks/gpu.py)
	$(PYTHON) -m pytest -m gpu tests/core
	PYTHONPATH=$(PLUGINS) $(PYTHON) -m recurve.benchmarks.engine --device CUDA whole memory size mask seams
	PYTHONPATH=$(PLUGINS) $(PYTHON) -m recurve.benchmarks.engine --device CUDA --precision fp16 whole

test-gpu: ## the networks' tests that need an NVIDIA GPU; GPU_PYTHON=... has pytest, numpy and onnxruntime-gpu, and no GDAL
	$(GPU_PYTHON) -m pytest -m gpu tests/models/runtime/test_gpu.py

clean: ## remove what was set up; trainings stay
	rm -rf build/qgis build/venv build/demo build/windows
