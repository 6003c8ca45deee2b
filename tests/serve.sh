#!/usr/bin/env bash
# The preview, longer than `cargo test` tries it: 500 random edits, 9,000 changes while it is
# stopped, and every way to save a file where the system gives no events of changes. Fails at
# the first failure.
set -euo pipefail
cd "$(dirname "$0")/.."

echo '500 random edits'
SERVE_EDITS="${SERVE_EDITS:-500}" SERVE_SEED="${SERVE_SEED:-$RANDOM}" \
  cargo test --locked --quiet --test suite -- serve::random

echo '9,000 files that change while it is stopped, and 200 ends'
SERVE_STORM=9000 SERVE_ENDS=200 cargo test --locked --quiet --test suite -- serve::storm

# A user's own limits of inotify, where none is left.
for limit in watches instances; do
  echo "saves without events: max_inotify_$limit is 0"
  NO_EVENTS=$limit cargo test --locked --quiet --test suite -- serve::edits
done

book=$(mktemp -d)
server=
# strace lets no signal end it: what it watches is ended, and it follows.
end() {
  if [ -n "$server" ]; then kill $(< "/proc/$server/task/$server/children"); wait "$server" || true; fi
  rm -rf "$book"
}
trap end EXIT
cp -r tests/sites/minimal/. "$book/"
program=$PWD/target/debug/fieldguide

echo 'that there are no events is said once'
said=$(timeout 3 unshare -Ur sh -c \
  "echo 0 > /proc/sys/user/max_inotify_watches && exec '$program' serve --port 0 --root '$book'" \
  2>&1 || true)
[ "$(grep -cF 'warning[no-events]' <<<"$said")" = 1 ] || { echo "$said"; exit 1; }

echo 'no request reaches the file system'
# Nothing is looked at for ten seconds, and what the start reads is read by then.
strace -f -qq -e trace=%file,execve -o "$book/calls" \
  "$program" serve --port 0 --poll 10000 --root "$book" > "$book/said" &
server=$!
until grep -qs Serving "$book/said"; do sleep 0.05; done
sleep 2
port=$(sed -n 's/.*localhost:\([0-9]*\).*/\1/p' "$book/said")
before=$(wc -l < "$book/calls")
answers=0
for path in / /small/ /small/frameworks/django/ /small/nope /small/book.toml /small/../book.toml \
  /small/%2e%2e/book.toml /../../../../etc/passwd /small/..%2f..%2fetc/passwd '/small/?raw??' \
  /small/sitemap.xml /~fieldguide/reload.js /~fieldguide/../book.toml /small/themes/ //etc/passwd; do
  exec 3<>"/dev/tcp/127.0.0.1/$port"
  printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$path" >&3
  grep -aq '^HTTP/1.1 [234]' <&3 && answers=$((answers + 1))
  exec 3>&-
done
[ "$answers" = 15 ] || { echo "$answers of 15 requests were answered"; exit 1; }
[ "$(wc -l < "$book/calls")" = "$before" ] || { tail -n "+$((before + 1))" "$book/calls"; exit 1; }
[ "$(grep -c execve "$book/calls")" = 1 ] || { echo 'a program was started'; exit 1; }
