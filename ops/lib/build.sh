# SPDX-License-Identifier: EUPL-1.2
# Builds the jars under MODULE/target/lib when a source is newer. Sourced after jdk.sh, never run.
#
#   build_if_stale ROOT MODULE...   exits with 69 and Maven's own words when the build fails

# The modules whose sources end up in the class path of a module.
build_parts_of() {
    case "$1" in
        admin-ui) echo admin-ui ;;
        *) printf '%s\n' engine gateway ops/verifier ops "$1" ;;
    esac
}

# A module's jars are built when its stamp is newer than every source.
build_stamp_of() { echo "$1/target/lib/.built"; }

build_is_stale() {
    local root="$1" module="$2" stamp part sources=(pom.xml)
    stamp="$(build_stamp_of "$module")"
    [[ -e "$root/$stamp" ]] || return 0
    for part in $(build_parts_of "$module"); do sources+=("$part/pom.xml" "$part/src/main"); done
    # The simulated worlds of ops/ies simulate are test sources.
    [[ "$module" == admin-ui ]] || sources+=(engine/src/test/java)
    [[ -n "$(cd "$root" && find "${sources[@]}" -newer "$stamp" -print -quit)" ]]
}

# Sets build_stale to those of the modules that must be built.
build_find_stale() {
    local root="$1" module
    build_stale=()
    for module in "${@:2}"; do
        if build_is_stale "$root" "$module"; then build_stale+=("$module"); fi
    done
}

build_if_stale() {
    local root="$1" log pid module started=$SECONDS
    build_find_stale "$@"
    ((${#build_stale[@]} > 0)) || return 0
    if ! command -v mvn >/dev/null; then
        echo "Serve Maven 3.8 o più recente | Maven 3.8 or newer is needed: apt-get install maven" >&2
        exit 69
    fi
    # Two commands may find the same stale build; the second waits and then has nothing to do.
    mkdir -p "$root/ops/target"
    exec {build_lock}>"$root/ops/target/.build-lock"
    flock "$build_lock"
    build_find_stale "$@"
    if ((${#build_stale[@]} > 0)); then
        jdk_maven_flags
        log="$(mktemp)"
        # Dated before the build: a source saved meanwhile makes the next command build again.
        touch "$root/ops/target/.build-started"
        (cd "$root" && exec mvn -q -B -ntp -Dstyle.color=never -pl "$(IFS=, && echo "${build_stale[*]}")" -am package -DskipTests -Dspotless.check.skip=true) >"$log" 2>&1 &
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
        for module in "${build_stale[@]}"; do
            touch -r "$root/ops/target/.build-started" "$root/$(build_stamp_of "$module")"
        done
        printf '\rCompilato | Built in %d s\n' $((SECONDS - started)) >&2
    fi
    flock -u "$build_lock"
    exec {build_lock}>&-
}
