#!/bin/bash
# Filters narrow a search; the index is emptied and made anew while sealsd runs, and no answer lacks.
. "$(dirname "$0")/lib.sh"
stocked
ctl sim person auto >/dev/null
expect_exit 0 take YZ-1 REQ-1
expect_exit 0 give_back YZ-1
indexed() { ctl status --json | jq -e '.indexed == .ledger_size'; }
eventually 5 indexed
seqs() { ctl search "$@" --json --limit 200 | jq -c '[.items[].seq]'; }

expect_exit 0 ctl search seal.taken --request REQ-1
says YZ-1
[ "$(seqs seal.taken --request REQ-1 --seal YZ-1 --person E2)" != '[]' ] || fail "all filters together find nothing"
[ "$(seqs seal.taken --request REQ-2)" = '[]' ] || fail "another request's entries were found"
[ "$(seqs seal.taken --request REQ)" = '[]' ] || fail "a part of a request's number is taken for it"

before=$(seqs YZ-1)
expect_exit 0 ctl ledger reindex --json
json_is '.size > 10' true
[ "$(seqs YZ-1)" = "$before" ] || fail "an answer lacks while the index is empty"
eventually 10 indexed
[ "$(seqs YZ-1)" = "$before" ] || fail "an answer differs after the index was made anew"
expect_exit 0 ctl verify

# Damaged so that nothing notices: made anew all the same.
sqlite3 "$CAB/state/search.db" "UPDATE doc SET text='nothing'"
expect_exit 0 ctl ledger reindex
says 'sealctl status'
eventually 10 indexed
[ "$(seqs YZ-1)" = "$before" ] || fail "what was damaged is still there"
