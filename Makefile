# The verbs a person types. `make help` lists them from the `##` comments here.
# Programs land in build/bin; JOBS=N limits the compilers, DIR=… names a demo cabinet's folder.

JOBS ?= $(shell nproc)
PREFIX ?= /usr/local
DESTDIR ?=
DIR ?= run
SLOTS ?= 41
SECONDS_EACH ?= 60
CUTS ?= 50000
SEED ?= $(shell date +%s)
export JOBS

.DEFAULT_GOAL := help
.PHONY: help deps build demo demo-up demo-down check lint format test asan tsan fuzz crash perf perf-long install clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

deps: ## install the Debian packages that are missing, also those for tests (as root)
	@packaging/deps all

build: ## the programs, optimised, into build/bin (as root: installs what the build needs)
	@packaging/deps build
	@scripts/build release programs

demo: build ## a simulated 41-slot cabinet in ./run plays the main job, then stops
	@scripts/demo

demo-up: build ## start an empty simulated cabinet, or resume it: make demo-up DIR=/tmp/cab [SLOTS=41]
	@scripts/demo-up '$(DIR)' '$(SLOTS)'

demo-down: ## stop it: make demo-down DIR=/tmp/cab
	@scripts/demo-down '$(DIR)'

check: ## everything: packages, build, lint, all tests, ASan+UBSan, short fuzz; one closing line
	@packaging/deps all
	@tests/house/check lint test asan fuzz

lint: ## format, clang-tidy, rooms, sizes, links, man pages against tables
	@packaging/deps all
	@tests/house/check lint

format: ## put every C++ file into the shape that lint wants
	@find lib daemon cmd tests -name fixtures -prune -o \( -name "*.cpp" -o -name "*.hpp" \) -print | xargs clang-format -i

test: ## unit and system tests on the optimised build
	@packaging/deps all
	@tests/house/check test

asan: ## unit and system tests under AddressSanitizer and UndefinedBehaviorSanitizer
	@packaging/deps all
	@tests/house/check asan

tsan: ## unit and system tests under ThreadSanitizer
	@packaging/deps all
	@tests/house/check tsan

fuzz: ## every fuzzer for 60 s (SECONDS_EACH=N); finds land in build/fuzz/finds
	@packaging/deps all
	@scripts/fuzz '$(SECONDS_EACH)'

crash: ## cut the power under the ledger 50,000 times (CUTS=N SEED=N) and count what is lost
	@packaging/deps all
	@scripts/build release seals-crash
	@build/bin/seals-crash --cuts '$(CUTS)' --seed '$(SEED)'

perf: ## print the figures of the design beside their goals
	@packaging/deps all
	@scripts/build release seals-perf
	@build/bin/seals-perf

perf-long: ## the figures that depend on the ledger's size, with 10,000,000 events (9 GB, half an hour)
	@packaging/deps all
	@scripts/build release seals-perf
	@build/bin/seals-perf perf.tmp 10000000 ledger

install: build ## programs, manual, examples: make install [DESTDIR=…] [PREFIX=/usr/local]
	@DESTDIR='$(DESTDIR)' cmake --install build --prefix '$(PREFIX)'

clean: ## remove build/
	@rm -rf build
