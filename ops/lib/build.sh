# SPDX-License-Identifier: EUPL-1.2
# Builds the jars under MODULE/target/lib when a source is newer. Sourced after jdk.sh, never run.
#
#   build_if_stale ROOT [MODULE]   exits with 69 and Maven's own words when the build fails; MODULE is ops unless said otherwise

# The module whose class path is wanted; its jars are built when the stamp is newer than every source.
build_module=ops
build_stamp() { echo "$build_module/target/lib/.built"; }

build_is_stale() {
    local root="$1"
    [[ -e "$root/$(build_stamp)" ]] || return 0
    [[ -n "$(cd "$root" && find pom.xml {engine,gateway,ops,"$build_module"}/{pom.xml,src/main} -newer "$(build_stamp)" -print -quit)" ]]
}

build_if_stale() {
    local root="$1" log pid started=$SECONDS
    build_module="${2:-ops}"
    build_is_stale "$root" || return 0
    if ! command -v mvn >/dev/null; then
        echo "Serve Maven 3.8 o più recente | Maven 3.8 or newer is needed: apt-get install maven" >&2
        exit 69
    fi
    # Two commands may find the same stale build; the second waits and then has nothing to do.
    mkdir -p "$root/ops/target"
    exec {build_lock}>"$root/ops/target/.build-lock"
    flock "$build_lock"
    if build_is_stale "$root"; then
        jdk_maven_flags
        log="$(mktemp)"
        # Dated before the build: a source saved meanwhile makes the next command build again.
        touch "$root/ops/target/.build-started"
        (cd "$root" && exec mvn -q -B -ntp -Dstyle.color=never -pl "$build_module" -am package -DskipTests -Dspotless.check.skip=true) >"$log" 2>&1 &
        pid=$!
        # A build killed with this script leaves no Maven behind.
        trap 'kill $pid 2>/dev/null; exit 130' INT TERM
        echo "Compilo | Building …" >&2
        while kill -0 "$pid" 2>/dev/null; do
            [[ -t 2 ]] && printf '\r%d s ' $((SECONDS - started)) >&2
            sleep 1
        done
        trap - INT TERM
        if ! wait "$pid"; then
            cat "$log" >&2
            rm -f "$log"
            echo "La compilazione non è riuscita | The build failed" >&2
            exit 69
        fi
        rm -f "$log"
        touch -r "$root/ops/target/.build-started" "$root/$(build_stamp)"
        printf '\rCompilato | Built in %d s\n' $((SECONDS - started)) >&2
    fi
    flock -u "$build_lock"
    exec {build_lock}>&-
}
