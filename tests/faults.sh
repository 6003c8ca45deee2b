#!/usr/bin/env bash
# What is left of a site when its build goes wrong?
#
#   tests/faults.sh BINARY BOOK        for example: tests/faults.sh target/release/fieldguide .
#
# Builds an old and a new state of a copy of BOOK, then breaks the build from old to new in
# many ways, and after each of them looks at the output:
#   - a system call fails (ENOSPC, EIO), or the process is killed at it, at the N-th call;
#   - the process is killed at a random moment;
#   - the disk has too few blocks, or too few inodes;
#   - folders cannot be exchanged in one step, or not be moved at all; files not be linked.
# The output must be the complete old or the complete new site, byte for byte; exit code 0
# must mean new; no exit code may be a panic's; and one more build must give the new site
# and leave nothing beside it but the spare tree. Where files are replaced one by one, each
# must be whole, and one more build must give the new site.
#
# One line for each kind of fault, then one for all; exit code 1 if anything is wrong.
# POINTS=6 calls are tried of each kind from each of three beginnings, evenly spread over all
# there are; POINTS=100000 tries every one. KILLS=200. Needs root (mount), strace, diff.
# About two minutes.
set -euo pipefail

[ $# = 2 ] || { sed -n '2,4s/^# \?//p' "$0" >&2; exit 2; }
tool=$(realpath "$1")
book=$(realpath "$2")
points=${POINTS:-6}
[ "$points" -gt 1 ] || { echo "POINTS is at least 2" >&2; exit 2; }
kills=${KILLS:-200}
work=$(mktemp -d ${DISK:+-p "$DISK"})
# The faults are the same on a RAM disk, and other work on the machine slows it down less.
[ -n "${DISK:-}" ] || mount -t tmpfs tmpfs "$work"
disk=$work/disk
run=$work/run
log=$work/log
began=$SECONDS

# "Today" is an input of a build: the same one for all, also at midnight.
SOURCE_DATE_EPOCH=$(date +%s)
export SOURCE_DATE_EPOCH

finish() {
    local mounted
    for mounted in "$run/public" "$work/run" "$disk" "$work"; do
        ! mountpoint -q "$mounted" || umount "$mounted"
    done
    rm -rf "$work"
}
trap finish EXIT

build() { # STATE OUT [COMMAND...]: builds a state of the book, perhaps under a command
    local state=$1 out=$2
    shift 2
    "$@" "$tool" build --root "$work/book/$state" --out "$out" --jobs 1 >"$work/said" 2>&1
}

same() { diff -rq --no-dereference "$1" "$2" >/dev/null 2>&1; }

which_site() { # OUT START: says old, new, absent or broken
    if [ ! -e "$1" ]; then
        [ "$2" = none ] && echo old || echo absent
    elif same "$1" "$work/site/new"; then
        echo new
    elif [ "$2" != none ] && same "$1" "$work/site/old"; then
        echo old
    else
        echo broken
    fi
}

every_file_is_whole() { # OUT
    local file path
    while IFS= read -r -d '' file; do
        path=${file#"$1"/}
        case $path in .fieldguide.*) continue ;; esac
        cmp -s "$file" "$work/site/old/$path" || cmp -s "$file" "$work/site/new/$path" ||
            return 1
    done < <(find "$1" -type f -print0)
}

prepare() { # START: makes the folder that a build begins with
    rm -rf "$run"
    cp -a "$work/start/$1" "$run"
}

judge() { # KIND POINT START CODE: what a build left, and what the next one makes of it
    local kind=$1 point=$2 start=$3 code=$4 site wrong=""
    site=$(which_site "$run/public" "$start")
    case $kind in
    *steps*) # Between two steps there is no site; the next build puts it back first.
        if [ "$site" = absent ]; then
            build old "$run/public" || true
            site=$(which_site "$run/public" "$start")
        fi ;;
    *one-by-one*)
        if [ "$site" = broken ] && every_file_is_whole "$run/public"; then site=old; fi ;;
    esac
    case $site in old | new) ;; *) wrong+=" broken"; site=broken ;; esac
    case $code in 0 | 1 | 2 | 3 | 124 | 127 | 137) ;; *) wrong+=" panic"; site=broken ;; esac
    if [ "$code" = 0 ] && [ "$site" != new ]; then wrong+=" lie"; fi
    cp "$work/said" "$work/said-before"
    if ! build new "$run/public" || ! same "$run/public" "$work/site/new" ||
        [ -n "$(ls -A "$run" | grep -vxE 'public|\.public\.spare' || true)" ]; then
        wrong+=" leftover"
    fi
    echo "$kind $site ${wrong:-fine}" >>"$log"
    if [ -n "$wrong" ]; then
        echo "$kind, at $point, starting from $start, exit code $code:$wrong" >&2
        ls -A "$run" >&2
        tail -qn 5 "$work/said-before" "$work/said" | sed 's/^/    /' >&2
    fi
}

break_at() { # KIND POINT START STRACE-OPTIONS...
    local kind=$1 point=$2 start=$3 code=0
    shift 3
    prepare "$start"
    # Not every call has to be stopped at; but strace kills at none if it does not.
    local quick=--seccomp-bpf
    [[ $* != *signal=KILL* ]] || quick=-f
    # The shell's own word on a killed process says nothing new.
    build new "$run/public" strace -f $quick -qq -o /dev/null "$@" 2>/dev/null || code=$?
    if [[ $* = *signal=KILL* && $code != 137 ]]; then
        echo "$kind: nothing was killed at $point, starting from $start" >&2
        exit 1
    fi
    judge "$kind" "$point" "$start" "$code"
}

# The numbers 1 to $1, or as many of them as we try.
spread() {
    local n
    if [ "$1" -le "$points" ]; then
        seq "$1"
    else
        for ((n = 0; n < points; n++)); do
            echo $((1 + n * ($1 - 1) / (points - 1)))
        done
    fi
}

# How often the busiest thread of a build makes a system call: strace counts by thread.
calls() { # SYSCALL START [STRACE-OPTIONS...]
    local syscall=$1 start=$2
    shift 2
    prepare "$start"
    build new "$run/public" strace -f --seccomp-bpf -qq -o "$work/trace" "$@" \
        -e trace="$syscall,renameat2" || true
    awk -v call=" $syscall(" '
        index($0, call) { n[$1]++ }
        END { for (t in n) if (n[t] > max) max = n[t]; print max + 0 }' "$work/trace"
}

sweep() { # KIND FAULT SYSCALL STARTS [STRACE-OPTIONS...]
    local kind=$1 fault=$2 syscall=$3 starts=$4 start n
    shift 4
    for start in $starts; do
        for n in $(spread "$(calls "$syscall" "$start" "$@")"); do
            break_at "$kind" "$syscall $n" "$start" "$@" \
                -e inject="$syscall:$fault:when=$n" -e trace="$syscall,renameat2"
        done
    done
}

make_states() {
    local state
    mkdir -p "$work"/book "$work"/site "$work"/start/{none,plain,spare}
    for state in older old new; do
        mkdir "$work/book/$state"
        (cd "$book" && cp -r book.toml content "$work/book/$state/")
        [ ! -d "$book/themes" ] || cp -r "$book/themes" "$work/book/$state/"
        mkdir -p "$work/book/$state/content/assets"
        echo "$state" >"$work/book/$state/content/assets/faults-changed.txt"
        echo "$state" >"$work/book/$state/content/assets/faults-only-$state.txt"
        # Shared by the site and the spare tree, until it changes.
        echo "${state/#old*/early}" >"$work/book/$state/content/assets/faults-shared.txt"
        printf '\nThis is the %s state.\n' "$state" >>"$work/book/$state/content/index.md"
        build "$state" "$work/site/$state" || { cat "$work/said" >&2; exit 1; }
    done
    same "$work/site/old" "$work/site/new" && { echo "the states are alike" >&2; exit 1; }
    build old "$work/start/plain/public"
    build older "$work/start/spare/public"
    build old "$work/start/spare/public"
}

fail_calls() {
    local syscall
    for syscall in openat write mkdirat renameat2 renameat linkat fchmod; do
        sweep "$syscall:ENOSPC" error=ENOSPC "$syscall" "spare plain none"
    done
    for syscall in openat write mkdirat renameat2 renameat linkat fchmod \
        unlinkat newfstatat statx fstat flock getdents64 read; do
        sweep "$syscall:EIO" error=EIO "$syscall" "spare plain none"
        sweep "$syscall:KILL" signal=KILL "$syscall" "spare plain none"
    done
    # What a build does must be among what we tried.
    for syscall in openat write mkdirat renameat2 renameat linkat unlinkat flock; do
        grep -q "^$syscall:" "$log" || { echo "no call of $syscall" >&2; exit 1; }
    done
}

change_disk() {
    local n
    for n in $(seq 3); do
        break_at "no-links:EPERM" all spare -e trace=linkat -e inject=linkat:error=EPERM
        break_at "no-links:EMLINK" all plain -e trace=linkat -e inject=linkat:error=EMLINK
    done
    local steps="-e inject=renameat2:error=EINVAL"
    local apart="-e inject=renameat2:error=EBUSY"
    # shellcheck disable=SC2086 # each is two arguments
    {
        break_at "in-steps:none" all spare -e trace=renameat2 $steps
        break_at "one-by-one:none" all spare -e trace=renameat2 $apart
        sweep "in-steps:KILL" signal=KILL renameat "spare plain" $steps
        sweep "in-steps:EIO" error=EIO renameat "spare plain" $steps
        for syscall in renameat unlinkat openat write; do
            sweep "one-by-one:KILL" signal=KILL "$syscall" spare $apart
            sweep "one-by-one:ENOSPC" error=ENOSPC "$syscall" spare $apart
        done
    }
}

expect_one_by_one() { # KIND: builds old and new where the output cannot be moved
    local state
    for state in new old new; do
        if build "$state" "$run/public" && same "$run/public" "$work/site/$state" &&
            [ "$(ls -A "$run")" = public ] && grep -q "file by file" "$work/said"; then
            echo "$1 new fine" >>"$log"
        else
            echo "$1 broken broken" >>"$log"
            cat "$work/said" >&2
        fi
    done
}

mount_points() {
    rm -rf "$run" && mkdir -p "$run/public"
    mount -t tmpfs tmpfs "$run/public"
    expect_one_by_one "mount-point:none"
    umount "$run/public"
    rm -rf "$run" && mkdir -p "$run" "$work"/layer/{upper,work}
    mount -t overlay overlay "$run" \
        -o "lowerdir=$work/start/plain,upperdir=$work/layer/upper,workdir=$work/layer/work"
    expect_one_by_one "lower-layer:none"
    umount "$run"
}

shrink_disk() { # KIND OPTION LEAST MOST STEPS
    local kind=$1 option=$2 least=$3 most=$4 steps=$5 n size code
    mkdir -p "$disk"
    for ((n = 0; n < steps; n++)); do
        size=$((least + n * (most - least) / (steps - 1)))
        mount -t tmpfs -o "$option=$size" tmpfs "$disk"
        run=$disk/run
        mkdir "$run"
        code=0
        if build old "$run/public"; then
            build new "$run/public" || code=$?
            site=$(which_site "$run/public" plain)
        else
            code=$?
            site=$(which_site "$run/public" none)
        fi
        wrong=fine
        case $site in old | new) ;; *) wrong=broken ;; esac
        case $code in 0) [ "$site" = new ] || wrong=lie ;; 3) ;; *) wrong=broken ;; esac
        [ "$wrong" = fine ] || { echo "$kind $size: $wrong ($code)" >&2; cat "$work/said" >&2; }
        echo "$kind $site $wrong" >>"$log"
        umount "$disk"
    done
    run=$work/run
}

kill_at_random() {
    local n start took from
    prepare plain
    from=${EPOCHREALTIME/./}
    build new "$run/public"
    took=$((${EPOCHREALTIME/./} - from))
    for ((n = 0; n < kills; n++)); do
        start=plain
        [ $((n % 2)) = 0 ] || start=spare
        prepare "$start"
        local after=$((RANDOM * 32768 + RANDOM)) code=0
        after=$(printf '0.%06d' $((after % (took + took / 4) % 1000000)))
        build new "$run/public" timeout --foreground -s KILL "$after" 2>/dev/null || code=$?
        judge "random:KILL" "$after s" "$start" "$code"
    done
}

watch_readers() { # There is a whole site at every moment, also while it is exchanged.
    local n reader
    prepare spare
    : >"$work/gaps"
    while :; do
        [ -s "$run/public/index.html" ] || echo gap >>"$work/gaps"
    done &
    reader=$!
    for n in $(seq 20); do
        build old "$run/public"
        build new "$run/public"
    done
    kill "$reader"
    wait "$reader" 2>/dev/null || true
    if [ -s "$work/gaps" ]; then
        echo "a reader found no page $(wc -l <"$work/gaps") times" >&2
        echo "readers:none broken broken" >>"$log"
    else
        echo "readers:none new fine" >>"$log"
    fi
}

# A build that has opened the lock of another must not take it for its own when that one
# has ended and a third build has begun.
lose_lock() {
    local code=0 said="lock:lost old fine"
    prepare plain
    : >"$run/.public.lock"
    (build new "$run/public" strace -f -qq -o /dev/null -e trace=flock \
        -e inject=flock:delay_enter=500000) &
    sleep 0.2
    rm "$run/.public.lock"
    (flock 9 && sleep 1) 9>"$run/.public.lock" &
    wait %?build || code=$?
    [ "$code" = 3 ] && [ "$(which_site "$run/public" plain)" = old ] ||
        said="lock:lost broken broken"
    echo "$said" >>"$log"
    wait
}

set_umask() {
    rm -rf "$run" && mkdir "$run"
    (umask 077 && build new "$run/public")
    local wrong=fine
    [ -z "$(find "$run/public" -type f ! -perm 644 -o -type d ! -perm 755)" ] || wrong=broken
    echo "umask:077 new $wrong" >>"$log"
}

report() {
    awk '
        function line(k) {
            printf "%-22s %6d %6d %6d %6d %6d %9d\n", k, points[k], old[k], new[k],
                broken[k], lies[k], leftovers[k]
        }
        function count(k) {
            points[k]++
            if ($2 == "old") old[k]++
            if ($2 == "new") new[k]++
            if (/broken|panic/) broken[k]++
            if (/lie/) lies[k]++
            if (/leftover/) leftovers[k]++
        }
        BEGIN {
            printf "%-22s %6s %6s %6s %6s %6s %9s\n", "fault", "points", "old", "new",
                "broken", "lies", "leftovers"
        }
        { if (!($1 in points)) order[++n] = $1; count($1); count("all") }
        END {
            for (i = 1; i <= n; i++) line(order[i])
            line("all")
            exit broken["all"] + lies["all"] + leftovers["all"] > 0
        }' "$log"
}

make_states
set_umask
fail_calls
change_disk
mount_points
blocks=$(du -sk "$work/site/new" | cut -f1)
inodes=$(find "$work/site/new" | wc -l)
shrink_disk "disk:blocks" size "$((blocks * 512))" "$((blocks * 1024 * 5 / 2))" 40
shrink_disk "disk:inodes" nr_inodes "$((inodes / 2))" "$((inodes * 5 / 2))" 20
kill_at_random
lose_lock
watch_readers
code=0
report || code=$?
echo "faults: $([ $code = 0 ] && echo passed || echo FAILED) in $((SECONDS - began)) s"
exit $code
