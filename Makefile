SHELL := /bin/bash
.DEFAULT_GOAL := help

help: ## say what there is to do
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: tools/server build ## start a demonstration market on an embedded PostgreSQL
	bin/freehold demo $(ARGS)

test: tools/all ## set up what is missing, then run all tests
	go vet ./...
	go run ./internal/kit/localpg/testserver -- go test -timeout 9m -skip '^TestLong' ./...

race: tools/all ## run all tests with the race detector (slower)
	go run ./internal/kit/localpg/testserver -- go test -race -timeout 30m ./...

every: tools/all ## go to every page of the demonstration, as five people, and look for flaws
	go run ./internal/kit/localpg/testserver -- go test -timeout 30m -run '^TestLong' ./internal/app

planted: tools/server ## plant mistakes in the rules for silence, and see random walks find each
	go run ./internal/kit/localpg/testserver -- go test -v -timeout 60m -run '^TestLongHuntForPlantedBugs$$' ./internal/contract

look: tools/all ## take pictures of all pages in four looks, into screenshots/index.html
	SCREENSHOTS=$(CURDIR)/screenshots go run ./internal/kit/localpg/testserver -- \
		go test -count=1 -timeout 30m -run '^TestLongWalkOverEveryPage$$' ./internal/app

lighthouse: tools/lighthouse build ## have Lighthouse judge the pages that people see most
	node scripts/lighthouse.mjs

fuzz: ## look for inputs that break the parsers, ten seconds each
	scripts/fuzz

build: ## make bin/freehold
	go build -trimpath -o bin/freehold ./cmd/freehold

generate: ## write the Go of the templates for pages and mail anew
	go tool templ generate -path internal/web
	go tool templ generate -path internal/kit/mail

catalogue: generate ## gather every text that people read for its translators
	go run ./internal/kit/say/collect

check: build ## look whether every promise holds in the market of DATABASE_URL or ./data
	bin/freehold check

lint: ## look for what compiles and is wrong all the same
	scripts/lint

bench: build ## measure the ledger beside pgbench
	bin/freehold bench ledger

tools/server:
	@scripts/setup server

tools/all:
	@scripts/setup all

tools/lighthouse:
	@scripts/setup lighthouse

.PHONY: help run test race every planted look lighthouse fuzz build generate catalogue check lint bench tools/server tools/all tools/lighthouse
