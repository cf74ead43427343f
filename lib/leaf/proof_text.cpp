#include "leaf/proof_text.hpp"

#include <algorithm>

#include "leaf/checkpoint.hpp"

namespace seals::leaf {
namespace {

constexpr std::string_view kHeader = "c2sp.org/tlog-proof@v1";

Error wrong(std::size_t line, const std::string& what) {
    auto error = invalid("proof", "line " + std::to_string(line) + " of the proof: " + what);
    error.line = static_cast<long>(line);
    return error;
}

// Lines one by one, counted.
class Lines {
  public:
    explicit Lines(std::string_view text) : rest_(text) {}

    Result<std::string_view> next() {
        ++number_;
        auto end = rest_.find('\n');
        if (end == std::string_view::npos) return wrong(number_, "the file ends too early");
        auto line = rest_.substr(0, end);
        rest_.remove_prefix(end + 1);
        return line;
    }
    std::size_t number() const { return number_; }
    std::string_view rest() const { return rest_; }

  private:
    std::string_view rest_;
    std::size_t number_ = 0;
};

Result<std::uint64_t> number_after(Lines& lines, std::string_view word) {
    auto line = lines.next();
    if (!line) return line.error();
    if (line->starts_with(word)) {
        auto number = parse_natural(line->substr(word.size()));
        if (number && *number <= kMaxTreeSize) return *number;
    }
    return wrong(lines.number(), "\"" + std::string(word) + "N\" is expected here");
}

// Up to and with the empty line before the checkpoint.
Result<std::vector<Hash>> hashes_of(Lines& lines) {
    std::vector<Hash> out;
    for (;;) {
        auto line = lines.next();
        if (!line) return line.error();
        if (line->empty()) return out;
        auto bytes = from_base64(*line);
        Hash hash;
        if (!bytes || bytes->size() != hash.size())
            return wrong(lines.number(), "a hash is 32 bytes of base64");
        if (out.size() == kMaxProofHashes) return wrong(lines.number(), "more than 63 hashes");
        std::copy(bytes->begin(), bytes->end(), hash.begin());
        out.push_back(hash);
    }
}

std::string lines_of(const std::vector<Hash>& hashes, const std::string& checkpoint) {
    std::string out;
    for (const auto& hash : hashes)
        out += to_base64(hash) + "\n";
    return out + "\n" + checkpoint;
}

template <class Proof>
Result<Proof> parse_rest(Lines& lines, std::uint64_t Proof::*number, std::string_view word) {
    Proof proof;
    auto value = number_after(lines, word);
    if (!value) return value.error();
    proof.*number = *value;
    auto hashes = hashes_of(lines);
    if (!hashes) return hashes.error();
    proof.hashes = std::move(*hashes);
    proof.checkpoint = lines.rest();
    if (auto checkpoint = read_checkpoint(proof.checkpoint); !checkpoint) return checkpoint.error();
    return proof;
}

Status check_size(std::string_view text) {
    if (text.size() <= kMaxProofBytes) return {};
    return invalid("proof", "the proof is longer than 128 KiB");
}

}  // namespace

std::string write_proof(const InclusionProof& proof) {
    return std::string(kHeader) + "\nindex " + std::to_string(proof.index) + "\n" +
           lines_of(proof.hashes, proof.checkpoint);
}

std::string write_proof(const ConsistencyProof& proof) {
    return "old " + std::to_string(proof.old_size) + "\n" +
           lines_of(proof.hashes, proof.checkpoint);
}

Result<InclusionProof> parse_inclusion_proof(std::string_view text) {
    if (auto status = check_size(text); !status) return status.error();
    Lines lines(text);
    auto header = lines.next();
    if (!header) return header.error();
    if (*header != kHeader) return wrong(1, "\"" + std::string(kHeader) + "\" is expected here");
    // Extra data is an application's of its own; ours has none, and knows none.
    if (lines.rest().starts_with("extra ")) (void)lines.next();
    return parse_rest(lines, &InclusionProof::index, "index ");
}

Result<ConsistencyProof> parse_consistency_proof(std::string_view text) {
    if (auto status = check_size(text); !status) return status.error();
    Lines lines(text);
    return parse_rest(lines, &ConsistencyProof::old_size, "old ");
}

}  // namespace seals::leaf
