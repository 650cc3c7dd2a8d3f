# SPDX-License-Identifier: EUPL-1.2
# Finds the JDK and the JVM flags for every script under ops. Sourced, never run.
#
#   jdk_use          exports JAVA_HOME (a JDK, 21 or newer) and JDK_MAJOR, or explains what to install and exits with 69
#   jdk_flags        prints the argument files that every JVM of the engine needs, one per line
#   jdk_maven_flags  exports MAVEN_OPTS with what keeps Maven quiet on the JDK in use
#   jdk_mvn ARG...   runs Maven with few words on standard error, after jdk_maven_flags

readonly JDK_MAJOR_MIN=21
JDK_FLAGS_DIR="$(cd "$(dirname "${BASH_SOURCE[0]}")/../jvm" && pwd)"
readonly JDK_FLAGS_DIR

# The major version of the JDK in a folder, or 0 when there is none with a compiler.
jdk_major_of() {
    local home="$1" version=""
    if [[ ! -x "$home/bin/java" || ! -x "$home/bin/javac" ]]; then
        echo 0
        return
    fi
    if [[ -r "$home/release" ]]; then
        version="$(sed -n 's/^JAVA_VERSION="\([^"]*\)".*/\1/p' "$home/release")"
    fi
    if [[ -z "$version" ]]; then
        version="$("$home/bin/java" -version 2>&1 | sed -n 's/.*version "\([^"]*\)".*/\1/p' | head -n 1)"
    fi
    version="${version%%[.+-]*}"
    if [[ "$version" =~ ^[0-9]+$ ]]; then echo "$version"; else echo 0; fi
}

jdk_use() {
    local candidate major best="" best_major=0
    local tried=()

    if [[ -n "${JAVA_HOME:-}" ]]; then
        tried+=("JAVA_HOME=$JAVA_HOME")
        best="$JAVA_HOME" best_major="$(jdk_major_of "$JAVA_HOME")"
    fi
    if ((best_major < JDK_MAJOR_MIN)) && command -v java >/dev/null; then
        candidate="$(readlink -f "$(command -v java)")"
        tried+=("$candidate on the PATH")
        candidate="${candidate%/bin/java}"
        best="$candidate" best_major="$(jdk_major_of "$candidate")"
    fi
    if ((best_major < JDK_MAJOR_MIN)); then
        tried+=("/usr/lib/jvm/*")
        for candidate in /usr/lib/jvm/*; do
            major="$(jdk_major_of "$candidate")"
            if ((major > best_major)); then
                best="$candidate" best_major="$major"
            fi
        done
    fi

    if ((best_major < JDK_MAJOR_MIN)); then
        {
            echo "A JDK $JDK_MAJOR_MIN or newer is needed (a JDK with javac, not only a JRE); none was found."
            echo "Looked at:"
            printf '  %s\n' "${tried[@]}"
            echo "Install one of:"
            echo "  - Debian 13, Ubuntu 22.04 or newer:  apt-get install openjdk-21-jdk-headless"
            echo "  - otherwise: Eclipse Temurin 21 or 25 (adoptium.net), unpacked under /usr/lib/jvm or named by JAVA_HOME"
        } >&2
        exit 69
    fi
    export JAVA_HOME="$best" JDK_MAJOR="$best_major"
}

jdk_flags() {
    echo "@$JDK_FLAGS_DIR/flags-21"
    if ((JDK_MAJOR >= 24)); then
        echo "@$JDK_FLAGS_DIR/flags-24"
    fi
}

jdk_maven_flags() {
    if ((JDK_MAJOR >= 24)); then
        export MAVEN_OPTS="${MAVEN_OPTS:-} --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
    fi
}

# Even without colours Maven resets them.
jdk_mvn() {
    mvn -q -B -ntp -Dstyle.color=never "$@" 2>&1 | sed 's/\x1b\[[0-9;]*m//g' >&2
}
