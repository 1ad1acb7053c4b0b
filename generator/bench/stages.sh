#!/bin/sh
# Runs the benchmark of each stage and sets it beside the figures kept in
# stages.txt. With -keep, the new figures are kept: say why in the commit.
set -eu
cd "$(dirname "$0")/../.."
kept=generator/bench/stages.txt
new=$(mktemp)
trap 'rm -f "$new"' EXIT
echo "the stages, six runs each" >&2
go test -run '^$' -bench '^BenchmarkStage$' -count 6 -benchtime 0.1s ./generator/bench/stage > "$new" || { cat "$new"; exit 1; }
[ "${1:-}" != -keep ] || { cp "$new" "$kept"; exit; }
go run golang.org/x/perf/cmd/benchstat@v0.0.0-20260908200009-22c9c6c9d4da "kept=$kept" "new=$new"
