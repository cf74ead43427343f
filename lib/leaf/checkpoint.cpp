#include "leaf/checkpoint.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace seals::leaf {
namespace {

Error wrong(const std::string& what) {
    return invalid("checkpoint", what);
}

Error not_signed(const std::string& what) {
    return Error{Code::corrupt, what, "get the key of the cabinet from whoever enrolled it"};
}

// The line up to the next line feed, off the front of the text.
std::optional<std::string_view> next_line(std::string_view& text) {
    auto end = text.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    auto line = text.substr(0, end);
    text.remove_prefix(end + 1);
    return line;
}

std::string cosigned_text(const Checkpoint& checkpoint, std::uint64_t time) {
    return "cosignature/v1\ntime " + std::to_string(time) + "\n" + checkpoint.text();
}

constexpr std::size_t kTimeBytes = 8;

}  // namespace

std::string Checkpoint::text() const {
    return origin + "\n" + std::to_string(size) + "\n" + to_base64(root) + "\n";
}

std::optional<std::uint64_t> parse_natural(std::string_view text) {
    std::uint64_t value = 0;
    const auto* end = text.data() + text.size();
    auto [at, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || at != end || (text.size() > 1 && text.front() == '0'))
        return std::nullopt;
    return value;
}

Result<Checkpoint> parse_checkpoint(std::string_view text) {
    auto origin = next_line(text);
    auto size = next_line(text);
    auto root = next_line(text);
    if (!origin || !size || !root)
        return wrong("a checkpoint is origin, size and root, a line each");
    if (!text.empty()) return wrong("the checkpoint has extension lines, which nobody asked for");
    Checkpoint out;
    out.origin = *origin;
    if (!is_key_name(out.origin)) return wrong("the origin is no possible name of a key");
    auto number = parse_natural(*size);
    if (!number || *number > kMaxTreeSize) return wrong("the size is no whole number");
    out.size = *number;
    auto bytes = from_base64(*root);
    if (!bytes || bytes->size() != out.root.size())
        return wrong("the root is not 32 bytes of base64");
    std::copy(bytes->begin(), bytes->end(), out.root.begin());
    return out;
}

NoteSignature sign_checkpoint(const Checkpoint& checkpoint, const SigningKey& key) {
    PublicKey half{checkpoint.origin, KeyType::signs, key.public_key()};
    auto text = checkpoint.text();
    return {checkpoint.origin, half.id(), key.sign(as_bytes(text))};
}

std::string signed_checkpoint(const Checkpoint& checkpoint, const SigningKey& key) {
    return write_note({checkpoint.text(), {sign_checkpoint(checkpoint, key)}});
}

Result<OpenedCheckpoint> read_checkpoint(std::string_view note) {
    auto parsed = parse_note(note);
    if (!parsed) return parsed.error();
    auto checkpoint = parse_checkpoint(parsed->text);
    if (!checkpoint) return checkpoint.error();
    return OpenedCheckpoint{std::move(*checkpoint), std::move(*parsed)};
}

Result<OpenedCheckpoint> open_checkpoint(std::string_view note, const PublicKey& key) {
    auto opened = read_checkpoint(note);
    if (!opened) return opened;
    if (key.type != KeyType::signs)
        return invalid("key", "the key is a witness's: it cosigns and signs no checkpoints");
    if (opened->checkpoint.origin != key.name)
        return not_signed("the checkpoint is of " + opened->checkpoint.origin + ", the key of " +
                          key.name);
    bool found = false;
    for (const auto& signature : opened->note.signatures) {
        if (signature.name != key.name || signature.id != key.id()) continue;
        if (!key.verifies(as_bytes(opened->note.text), signature.bytes))
            return not_signed("the signature is not that of " + key.name);
        found = true;
    }
    if (!found) return not_signed("no signature is of this key of " + key.name);
    return opened;
}

NoteSignature cosign(const Checkpoint& checkpoint, const std::string& name, const SigningKey& key,
                     std::int64_t unix_seconds) {
    auto time = static_cast<std::uint64_t>(std::max<std::int64_t>(unix_seconds, 0));
    Bytes bytes;
    for (int shift = 56; shift >= 0; shift -= 8)
        bytes.push_back(static_cast<std::uint8_t>(time >> shift));
    auto signature = key.sign(as_bytes(cosigned_text(checkpoint, time)));
    bytes.insert(bytes.end(), signature.begin(), signature.end());
    return {name, PublicKey{name, KeyType::cosigns, key.public_key()}.id(), std::move(bytes)};
}

Result<std::int64_t> check_cosignature(const Checkpoint& checkpoint, const NoteSignature& signature,
                                       const PublicKey& witness) {
    if (witness.type != KeyType::cosigns)
        return invalid("key", "the key of " + witness.name + " is not a witness's (type 4)");
    if (signature.name != witness.name || signature.id != witness.id())
        return Error{Code::corrupt, "the cosignature is not of this key of " + witness.name};
    auto time = cosignature_time(signature);
    if (time == 0)
        return invalid("cosignature", "the cosignature of " + witness.name + " has no time");
    auto text = cosigned_text(checkpoint, static_cast<std::uint64_t>(time));
    if (!witness.verifies(as_bytes(text), ByteView(signature.bytes).subspan(kTimeBytes)))
        return Error{Code::corrupt, "the cosignature of " + witness.name +
                                        " is not over this checkpoint, or not of its key"};
    return time;
}

std::int64_t cosignature_time(const NoteSignature& signature) {
    if (signature.bytes.size() <= kTimeBytes) return 0;
    std::uint64_t time = 0;
    for (std::size_t i = 0; i < kTimeBytes; ++i)
        time = time << 8 | signature.bytes[i];
    return time > kMaxTreeSize ? 0 : static_cast<std::int64_t>(time);
}

}  // namespace seals::leaf
