// VERIFY.txt of a bundle. Its indented lines are commands; taken together, in order, they are a
// program for bash, which a test runs with nothing of ours on the machine's path.
#include "evidence/bundle.hpp"

namespace seals::evidence {
namespace {

constexpr const char* kText =
    R"text(HOW TO CHECK THIS BUNDLE                                  如何核验本证据包

You need bash, coreutils, openssl 3, jq, and nothing of ours. The indented lines are commands:
type them in this folder, one step after the other. Each step says "ok" or what is wrong.
所需工具:bash、coreutils、openssl 3、jq,不需要本系统任何程序。缩进行为命令,在解包目录内按步骤
执行;每步输出 ok 或错误原因。

1. Nothing was changed since the bundle was made.        证据包自制作以来未被改动

    set -eu; export LC_ALL=C.UTF-8
    sha256sum -c --quiet SHA256SUMS
    echo "ok 1: files are whole"

2. The key. Compare device.vkey with what you have from elsewhere: the paper book of the cabinet,
   a contract, a witness. A key that you have from this bundle alone proves nothing about whose it is.
   设备公钥:请将 device.vkey 与从别处(柜体纸质台账、合同、见证方)取得的公钥比对;仅取自本包的公钥
   不能证明其归属。

    vkey=$(cat device.vkey); name=${vkey%%+*}; rest=${vkey#*+}; hash=${rest%%+*}
    work=$(mktemp -d)
    { printf '302A300506032B6570032100' | basenc -d --base16
      printf %s "${rest#*+}" | base64 -d | tail -c 32; } >"$work/key.der"
    openssl pkey -pubin -inform DER -in "$work/key.der" -out "$work/key.pem"
    echo "ok 2: key of $name"

3. The device signed the checkpoint: its first three lines are whose ledger, how many entries, and the
   root of the tree over all of them.
   存证点由设备签署:前三行依次为账本标识、条数、全部条目的根哈希。

    sed '/^$/,$d' checkpoint >"$work/text"
    grep "^— $name " checkpoint | sed 's/.* //' | while read -r line; do
        printf %s "$line" | base64 -d >"$work/line"
        [ "$(head -c 4 "$work/line" | basenc --base16 | tr A-F a-f)" = "$hash" ] || continue
        tail -c +5 "$work/line" >"$work/signature"
    done
    openssl pkeyutl -verify -pubin -inkey "$work/key.pem" -rawin -in "$work/text" \
        -sigfile "$work/signature" >/dev/null
    size=$(sed -n 2p "$work/text")
    root=$(sed -n 3p "$work/text" | base64 -d | basenc --base16 -w 0)
    echo "ok 3: $name signed a ledger of $size entries"

4. Every entry stands in that tree (RFC 6962, section 2.1). leaves/N.leaf is entry N, byte for byte.
   每个条目都在该账本之中(RFC 6962 第 2.1 节)。leaves/N.leaf 即第 N 条原始字节。

    sha() { basenc -d --base16 | sha256sum | cut -c1-64 | tr a-f A-F; }
    for leaf in leaves/*.leaf; do
        seq=$(basename "$leaf" .leaf); n=$((seq - 1)); m=$((size - 1))
        [ "$(jq .seq "$leaf")" = "$seq" ]
        r=$({ printf '\0'; cat "$leaf"; } | sha256sum | cut -c1-64 | tr a-f A-F)
        for h in $(sed -n '3,/^$/p' "leaves/$seq.tlog-proof"); do
            h=$(printf %s "$h" | base64 -d | basenc --base16 -w 0)
            if [ $((n & 1)) = 1 ] || [ $n = $m ]; then
                r=$(printf '01%s%s' "$h" "$r" | sha)
                while [ $((n & 1)) = 0 ] && [ $n != 0 ]; do n=$((n >> 1)); m=$((m >> 1)); done
            else
                r=$(printf '01%s%s' "$r" "$h" | sha)
            fi
            n=$((n >> 1)); m=$((m >> 1))
        done
        [ "$r" = "$root" ] && [ $m = 0 ] || { echo "entry $seq is not in the ledger"; exit 1; }
    done
    echo "ok 4: $(ls leaves/*.leaf | wc -l) entries stand in the ledger"

5. The texts are those that the entries commit to: SHA-256 of 16 salt bytes and the text. A text
   without salt is masked and claims nothing.
   文字内容与条目中的承诺值一致(SHA-256(16 字节盐值 + 文字));无盐值者为脱敏文字,不作证明。

    jq -r '.[] | select(.salt != "") | [.seq, .field, .salt, (.text | @base64)] | @tsv' \
        openings.json | while read -r seq field salt text; do
        want=$(jq -r --arg field "$field" '.c[$field]' "leaves/$seq.leaf")
        got=$({ printf %s "${salt^^}" | basenc -d --base16; printf %s "$text" | base64 -d; } |
            sha256sum | cut -c1-64)
        [ "$got" = "$want" ] || { echo "entry $seq: $field is not what was committed"; exit 1; }
    done
    echo "ok 5: texts are what the entries commit to"

6. Photos and documents are those that the entries name: a file is called by its SHA-256.
   照片与文件即条目所载者:文件名即其 SHA-256。

    for file in files/*; do
        [ -e "$file" ] || continue
        [ "$(sha256sum "$file" | cut -c1-64)" = "$(basename "$file")" ]
        grep -lqF "$(basename "$file")" leaves/*.leaf
    done
    for sha256 in $(jq -r '.img[]?, .doc // empty' leaves/*.leaf | sort -u); do
        [ -e "files/$sha256" ] || jq -r --arg f "$sha256" \
            '.missing[] | select(.sha256 == $f) | "not there: \(.sha256) \(.why)"' about.json
    done
    echo "ok 6: photos and documents"

7. No entry of a seal is left out between two others: sn counts the entries of a seal, sp names the
   one before. Gaps are listed; between listed numbers this bundle says nothing.
   同一印章的条目连续编号(sn),sp 指向前一条;如有缺号,逐一列出。

    cat leaves/*.leaf | jq -rs 'map(select(.seal)) | group_by(.seal)[] | sort_by(.sn) |
        .[0].seal as $seal | [range(1; length) as $i | select(.[$i].sn != .[$i-1].sn + 1) |
        "\(.[$i-1].sn)-\(.[$i].sn)"] | "seal \($seal): " +
        (if . == [] then "no gap" else "not in this bundle: " + join(", ") end)'
    echo "ok 7: chains of seals"

8. What others said of the checkpoint. A line of a witness (see `grep ^— checkpoint`) is checked with the
   witness's own key; a time stamp with the certificates of its authority, which you must have from them:
   openssl ts -verify -data TEXT -in timestamps/FILE.tsr -CAfile AUTHORITY.pem
   where TEXT holds the first three lines of checkpoint (step 3 wrote them).
   他方佐证:见证方会签行以见证方公钥核验;可信时间戳以时间戳机构证书核验(证书须自行取得)。

    for stamp in timestamps/*.tsr; do
        [ -e "$stamp" ] || continue
        want=$(openssl dgst -sha256 -r "$work/text" | cut -c1-64)
        got=$(openssl ts -reply -in "$stamp" -text 2>/dev/null |
            sed -n 's/^    [0-9a-f]\{4\} - \([0-9a-f -]*\)   .*/\1/p' | tr -d ' -' | tr -d '\n')
        [ "${got:0:64}" = "$want" ] || { echo "$stamp is not of this checkpoint"; exit 1; }
        openssl ts -reply -in "$stamp" -text 2>/dev/null | grep '^Time stamp:'
    done
    rm -r "$work"
    echo "ok 8: done"

WHAT THIS DOES NOT PROVE                                            本证据包不能证明的事项

That the rubber in the slot is the seal: a tag was authenticated, not the rubber. What a counterfeit
printed elsewhere. Anything before the first entry. What happened while the device did not run: see
device.booted and device.shutdown. Times are the device's own, bounded by witnesses and time stamps.
验真对象为标签而非印面;不涉及他处伪造印章所盖印文;不涉及首条记录之前;设备停机期间的情况见
device.booted 与 device.shutdown;时间为设备时钟,以见证与时间戳为界。
)text";

}  // namespace

std::string verify_text() {
    return kText;
}

}  // namespace seals::evidence
