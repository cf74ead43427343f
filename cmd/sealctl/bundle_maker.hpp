// BundleMaker: the lines of an export become the files of a bundle, in a folder of its own that
// goes when it is done; then one archive. Memory does not grow with it. Blocks; one thread.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/fd.hpp"
#include "context.hpp"
#include "leaf/hash.hpp"

namespace seals::sealctl {

class BundleMaker {
  public:
    // In $TMPDIR, else /var/tmp. Code::unavailable: it cannot be made there.
    static Result<BundleMaker> create();
    ~BundleMaker();
    BundleMaker(BundleMaker&&) noexcept;
    BundleMaker& operator=(BundleMaker&&) = delete;

    Status take(const Value& line);  // of the stream: its head, a leaf, a piece of a file
    Status finish(const Value& about, const std::string& path);

    std::size_t leaves() const { return leaves_; }
    std::size_t files() const { return files_; }
    const Value& head() const { return head_; }

  private:
    explicit BundleMaker(std::string folder) : folder_(std::move(folder)) {}
    Status take_head(const Value& head);
    Status take_leaf(const Value& leaf, const Value& openings);
    Status take_piece(const std::string& sha256, const std::string& base64);
    Status end_file();
    Status put(const std::string& name, std::string_view bytes);
    std::string about_of(const Value& call) const;

    std::string folder_;
    std::vector<std::string> names_;
    std::map<std::string, std::string> sums_;  // name: SHA-256 in hex
    Value head_;
    std::string note_;
    Value::Array openings_, missing_;
    std::size_t leaves_ = 0, files_ = 0;
    std::string open_;  // hash of the file that is coming in
    Fd file_;
};

}  // namespace seals::sealctl
