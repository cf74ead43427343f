#include "engine/files.hpp"

#include "base/log.hpp"

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
    forget_old();
    for (const auto& sha256 : sha256s)
        wanted_[sha256] = std::chrono::steady_clock::now();
    worker_.submit([this, sha256s = std::move(sha256s), open = std::move(open),
                    then = std::move(then)]() -> loop::Reply {
        auto status = keep_all(store_, sha256s, open);
        return [status, then] { then(status); };
    });
}

void Files::forget_old() {
    constexpr std::chrono::hours kWanted{1};
    auto now = std::chrono::steady_clock::now();
    std::erase_if(wanted_, [&](const auto& one) { return now - one.second > kWanted; });
}

bool Files::is_wanted(const std::string& sha256) {
    forget_old();
    return wanted_.contains(sha256);
}

// On the worker of keep(): what is asked for after this is copied anew after it.
void Files::remove(const std::vector<std::string>& sha256s, std::function<void(std::size_t)> then) {
    std::vector<std::string> going;
    for (const auto& sha256 : sha256s)
        if (!is_wanted(sha256)) going.push_back(sha256);
    worker_.submit([this, going = std::move(going), then = std::move(then)]() -> loop::Reply {
        std::size_t left = 0;
        for (const auto& sha256 : going) {
            auto status = store_.remove(sha256);
            if (status) continue;
            ++left;
            log(Priority::warning, "files", "a purged file could not be taken away",
                {{"why", status.error().detail}});
        }
        return [left, then] { then(left); };
    });
}

}  // namespace seals::engine
