#include "leaf/note.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"

namespace seals::leaf {
namespace {

constexpr std::string_view kDash = "\xE2\x80\x94 ";  // U+2014 and a space
constexpr std::size_t kNameBytes = 200;
constexpr std::size_t kMaxSignatureBytes = 4096;

Error wrong(const std::string& what) {
    return invalid("note", what);
}

// Control characters would let one text look like another.
bool is_plain(std::string_view text) {
    return valid_utf8(text) && std::none_of(text.begin(), text.end(), [](char c) {
               return static_cast<unsigned char>(c) < 0x20 && c != '\n';
           });
}

// The spaces of Unicode, which no name may have.
bool has_space(std::string_view name) {
    constexpr std::string_view kSpaces[] = {" ",
                                            "\xC2\x85",
                                            "\xC2\xA0",
                                            "\xE1\x9A\x80",
                                            "\xE2\x80\x80",
                                            "\xE2\x80\x81",
                                            "\xE2\x80\x82",
                                            "\xE2\x80\x83",
                                            "\xE2\x80\x84",
                                            "\xE2\x80\x85",
                                            "\xE2\x80\x86",
                                            "\xE2\x80\x87",
                                            "\xE2\x80\x88",
                                            "\xE2\x80\x89",
                                            "\xE2\x80\x8A",
                                            "\xE2\x80\xA8",
                                            "\xE2\x80\xA9",
                                            "\xE2\x80\xAF",
                                            "\xE2\x81\x9F",
                                            "\xE3\x80\x80"};
    return std::any_of(std::begin(kSpaces), std::end(kSpaces), [&](std::string_view space) {
        return name.find(space) != std::string_view::npos;
    });
}

}  // namespace

bool is_key_name(std::string_view name) {
    return !name.empty() && name.size() <= kNameBytes && is_plain(name) &&
           name.find_first_of("+\n\x7f") == std::string_view::npos && !has_space(name);
}

Result<NoteSignature> parse_signature(std::string_view line) {
    if (!line.starts_with(kDash)) return wrong("a signature line starts with an em dash");
    line.remove_prefix(kDash.size());
    auto space = line.find(' ');
    if (space == std::string_view::npos) return wrong("a signature line is: — NAME BASE64");
    NoteSignature signature;
    signature.name = line.substr(0, space);
    if (!is_key_name(signature.name)) return wrong("a signature names no possible key");
    auto bytes = from_base64(line.substr(space + 1));
    if (!bytes || bytes->size() <= signature.id.size() || bytes->size() > kMaxSignatureBytes)
        return wrong("the signature of " + signature.name + " is not base64 of a signature");
    std::copy_n(bytes->begin(), signature.id.size(), signature.id.begin());
    signature.bytes.assign(bytes->begin() + static_cast<std::ptrdiff_t>(signature.id.size()),
                           bytes->end());
    return signature;
}

Result<Note> parse_note(std::string_view bytes) {
    if (bytes.size() > kMaxNoteBytes) return wrong("the note is longer than 64 KiB");
    if (!is_plain(bytes))
        return wrong("a note is UTF-8 with line feeds and no other control character (no CR LF)");
    auto split = bytes.rfind("\n\n");
    if (split == std::string_view::npos)
        return wrong("a note is a text, an empty line, and signatures");
    Note note;
    note.text = bytes.substr(0, split + 1);
    auto rest = bytes.substr(split + 2);
    if (rest.empty()) return wrong("the note has no signature");
    while (!rest.empty()) {
        auto end = rest.find('\n');
        if (end == std::string_view::npos) return wrong("the last line has no line feed");
        if (note.signatures.size() == kMaxSignatures)
            return wrong("the note has more than 32 signatures");
        auto signature = parse_signature(rest.substr(0, end));
        if (!signature) return signature.error();
        note.signatures.push_back(std::move(*signature));
        rest.remove_prefix(end + 1);
    }
    return note;
}

std::string write_signature(const NoteSignature& signature) {
    Bytes bytes(signature.id.begin(), signature.id.end());
    bytes.insert(bytes.end(), signature.bytes.begin(), signature.bytes.end());
    return std::string(kDash) + signature.name + " " + to_base64(bytes) + "\n";
}

std::string write_note(const Note& note) {
    auto out = note.text + "\n";
    for (const auto& signature : note.signatures)
        out += write_signature(signature);
    return out;
}

}  // namespace seals::leaf
