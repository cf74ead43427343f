# Counts lines of files and functions (see `sizes`). A function is a `{` whose statement has a
# complete parameter list, at namespace or class level; lambdas count with the function around them.
# It reads the code as clang-format leaves it, so it needs no parser.

function complain(text) { print text; faults++ }

# The line without comments, strings and character literals; keeps track of /* */ and R"( )".
function code_of(line,    out, at, tag) {
    out = ""
    while (line != "") {
        if (raw != "") {
            at = index(line, ")" raw "\"")
            if (at == 0) return out
            line = substr(line, at + length(raw) + 2)
            raw = ""; in_raw = 0
            if (raw_empty) raw_empty = 0
            continue
        }
        if (in_raw) {  # R"( with no tag
            at = index(line, ")\"")
            if (at == 0) return out
            line = substr(line, at + 2); in_raw = 0
            continue
        }
        if (in_comment) {
            at = index(line, "*/")
            if (at == 0) return out
            line = substr(line, at + 2); in_comment = 0
            continue
        }
        if (!match(line, /\/\/|\/\*|R"|"|'/)) return out line
        out = out substr(line, 1, RSTART - 1)
        token = substr(line, RSTART, RLENGTH)
        before = RSTART > 1 ? substr(line, RSTART - 1, 1) : ""
        line = substr(line, RSTART + RLENGTH)
        if (token == "//") return out
        if (token == "/*") { in_comment = 1; continue }
        if (token == "R\"") {
            at = index(line, "(")
            raw = substr(line, 1, at - 1)
            in_raw = raw == ""
            line = substr(line, at + 1)
            continue
        }
        if (token == "'") {
            if (before ~ /[0-9a-fA-F]/ && line ~ /^[0-9a-fA-F]/) continue  # 1'000
            match(line, /^(\\.[^']*|[^'])'/)
            line = substr(line, RLENGTH > 0 ? RLENGTH + 1 : 1)
            continue
        }
        # a string: up to the next quote that no backslash escapes
        while (match(line, /^[^"\\]*\\./)) line = substr(line, RLENGTH + 1)
        at = index(line, "\"")
        line = at ? substr(line, at + 1) : ""
        out = out "\"\""
    }
    return out
}

function opens_function(text,    bare, open_count, close_count) {
    bare = text
    while (gsub(/<[^<>]*>/, "", bare)) { }
    if (bare ~ /(^|[ \t])(namespace|enum)([ \t]|$)/) return 0
    if (bare ~ /(^|[ \t])(class|struct|union)[ \t]/ && bare !~ /\)[^(]*$/) return 0
    open_count = gsub(/\(/, "(", bare)
    close_count = gsub(/\)/, ")", bare)
    if (open_count == 0 || open_count != close_count) return 0
    return bare !~ /=[ \t]*$/ && bare !~ /=[^=()]*$/
}

function finish_function(    lines) {
    lines = FNR - begin + 1
    ++functions
    if (lines > 30) { ++long_functions }
    if (lines > longest) longest = lines
    if (lines > 60) complain(FILENAME ":" begin ": a function of " lines " lines (60 at most)")
}

function finish_file() {
    if (file == "") return
    ++files
    if (count > 450) complain(file ": " count " lines (450 at most)")
    else if (count > 250) long_files = long_files "  " file " (" count ")\n"
}

FNR == 1 {
    finish_file()
    file = FILENAME
    depth = 0; in_function = 0; statement = ""; start = 0
    in_comment = 0; in_raw = 0; raw = ""
    if (FILENAME ~ /\.hpp$/ && $0 !~ /^\/\//)
        complain(FILENAME ":1: a header starts with a comment that says what the thing is")
}
{ count = FNR }
/^[ \t]*#/ && !in_raw && raw == "" && !in_comment { next }
{
    code = code_of($0)
    while (match(code, /[{};]/)) {
        piece = substr(code, 1, RSTART - 1)
        mark = substr(code, RSTART, 1)
        code = substr(code, RSTART + 1)
        if (start == 0 && piece ~ /[^ \t]/) start = FNR
        statement = statement " " piece
        if (mark == "{") {
            ++depth
            if (!in_function && opens_function(statement)) {
                in_function = depth
                begin = start ? start : FNR
            }
        } else if (mark == "}") {
            if (in_function == depth) { finish_function(); in_function = 0 }
            --depth
        }
        statement = ""; start = 0
    }
    if (code ~ /[^ \t]/) {
        if (start == 0) start = FNR
        if (code ~ /^[ \t]*(public|private|protected)[ \t]*:[ \t]*$/) start = 0
        else statement = statement " " code
    }
}
END {
    finish_file()
    if (files == 0) complain("no sources were looked at")
    if (long_files != "") printf "files above 250 lines:\n%s", long_files
    printf "sizes: %d files, %d functions (longest %d lines, %d above 30), %d faults\n", files, functions, longest, long_functions, faults
    exit faults > 0
}
