#include "engine/files.hpp"

namespace seals::engine {
namespace {

Status keep_one(const evidence::FileStore& store, const std::string& sha256,
                const Files::Open& open) {
    if (store.open(sha256)) return {};
    auto sent = open(sha256);
    if (!sent) return sent.error();
    return store.put(*sent, sha256);
}

Status keep_all(const evidence::FileStore& store, const std::vector<std::string>& sha256s,
                const Files::Open& open) {
    for (const auto& sha256 : sha256s)
        if (auto status = keep_one(store, sha256, open); !status) return status;
    return {};
}

}  // namespace

void Files::keep(std::vector<std::string> sha256s, Open open, std::function<void(Status)> then) {
    if (sha256s.empty()) return then({});
    worker_.submit([this, sha256s = std::move(sha256s), open = std::move(open),
                    then = std::move(then)]() -> loop::Reply {
        auto status = keep_all(store_, sha256s, open);
        return [status, then] { then(status); };
    });
}

}  // namespace seals::engine
