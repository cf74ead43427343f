# Reads tests/extras.txt, then the output of ctest runs; "== STAGE" lines tell which. Prints what
# failed and what was skipped without leave, then the one plain closing line. Exit 1 unless all is well.

function excused(name) { return name in extra }

FNR == NR {
    if ($0 !~ /^#/ && match($0, /^[^:]+:/)) extra[substr($0, 1, RLENGTH - 1)] = 1
    next
}
/^== / { stage = $2; next }
/^== / || !/^ *[0-9]+\/[0-9]+ +Test +#[0-9]+: / { next }
{
    name = $0
    sub(/^ *[0-9]+\/[0-9]+ +Test +#[0-9]+: +/, "", name)
    sub(/ .*/, "", name)
    if (/\*\*\*Skipped/) {
        ++skipped
        if (!excused(name)) { print "skipped without leave: " stage " " name; bad = 1 }
    } else if (/ Passed +[0-9.]+ sec/) {
        ++passed
    } else {
        ++failed
        print "failed: " stage " " name
    }
}
END {
    if (passed == 0) print "no test was run"
    printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
    exit bad || failed > 0 || passed == 0
}
