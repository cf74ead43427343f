#!/bin/bash
# The lines of examples/cron/seals as cron runs them: sh, a small environment, % as \%. Nothing is
# printed while all is well; a line, and the status of the command, when something is not.
. "$(dirname "$0")/lib.sh"
stocked
file=$SEALS_SOURCE/examples/cron/seals
environment=(HOME=/ LOGNAME=seals-cron)
while read -r setting; do environment+=("$setting"); done < <(grep -E '^[A-Z]+=' "$file")
environment+=("PATH=$BIN:/usr/bin:/bin" "SEALS_SOCKET=$CAB/api.sock")
# The command of a line: after five fields of time and the user.
commands() { grep -E "$1" "$file" | sed -E 's/^#? ?([^ ]+ +){5}[^ ]+ +//; s/\\%/%/g'; }
cron() { env -i "${environment[@]}" /bin/sh -c "$1" >"$TMP/mail" 2>&1; }

mapfile -t lines < <(commands '^[0-9]')
[ ${#lines[@]} = 3 ] || fail "${#lines[@]} commands"
for line in "${lines[@]}"; do
    cron "$line" || fail "exit $? of: $line: $(cat "$TMP/mail")"
    [ ! -s "$TMP/mail" ] || fail "not silent: $line: $(cat "$TMP/mail")"
done
commands '^# [0-9]' | /bin/sh -n || fail "the line that is off is no shell"

ctl sim remove 2 >/dev/null
for line in "${lines[0]}" "${lines[1]}"; do
    cron "$line"
    status=$?
    [ $status = 1 ] || fail "exit $status, not 1, of: $line"
    [ "$(wc -l <"$TMP/mail")" = 1 ] || fail "not one line: $(cat "$TMP/mail")"
    grep -q '1 discrepancies' "$TMP/mail" || fail "$(cat "$TMP/mail")"
done

kill_program sealsd
cron "${lines[0]}"
status=$?
[ $status = 8 ] || fail "exit $status, not 8, without sealsd"
[ -s "$TMP/mail" ] || fail "nobody is told that sealsd is gone"
resume
