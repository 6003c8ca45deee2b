#!/usr/bin/env bash
# Makes a git of at least 2.45, whose repositories can hold refs in tables, where the machine's own is older.
# `bash tests/newer-git.sh` prints the folder with the program, or nothing if the machine's own git is new enough.
# Fails, with the reason on standard error, where none can be made. A second run takes what the first has built.
#
# The source comes from the next Debian releases, from the mirror that apt knows already, and its signature is checked.
# Lists and archives are kept apart from those of the machine.
set -euo pipefail
cd "$(dirname "$0")/.."

needed=2.45
folder="$PWD/target/newer-git"

fail() { echo "$1" >&2; exit 1; }

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

# Whether the git program $1 is new enough.
is_new() {
  local version
  version=$("$1" version 2>/dev/null | awk '{ print $3 }') || return 1
  [ -n "$version" ] && printf '%s\n%s\n' "$needed" "$version" | sort --check=quiet --version-sort
}

# Runs apt-get with lists, archives and sources of its own.
private_apt() {
  apt-get -qq \
    -o Dir::State="$work/state" -o Dir::Cache="$work/cache" \
    -o Dir::State::status=/var/lib/dpkg/status \
    -o Dir::Etc::SourceList="$work/git.sources" -o Dir::Etc::SourceParts=/dev/null \
    -o Acquire::AllowInsecureRepositories=false -o APT::Sandbox::User=root "$@"
}

# Unpacks the source of git from the release $1 of Debian into $work.
fetch_source() {
  local mirror
  # shellcheck disable=SC2016 # apt fills it
  mirror=$(apt-get indextargets --format '$(SITE)' 'Label: Debian' 'Identifier: Packages' | head -n 1)
  [ -n "$mirror" ] || return 1
  printf '%s\n' 'Types: deb-src' "URIs: $mirror" "Suites: $1" 'Components: main' \
    'Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg' >"$work/git.sources"
  mkdir -p "$work/state/lists/partial" "$work/cache/archives/partial"
  private_apt update -o APT::Update::Error-Mode=any || return 1
  (cd "$work" && private_apt source git)
}

install_tools() {
  local missing=()
  [ -f /usr/include/zlib.h ] || missing+=(zlib1g-dev)
  command -v make >/dev/null || missing+=(make)
  command -v cc >/dev/null || missing+=(gcc libc6-dev)
  command -v dpkg-source >/dev/null || missing+=(dpkg-dev)
  [ ${#missing[@]} -eq 0 ] && return
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}"
}

# Builds the git whose source is in $work, without what its work on local repositories does not need.
build() {
  make -s -C "$(echo "$work"/git-*/)" -j"$(nproc)" \
    NO_CURL=1 NO_EXPAT=1 NO_GETTEXT=1 NO_TCLTK=1 NO_PERL=1 NO_PYTHON=1 NO_OPENSSL=1 \
    prefix="$folder" CFLAGS=-O1 INSTALL_SYMLINKS=1 all install
}

if is_new git; then exit 0; fi
if is_new "$folder/bin/git"; then echo "$folder/bin"; exit 0; fi
command -v apt-get >/dev/null || fail 'no apt-get, so no source of git from Debian'
install_tools >&2 || fail 'the tools that build git can not be installed'
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fetch_source trixie >&2 || fail 'the source of git can not be fetched from the mirror of this machine'
build >"$work/log" 2>&1 || fail "git can not be built: $(tail -n 5 "$work/log")"
is_new "$folder/bin/git" || fail "the git that was built is older than $needed"
echo "$folder/bin"
