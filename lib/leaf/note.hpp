// Signed notes (c2sp.org/signed-note): a text, an empty line, and signature lines "— NAME BASE64",
// where the base64 starts with 4 bytes that tell which key of that name signed. What is read is
// bounded and strict, and written again it gives the same bytes. Pure, any thread.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace seals::leaf {

inline constexpr std::size_t kMaxNoteBytes = 64U * 1024;
inline constexpr std::size_t kMaxSignatures = 32;

using KeyId = std::array<std::uint8_t, 4>;

struct NoteSignature {
    std::string name;  // of the key
    KeyId id{};
    Bytes bytes;  // as the key's type has them

    friend bool operator==(const NoteSignature&, const NoteSignature&) = default;
};

struct Note {
    std::string text;  // what is signed; its last byte is a line feed
    std::vector<NoteSignature> signatures;
};

// Names of keys and origins: not empty, at most 200 bytes of UTF-8, no white space, no plus.
bool is_key_name(std::string_view name);

// Code::invalid says what is wrong and in which line.
Result<Note> parse_note(std::string_view bytes);
std::string write_note(const Note& note);
std::string write_signature(const NoteSignature& signature);   // one line, with its line feed
Result<NoteSignature> parse_signature(std::string_view line);  // without its line feed

}  // namespace seals::leaf
