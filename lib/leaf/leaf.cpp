#include "leaf/leaf.hpp"

#include <algorithm>
#include <array>

#include "leaf/canonical.hpp"
#include "leaf/parser.hpp"
#include "leaf/writer.hpp"

namespace seals::leaf {
namespace {

bool is_hash(const std::string& text) {
    return hash_from_hex(text).has_value();
}

bool is_kind(const std::string& kind) {
    constexpr std::array<std::string_view, 4> kKinds{"person", "uid", "device", "hq"};
    return std::find(kKinds.begin(), kKinds.end(), kind) != kKinds.end();
}

Error wrong(const char* key, const char* why) {
    return invalid(key, std::string("the leaf's ") + key + " " + why);
}

Status check_always_present(const Leaf& leaf) {
    if (leaf.v != kFormat) return wrong("v", "is not a version this program knows");
    if (leaf.seq < 1 || leaf.seq > static_cast<std::uint64_t>(kMaxInteger))
        return wrong("seq", "is out of range");
    if (leaf.t.ms < 0) return wrong("t", "is before 1970");
    if (leaf.mono < 0) return wrong("mono", "is negative");
    if (leaf.boot.empty()) return wrong("boot", "is missing");
    if (leaf.type.empty()) return wrong("type", "is missing");
    if (leaf.actor.id.empty()) return wrong("actor", "has no id");
    if (!is_kind(leaf.actor.kind)) return wrong("actor", "is not a person, uid, device or hq");
    return {};
}

Status check_seal_chain(const Leaf& leaf) {
    if (leaf.seal.empty() != (leaf.sn == 0)) return wrong("sn", "goes with a seal, and only so");
    if ((leaf.sn > 1) != (leaf.sp > 0)) return wrong("sp", "goes with sn above 1, and only so");
    if (leaf.sp >= leaf.seq) return wrong("sp", "is not before the leaf itself");
    if (leaf.sn > leaf.seq) return wrong("sn", "is above seq");
    return {};
}

Status check_hashes(const Leaf& leaf) {
    if (!leaf.doc.empty() && !is_hash(leaf.doc)) return wrong("doc", "is not a sha256");
    if (!std::all_of(leaf.img.begin(), leaf.img.end(), is_hash))
        return wrong("img", "holds something that is not a sha256");
    for (const auto& [field, hash] : leaf.c)
        if (field.empty() || !is_hash(hash)) return wrong("c", "holds no sha256 for a field");
    return {};
}

Status check(const Leaf& leaf) {
    for (auto* part : {check_always_present, check_seal_chain, check_hashes})
        if (auto status = part(leaf); !status) return status;
    const auto* members = leaf.data.object();
    if (!leaf.data.is_null() && (members == nullptr || members->empty()))
        return wrong("data", "is neither absent nor an object with members");
    return {};
}

// --- writing: keys stand in the order of the alphabet ---

void write_text(Writer& out, const char* key, const std::string& text) {
    if (text.empty()) return;
    out.member(key);
    out.string(text);
}

void write_number(Writer& out, const char* key, std::uint64_t number) {
    if (number == 0) return;
    out.member(key);
    out.integer(static_cast<std::int64_t>(number));
}

void write_commitments(Writer& out, const Leaf& leaf) {
    if (leaf.c.empty()) return;
    Value::Object members;
    for (const auto& [field, hash] : leaf.c)
        members.emplace_back(field, Value{hash});
    out.member("c");
    out.value(Value{std::move(members)}, 2);
}

void write_actor(Writer& out, const Actor& actor) {
    out.member("actor");
    out.open();
    write_text(out, "id", actor.id);
    write_text(out, "kind", actor.kind);
    out.close();
}

void write_leaf(Writer& out, const Leaf& leaf) {
    out.open();
    write_actor(out, leaf.actor);
    write_text(out, "boot", leaf.boot);
    write_commitments(out, leaf);
    if (!leaf.data.is_null()) {
        out.member("data");
        out.value(leaf.data, 2);
    }
    write_text(out, "doc", leaf.doc);
    if (!leaf.img.empty()) {
        out.member("img");
        out.value(Value{leaf.img}, 2);
    }
    out.member("mono");
    out.integer(leaf.mono);
    write_text(out, "person", leaf.person);
    write_text(out, "request", leaf.request);
    write_text(out, "seal", leaf.seal);
    write_number(out, "seq", leaf.seq);
    write_text(out, "session", leaf.session);
    write_number(out, "sn", leaf.sn);
    write_number(out, "sp", leaf.sp);
    out.member("t");
    out.integer(leaf.t.ms);
    write_text(out, "type", leaf.type);
    out.member("v");
    out.integer(leaf.v);
    out.close();
}

// --- reading ---

bool read_positive(Parser& in, std::uint64_t& out) {
    std::int64_t number = 0;
    if (!in.integer(number)) return false;
    if (number <= 0) return in.fail("a number that must be positive is not");
    out = static_cast<std::uint64_t>(number);
    return true;
}

// An empty string is never written: the key is left out instead.
bool read_text(Parser& in, std::string& out) {
    return in.string(out) && (!out.empty() || in.fail("an empty string stands for an absent key"));
}

bool read_actor(Parser& in, Actor& out) {
    std::string name;
    if (!in.open_object()) return false;
    for (;;) {
        if (!in.next_member(name)) return false;
        if (name.empty()) return true;
        if (name != "id" && name != "kind")
            return in.fail("the actor has a member \"" + name + "\"");
        if (!read_text(in, name == "id" ? out.id : out.kind)) return false;
    }
}

bool read_commitments(Parser& in, Leaf& leaf) {
    std::string field;
    if (!in.open_object()) return false;
    for (;;) {
        if (!in.next_member(field)) return false;
        if (field.empty()) return !leaf.c.empty() || in.fail("c is empty");
        std::string hash;
        if (!in.string(hash)) return false;
        leaf.c.emplace_back(field, std::move(hash));
    }
}

bool read_images(Parser& in, Leaf& leaf) {
    Value images;
    if (!in.value(images, 2)) return false;
    const auto* items = images.array();
    if (items == nullptr || items->empty()) return in.fail("img is no array, or empty");
    for (const auto& item : *items) {
        if (item.string() == nullptr) return in.fail("img holds something that is no string");
        leaf.img.push_back(*item.string());
    }
    return true;
}

// The string member of that name, or null.
std::string* text_member(Leaf& leaf, std::string_view name) {
    struct Row {
        std::string_view name;
        std::string Leaf::*member;
    };
    constexpr std::array<Row, 7> kRows{{{"boot", &Leaf::boot},
                                        {"doc", &Leaf::doc},
                                        {"person", &Leaf::person},
                                        {"request", &Leaf::request},
                                        {"seal", &Leaf::seal},
                                        {"session", &Leaf::session},
                                        {"type", &Leaf::type}}};
    for (const auto& row : kRows)
        if (row.name == name) return &(leaf.*row.member);
    return nullptr;
}

bool read_member(Parser& in, Leaf& leaf, const std::string& name) {
    if (auto* text = text_member(leaf, name)) return read_text(in, *text);
    if (name == "actor") return read_actor(in, leaf.actor);
    if (name == "c") return read_commitments(in, leaf);
    if (name == "data") return in.value(leaf.data, 2);
    if (name == "img") return read_images(in, leaf);
    if (name == "mono") return in.integer(leaf.mono);
    if (name == "seq") return read_positive(in, leaf.seq);
    if (name == "sn") return read_positive(in, leaf.sn);
    if (name == "sp") return read_positive(in, leaf.sp);
    if (name == "t") return in.integer(leaf.t.ms);
    if (name == "v") return in.integer(leaf.v);
    return in.fail("a leaf has no member \"" + name + "\"");
}

// Keys that are always written are told from their defaults by the checks, except these two.
bool read_leaf(Parser& in, Leaf& leaf) {
    bool mono = false;
    bool time = false;
    std::string name;
    if (!in.open_object()) return false;
    for (;;) {
        if (!in.next_member(name)) return false;
        if (name.empty()) break;
        if (!read_member(in, leaf, name)) return false;
        if (name == "data" && leaf.data.is_null()) return in.fail("data is null");
        mono = mono || name == "mono";
        time = time || name == "t";
    }
    if (!mono || !time) return in.fail("t or mono is missing");
    return in.end();
}

}  // namespace

Result<Bytes> encode(const Leaf& leaf) {
    if (auto status = check(leaf); !status) return status.error();
    Writer writer;
    write_leaf(writer, leaf);
    if (!writer.fault().empty()) return Error{Code::invalid, writer.fault()};
    if (writer.bytes().size() > kMaxLeafBytes)
        return Error{Code::invalid, "the leaf is longer than 65,535 bytes"};
    return writer.take();
}

Result<Leaf> decode(ByteView bytes) {
    if (bytes.size() > kMaxLeafBytes)
        return Error{Code::invalid, "the leaf is longer than 65,535 bytes"};
    Leaf leaf;
    leaf.v = 0;
    Parser parser(bytes);
    if (!read_leaf(parser, leaf))
        return Error{Code::invalid, "not a canonical leaf, " + parser.fault()};
    if (auto status = check(leaf); !status) return status.error();
    return leaf;
}

}  // namespace seals::leaf
