#!/bin/bash
# seconds: 90
# Half past eight: twelve people queue. The custodian takes the contract seal once for all twelve
# requests, stamps for each, and returns it once. One opening out, one in, and everything adds up.
. "$(dirname "$0")/lib.sh"
stocked
policy '[use]' 'custodian_types = ["contract"]' 'supervisor_types = ["contract"]' 'photo_types = ["contract"]'
now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
asked=()
for n in {11..22}; do
    expect_api 200 POST /v1/requests \
        "{\"source\":\"oa\",\"external_id\":\"Q-$n\",\"status\":\"approved\",\"applicant\":\"E2\",\"applied_at\":\"$now\",\"title\":\"合同第$n号\",\"chain\":\"周总\",\"lines\":[{\"seal\":\"YZ-1\",\"copies\":2,\"count\":$((n % 3 + 1)),\"cross_page\":1}]}"
    asked+=(--request "Q-$n")
done
printf 'E1 1111\nE2 2222\nE3 3333\n' >"$TMP/pins"
ctl sim person auto >/dev/null
before=$(pulses)

# An applicant no longer takes it himself, and all twelve pass together or not at all.
expect_exit 5 ctl take YZ-1 "${asked[@]}" --person E2 --pin-file "$TMP/pins"
says R04
expect_exit 5 ctl take YZ-1 "${asked[@]}" --request Q-99 --person E1 --pin-file "$TMP/pins"
says Q-99
expect_exit 0 ctl take YZ-1 "${asked[@]}" --person E1 --pin-file "$TMP/pins"

# Without photo or supervisor nothing is recorded.
echo page >"$TMP/22.jpg"
expect_exit 5 ctl use record --seal YZ-1 --request Q-11 --by E1 --witness E3 --count 1 --pin-file "$TMP/pins"
says R31
expect_exit 5 ctl use record --seal YZ-1 --request Q-11 --by E1 --count 1 --photo "$TMP/22.jpg" --pin-file "$TMP/pins"
says R30

slowest=0
for n in {11..22}; do
    echo "page $n" >"$TMP/$n.jpg"
    began=$(date +%s%3N)
    expect_exit 0 ctl use record --seal YZ-1 --request "Q-$n" --by E1 --witness E3 --count $((n % 3 + 1)) \
        --riding 1 --photo "$TMP/$n.jpg" --name "合同第$n号" --counterpart "乙方$n" --pin-file "$TMP/pins"
    took=$(($(date +%s%3N) - began))
    [ $took -le $slowest ] || slowest=$took
done
# The thirteenth sheet of the twelfth is one too many.
expect_exit 5 ctl use record --seal YZ-1 --request Q-22 --by E1 --witness E3 --count 1 --photo "$TMP/22.jpg" --pin-file "$TMP/pins"
says R13
expect_exit 0 ctl return YZ-1 --person E1 --pin-file "$TMP/pins"

[ $(($(pulses) - before)) = 2 ] || fail "the slot was opened $(($(pulses) - before)) times, not once out and once in"
[ "$(count_events use.recorded)" = 12 ] || fail "not twelve uses"
stamped=$(events use.recorded | jq -s 'map(.data.count) | add')
[ "$stamped" = 24 ] || fail "$stamped impressions, not 24"
[ "$(events use.recorded | jq -r .session | sort -u | wc -l)" = 1 ] || fail "not one loan"
[ "$(events use.recorded | jq -r .data.id | sort -u | wc -l)" = 12 ] || fail "a number of the register twice"
for n in {11..22}; do
    expect_api 200 GET "/v1/requests/Q-$n"
    json_is '.lines[0] | [.used, .used_cross_page, .remaining, .cancelled, .excess] | @csv' "$((n % 3 + 1)),1,0,0,0"
    sha=$(sha256sum "$TMP/$n.jpg" | cut -d' ' -f1)
    [ -f "$CAB/state/files/${sha:0:2}/$sha" ] || fail "the photo of Q-$n is not kept"
done
# The register of that day says the same.
day=$(TZ=Asia/Shanghai date +%F)
expect_exit 0 ctl report register --from "$(TZ=Asia/Shanghai date -d yesterday +%F)" --to "$day" --format json
json_is '[.items | length, (map(.impressions) | add), (map(.cross_page) | add)] | @csv' '12,24,12'
expect_exit 0 ctl use prove --json
json_is '[.ok, .uses, .impressions, .excess, .mismatches] | @csv' 'true,12,36,0,0'
expect_exit 0 ctl verify
echo "twelve uses, the slowest took $slowest ms"
