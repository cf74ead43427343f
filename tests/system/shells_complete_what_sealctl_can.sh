#!/bin/bash
# bash, zsh and fish each read the script that sealctl prints for them, and complete verbs, options
# and files with it.
. "$(dirname "$0")/lib.sh"
for shell in bash zsh fish; do
    command -v $shell >/dev/null || fail "$shell is not installed"
    "$BIN/sealctl" --lang en completion $shell >"$TMP/script.$shell" || fail "no script for $shell"
    $shell -n "$TMP/script.$shell" || fail "$shell does not read its script"
done
expect_exit 2 "$BIN/sealctl" completion tcsh
says "tcsh is no shell"
touch "$TMP/people.csv"

cat >"$TMP/try.bash" <<'SCRIPT'
source "$1"; shift
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_sealctl
printf '%s\n' "${COMPREPLY[@]}"
SCRIPT
# The completion system's own functions, as far as the script calls them.
cat >"$TMP/try.zsh" <<'SCRIPT'
_describe() { local -a got; got=("${(@P)@[-1]}"); print -l -- "${got[@]%%:*}" }
_files() { print -l -- $words[CURRENT]*(N) }
script=$1; shift
words=("$@") CURRENT=$#
source $script
SCRIPT
try() {
    case $shell in
        bash) bash "$TMP/try.bash" "$TMP/script.bash" "$@" ;;
        zsh) zsh -f "$TMP/try.zsh" "$TMP/script.zsh" "$@" ;;
        fish) fish -c "source $TMP/script.fish; complete -C '$*'" | cut -f1 ;;
    esac
}
offers() {
    local word=$1
    shift
    try "$@" | grep -qxF -- "$word" || fail "$shell: \"$*\" does not offer $word but: $(try "$@" | tr '\n' ' ')"
}
silent_about() {
    local word=$1
    shift
    ! try "$@" | grep -qxF -- "$word" || fail "$shell: \"$*\" offers $word"
}
for shell in bash zsh fish; do
    for verb in take return inventory seal request; do offers $verb sealctl ''; done
    offers find sealctl seal ''
    silent_about take sealctl seal ''
    offers --request sealctl take YZ-1 --
    silent_about --dry-run sealctl take YZ-1 --
    offers list sealctl --json person ''
    offers "$TMP/people.csv" sealctl person import "$TMP/peo"
    offers "$TMP/people.csv" sealctl take YZ-1 --pin-file "$TMP/peo"
done
