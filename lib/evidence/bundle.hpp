// Bundle: one archive of evidence that is judged without us. What is in it:
//   VERIFY.txt        how a stranger checks it, with tools that are not ours
//   SHA256SUMS        of every other file
//   about.json        what it is of, canonical JSON
//   device.vkey       the device's public key
//   checkpoint        signed note with its cosignatures
//   leaves/N.leaf, leaves/N.tlog-proof
//   openings.json     texts that entries commit to, with their salts
//   files/SHA256      photos and documents
//   timestamps/SHA256.tsr
// check_bundle() repeats what VERIFY.txt says. Blocks; one thread. Code::invalid: no such archive;
// Code::corrupt: something in it does not prove what it should.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/value.hpp"
#include "evidence/check.hpp"

namespace seals::evidence {

std::string verify_text();  // Chinese and English

struct CheckedBundle {
    Value about;
    CheckedCheckpoint checkpoint;
    leaf::PublicKey key;
    bool pinned = false;  // the key is the one that the reader trusts, not only the bundle's own
    std::size_t leaves = 0, texts = 0, masked = 0, files = 0, missing = 0;
    std::vector<std::string> timestamps;  // names; theirs to check who has the authority's keys
};

// `trust`: the device's key as the reader has it from elsewhere, and witnesses.
Result<CheckedBundle> check_bundle(const std::string& path,
                                   const std::optional<leaf::PublicKey>& key,
                                   const std::vector<leaf::PublicKey>& witnesses);

}  // namespace seals::evidence
