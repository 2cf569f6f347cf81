#!/usr/bin/env bash
# tests/topologies.sh --count N --seed S: random nets, held to a reference; --help has the rest.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
.ci/require python3
exec python3 tests/topologies/topologies.py "$@"
