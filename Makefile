# Bongsu: what one types. Each target installs what it needs; Go comes first.
SHELL := /bin/bash
.DEFAULT_GOAL := help
# One file that needs nothing of the system, and starts a millisecond sooner.
export CGO_ENABLED := 0
BONGSU := go run ./generator/cmd/bongsu
# For the tests of bongsu-publish: the libraries of the storage providers are
# compiled without optimisation, and those of S3 alone, to save minutes. What
# bongsu itself is made of is compiled as ever, so that it is compiled once.
CHEAP := -tags=s3only '-ldflags=-s -w' $(foreach m,github.com/aws gocloud.dev google.golang.org go.opentelemetry.io github.com/google github.com/googleapis,'-gcflags=$(m)/...=-N -l')

.PHONY: help site serve check kit test bench shots lighthouse fmt clean

help: ## Show these targets
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

site: ## Build content/ into public/ and say where to look
	@$(BONGSU) build
	@echo "look at it: make serve"

serve: ## Show the site at http://127.0.0.1:8080/ and follow every change
	@$(BONGSU) serve

check: ## Find every fault of the content and of the pages
	@$(BONGSU) check

test: ## Run every test (installs browsers and checkers on Debian)
	@generator/test/setup.sh
	go vet ./...
	@test -z "$$(gofmt -l generator templates)" || { gofmt -l generator templates; echo "run make fmt"; exit 1; }
	go test -timeout 20m ./...
	cd generator/cmd/bongsu-publish && export GOFLAGS="$$(go env GOFLAGS) $(CHEAP)" && go test -timeout 10m .

# What make bench measures, and how often; SCALE: Bongsu alone (100000:200).
SIZES ?= 100,1000
RUNS ?= 5
SCALE ?=
bench: ## Measure the stages, then Bongsu beside Hugo: SIZES=1000,10000 RUNS=5
	generator/bench/stages.sh
	go run ./generator/bench/compare -sizes "$(SIZES)" -runs $(RUNS) -scale "$(SCALE)"

shots: ## Picture every kind of page into a folder that is printed
	@generator/test/setup.sh
	@BONGSU_SHOTS=1 go test -count 1 -timeout 20m -run '^TestShots$$' -v ./generator/test | grep -E '^shots:|FAIL|Error'

lighthouse: ## Score the main pages with Lighthouse (installs 180 MB)
	@generator/test/setup.sh
	@cd generator/test/lighthouse && npm install --silent --no-audit --no-fund --no-package-lock
	@BONGSU_LIGHTHOUSE=1 go test -count 1 -timeout 20m -run '^TestLighthouse$$' -v ./generator/test | grep -E '^lighthouse:|FAIL|_test.go'

fmt: ## Format the Go code
	gofmt -w generator templates

kit: ## Renew what helps editors: schemas, snippets, the guide's lists and its copy for new sites
	@$(BONGSU) kit
	@cp content/README.md generator/cli/init/site/content/README.md

clean: ## Remove what was built
	rm -rf .public.next .public.old .public.lock .public.built .public.known .public.words generator/test/node_modules generator/test/lighthouse/node_modules
	find public -mindepth 1 ! -name .gitignore -delete
