#!/usr/bin/env bash
# The preview, longer than `cargo test` tries it: 500 random edits, and every way to save a
# file where the system gives no events of changes. Fails at the first failure.
set -euo pipefail
cd "$(dirname "$0")/.."

echo '500 random edits'
SERVE_EDITS="${SERVE_EDITS:-500}" SERVE_SEED="${SERVE_SEED:-$RANDOM}" \
  cargo test --locked --quiet --test suite -- serve::random

# A user's own limits of inotify, where none is left.
for limit in watches instances; do
  echo "saves without events: max_inotify_$limit is 0"
  NO_EVENTS=$limit cargo test --locked --quiet --test suite -- serve::edits
done

echo 'that there are no events is said once'
book=$(mktemp -d)
trap 'rm -rf "$book"' EXIT
cp -r tests/sites/minimal/. "$book"
program=$PWD/target/debug/fieldguide
said=$(timeout 3 unshare -Ur sh -c \
  "echo 0 > /proc/sys/user/max_inotify_watches && exec '$program' serve --port 0 --root '$book'" \
  2>&1 || true)
[ "$(grep -cF 'warning[no-events]' <<<"$said")" = 1 ] || { echo "$said"; exit 1; }
