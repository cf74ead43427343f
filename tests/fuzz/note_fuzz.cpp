// rooms: base leaf
// Any bytes as a signed note, a key line, a signature line, a checkpoint: what is read is written
// again as the same bytes, and nobody's signature passes for that of a key we know.
#include <cstdlib>

#include "base/text.hpp"
#include "leaf/checkpoint.hpp"

namespace {

using namespace seals;
using namespace seals::leaf;

void want(bool truth) {
    if (!truth) std::abort();
}

const PublicKey& key_of_corpus() {
    static const PublicKey key{"example.com/cab-1", KeyType::signs,
                               SigningKey::from_seed(Bytes(32, 7))->public_key()};
    return key;
}

void check_note(std::string_view bytes) {
    auto note = parse_note(bytes);
    if (!note) return want(!note.error().detail.empty() && valid_utf8(note.error().detail));
    want(write_note(*note) == bytes);
    want(!note->signatures.empty() && note->signatures.size() <= kMaxSignatures);
    want(note->text.ends_with('\n'));
    auto checkpoint = parse_checkpoint(note->text);
    if (!checkpoint) return;
    want(checkpoint->text() == note->text && checkpoint->size <= kMaxTreeSize);
    auto opened = open_checkpoint(bytes, key_of_corpus());
    if (opened) {
        bool signed_by_key = false;
        for (const auto& one : note->signatures)
            signed_by_key |= key_of_corpus().verifies(as_bytes(note->text), one.bytes);
        want(signed_by_key);
    }
    PublicKey witness = key_of_corpus();
    witness.type = KeyType::cosigns;
    for (const auto& one : note->signatures)
        if (auto time = check_cosignature(*checkpoint, one, witness)) want(*time >= 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto text = as_text({data, size});
    check_note(text);
    if (auto key = parse_vkey(text)) {
        auto line = key->vkey();
        want(line == text || line + "\n" == text);
    }
    if (auto one = parse_signature(text)) want(write_signature(*one) == std::string(text) + "\n");
    return 0;
}
