#!/bin/bash
# A firm without an OA: applied for at the cabinet, approved post by post, a delegate for who is
# away, nobody for himself; taken only then. A kill in between loses nothing, and the chain stays on
# record as it was.
# shellcheck disable=SC2046  # as() gives several words
. "$(dirname "$0")/lib.sh"
stocked
for n in 4 5 6; do
    expect_api 200 POST /v1/persons "{\"id\":\"E$n\",\"name\":\"职员$n\",\"department\":\"销售部\"}"
    expect_api 200 POST /v1/persons/E$n/pin "{\"pin\":\"$n$n$n$n\"}"
done
as() { printf '%s' "--person E$1 --pin-file $(pin "$1$1$1$1")"; }
state() { ctl request show "$1" --json | jq -r .state; }
step() { ctl request show "$1" --json | jq -c ".approval[$2 - 1] | [.state, .person, .delegate_of, .opinion]"; }
due() { ctl alert list --json | jq -r '.items[] | select(.type == "approval_due") | .about' | sort | tr '\n' ' '; }
apply() { ctl request new $(as 2) --seal YZ-1 --title 采购合同 "$@"; }

# Without a chain nothing is applied for.
expect_exit 5 apply
says R01

# Chains that cannot work are named with key and line, and the one in force stays.
cp "$CAB/seals.toml" "$TMP/plain.toml"
cat >>"$CAB/seals.toml" <<'TOML'

[[post]]
id = "head"
title = "部门负责人"
persons = ["E3"]
delegates = ["E4"]
powers = "本部门合同,100 次以内"
max_impressions = 100

[[post]]
id = "gm"
title = "总经理"
persons = ["E5"]
delegates = ["E6"]
powers = "全部合同"

[[approval]]
types = ["contract"]
steps = ["head", "gm"]
max_impressions = 500
TOML
sed 's/steps = .*/steps = ["head", "boss"]/' "$CAB/seals.toml" >"$TMP/wrong.toml"
expect_exit 3 ctl policy check "$TMP/wrong.toml"
says "wrong.toml:"
says boss
expect_exit 1 ctl policy check "$CAB/seals.toml"     # a new way to a grant is looser
says approval.contract.steps
# Here the head's word shall never be the last one.
sed -i '/^max_impressions = 100$/d' "$CAB/seals.toml"
kill -HUP "$(program_pid sealsd)"
chained() { ctl policy show | grep -q '^approval.contract.steps'; }
eventually 10 chained

# Applied for: numbered, waiting, told to who is to decide, and opening nothing.
expect_exit 5 ctl request new --person E2 --pin-file "$(pin 3333)" --seal YZ-1 --title x
says R06
expect_exit 3 apply --copies 0
expect_exit 2 apply --take-out 法院
expect_exit 5 apply --copies 501
says R01
expect_exit 0 apply --copies 2 --riding 1 --number HT-17 --counterpart 某某公司 --remark 年度采购 --json
json_is .state received
json_is .post head
id=$(json .id)
[[ $id =~ ^SQ-20[0-9][0-9]-000001$ ]] || fail "the number is $id"
[ "$(due)" = "$id head " ] || fail "told: $(due)"
expect_exit 5 ctl take YZ-1 --request "$id" $(as 2)
says R01
says 部门负责人
expect_exit 0 ctl request list --pending --json
json_is '.items | length' 1
expect_exit 0 ctl status

# Nobody for himself, nobody before his turn, nobody with another's PIN, no delegate unasked.
expect_exit 5 ctl request approve "$id" $(as 2)
says R37
expect_exit 5 ctl request approve "$id" $(as 5)
says R36
expect_exit 5 ctl request approve "$id" --person E3 --pin-file "$(pin 4444)"
says R06
expect_exit 5 ctl request approve "$id" $(as 4)
says --for
expect_exit 5 ctl --lang zh_CN request approve "$id" $(as 2)
says 不得审批本人的申请
expect_exit 0 ctl request approve "$id" $(as 4) --for E3 --opinion 代批,同意 --json
json_is .post gm
[ "$(due)" = "$id gm " ] || fail "told: $(due)"

# Killed in between; and the policy that comes afterwards is not this application's.
kill_program sealsd
sed -i 's/title = "总经理"/title = "总裁"/; s/persons = \["E5"\]/persons = ["E1"]/' "$CAB/seals.toml"
resume
[ "$(state "$id")" = received ] || fail "an application does not outlive a kill: $(state "$id")"
[ "$(step "$id" 1)" = '["approved","E4","E3","代批,同意"]' ] || fail "step 1: $(step "$id" 1)"
expect_exit 5 ctl request approve "$id" $(as 1)
says R36
expect_exit 0 ctl request approve "$id" $(as 5)
says "$id is approved in full"
[ "$(state "$id")" = accepted ] || fail "approved by all it is $(state "$id")"
[ -z "$(due)" ] || fail "still told: $(due)"
expect_exit 0 ctl --lang zh_CN request show "$id"
says '总经理 (gm)'
says '职员4(E4) 代 孙三(E3)'
says 本部门合同
says HT-17
expect_exit 5 ctl request approve "$id" $(as 5)
says R39

# Now it is a request like any other: the applicant takes, an approver does not.
ctl sim person auto >/dev/null
expect_exit 5 ctl take YZ-1 --request "$id" $(as 5)
expect_exit 0 ctl take YZ-1 --request "$id" $(as 2)
[ "$(state "$id")" = in_progress ] || fail "taken it is $(state "$id")"
expect_exit 0 ctl return YZ-1 $(as 2)

# Refused with a reason, taken back by who applied, and a retry that applies once.
expect_exit 0 apply --json --idempotency-key once
second=$(json .id)
expect_exit 0 apply --json --idempotency-key once
json_is .id "$second"
expect_exit 2 ctl request reject "$second" $(as 3)
expect_exit 0 ctl request reject "$second" $(as 3) --reason 要件不全
[ "$(state "$second")" = rejected ] || fail "refused it is $(state "$second")"
expect_exit 5 ctl take YZ-1 --request "$second" $(as 2)
expect_exit 0 apply --take-out 法院 --due "$(date -d '+3 days' +%F)" --reason 开庭 --supervisor E6 --json
third=$(json .id)
expect_exit 5 ctl request withdraw "$third" $(as 3)
expect_exit 0 ctl request withdraw "$third" $(as 2)
[ "$(state "$third")" = withdrawn ] || fail "taken back it is $(state "$third")"
expect_exit 5 apply --take-out 法院 --due "$(date -d '+3 days' +%F)" --reason 开庭 --supervisor E2
says R40

# Approvers who leave: the delegate decides; when he has left, too, the status says whom to name.
expect_exit 0 apply --json
fourth=$(json .id)
expect_api 200 POST /v1/persons '{"id":"E3","name":"孙三","active":false}'
expect_exit 0 ctl status
expect_api 200 POST /v1/persons '{"id":"E4","name":"职员4","active":false}'
expect_exit 1 ctl status
says "$fourth"
says '[[post]] head'
expect_exit 5 ctl request approve "$fourth" $(as 5)
says '[[post]] head'
sed -i 's/persons = \["E3"\]/persons = ["E6"]/' "$CAB/seals.toml"
kill -HUP "$(program_pid sealsd)"
named() { ctl policy show | grep -q '^post.head.persons = \["E6"\]'; }
eventually 10 named
expect_exit 0 ctl status
expect_exit 0 ctl request approve "$fourth" $(as 6)
[ "$(count_events request.accepted)" = 5 ] || fail "accepted: $(count_events request.accepted)"
expect_exit 0 ctl verify
