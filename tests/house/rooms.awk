# Reads rooms.txt, then CMakeLists.txt files, then sources (see `rooms`).
# Table: "room: rooms it may include", "+third-party: rooms that may include it" ("*" = all).

function complain(text) { print text; faults++ }

# The room that a path under lib/, or an include path, belongs to: its longest known folder.
function room_of(path,    at, folder) {
    folder = path
    while (match(folder, /\/[^\/]*$/)) {
        folder = substr(folder, 1, RSTART - 1)
        if (folder in room) return folder
    }
    return ""
}

function owner_of(file,    part) {
    if (file ~ /^lib\//) return room_of(substr(file, 5))
    split(file, part, "/")
    return (part[2] in room) ? part[2] : ""
}

function check_third_party(name,    part, key) {
    split(name, part, "/")
    key = part[1]
    sub(/\.[a-z]+$/, "", key)
    if (key in third) {
        if (!(third[key, "*"] || third[key, owner]))
            complain(FILENAME ":" FNR ": room " owner " may not include <" name "> (rooms.txt: +" key ":" third[key] ")")
    } else if (name ~ /\// && part[1] !~ /^(sys|linux|arpa|netinet|net|bits)$/) {
        complain(FILENAME ":" FNR ": <" name "> is third-party and not in rooms.txt (+" key ": ...)")
    }
}

function check_own(name,    to) {
    to = room_of(name)
    if (to == "" || FILENAME !~ /^lib\//) {
        # a program's own files: path relative to its folder
        if (FILENAME !~ /^lib\// && ((program_folder(FILENAME) name) in exists)) return
        if (to == "") { complain(FILENAME ":" FNR ": \"" name "\" is in no room of rooms.txt"); return }
    }
    if (to != owner && !may[owner, to])
        complain(FILENAME ":" FNR ": room " owner " may not include room " to " (\"" name "\")")
}

function program_folder(file,    part) {
    split(file, part, "/")
    return part[1] "/" part[2] "/"
}

# Depth-first from `name`; complains when the table leads back to it.
function walk(name, trail,    i, n, next_rooms) {
    if (state[name] == 2) return
    if (state[name] == 1) { complain("rooms.txt: circle:" trail " " name); return }
    state[name] = 1
    n = split(uses[name], next_rooms, " ")
    for (i = 1; i <= n; ++i) walk(next_rooms[i], trail " " name)
    state[name] = 2
}

BEGIN { for (i = 2; i < ARGC; ++i) exists[ARGV[i]] = 1 }

# --- the table ---
FNR == NR {
    if (/^#/ || /^[ \t]*$/) next
    colon = index($0, ":")
    name = substr($0, 1, colon - 1)
    rest = substr($0, colon + 1)
    n = split(rest, words, " ")
    if (name ~ /^\+/) {
        name = substr(name, 2)
        third[name] = rest
        for (i = 1; i <= n; ++i) third[name, words[i]] = 1
    } else {
        room[name] = 1
        uses[name] = rest
        for (i = 1; i <= n; ++i) may[name, words[i]] = 1
    }
    next
}

# --- CMake: seals_room(NAME FOLDER ROOMS a b LINK c), seals_program(...) over one or more lines ---
FILENAME ~ /CMakeLists\.txt$/ {
    sub(/#.*/, "")
    call = call " " $0
    if (!/\)/) next
    gsub(/[()]/, " ", call)
    n = split(call, words, " ")
    call = ""
    if (words[1] !~ /^seals_(room|program)$/) next
    owner = words[3]
    if (words[1] == "seals_program") sub(/.*\//, "", owner)
    if (!(owner in room)) { complain(FILENAME ": " owner " is not in rooms.txt"); next }
    inside = 0
    for (i = 4; i <= n; ++i) {
        if (words[i] == "ROOMS" || words[i] == "LINK") { inside = words[i] == "ROOMS"; continue }
        to = words[i]
        if (!inside) continue
        if (sub(/^hardware_/, "hardware/", to)) { }
        if (!may[owner, to]) complain(FILENAME ": " owner " links room " to ", which rooms.txt does not allow")
    }
    next
}

# --- sources ---
FNR == 1 {
    owner = owner_of(FILENAME)
    if (owner == "") complain(FILENAME ": its folder is not in rooms.txt")
    ++files
}
owner != "" && /^[ \t]*#[ \t]*include[ \t]*[<"]/ {
    name = $0
    sub(/^[^<"]*[<"]/, "", name)
    sub(/[>"].*$/, "", name)
    if ($0 ~ /include[ \t]*</) check_third_party(name); else check_own(name)
}

END {
    for (name in room) {
        n = split(uses[name], words, " ")
        for (i = 1; i <= n; ++i) if (!(words[i] in room)) complain("rooms.txt: " name " uses unknown room " words[i])
    }
    for (name in room) walk(name, "")
    if (files == 0) complain("no sources were looked at")
    printf "rooms: %d files looked at, %d faults\n", files, faults
    exit faults > 0
}
