// Outbox: every result to its source until that has taken it, by a hook or by a spool, always the
// same bytes under the same key. What fails is tried again, later and later; what is given up stays
// on the shelf for a person, and an answer that comes late is still one. Every step is on the disk
// before the next, so that a restart goes on where the last run was. Loop thread.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "delivery/feed.hpp"
#include "delivery/hook.hpp"
#include "delivery/receipts.hpp"
#include "options.hpp"
#include "parcel.hpp"
#include "signer.hpp"
#include "spool.hpp"
#include "teller.hpp"

namespace seals::outboxd {

Instant now();  // by the clock on the wall

// What more is to be known of an event: the result, where its source is to be told of it; null:
// it is not, or not by this event. For Feed, on its worker.
Result<Value> result_of_event(client::Client& client, const Value& event);

class Outbox {
  public:
    // `broken`: the state cannot be written; the process must end, and begin again from it.
    using Broken = std::function<void(const Error&)>;
    Outbox(loop::Loop& loop, const Options& options, const Signer& signer, Shelf& shelf,
           delivery::Receipts& journal, std::optional<Spool> spool, Broken broken);

    Status load();  // what the last run left
    void take(const std::vector<delivery::Told>& told);
    void reap();  // a child has ended

    static constexpr std::size_t kMostRunning = 4;  // hooks at once
    static constexpr std::size_t kMostSaid = 1000;  // bytes of a reason

  private:
    struct Entry {
        Parcel parcel;
        std::unique_ptr<delivery::Hook> running{};
        bool telling = false;      // sealsd is being told
        int untold = 0;            // how often it could not be
        bool dropped_out = false;  // a later revision came, or it was waived
        std::string why{};         // it was given up
        loop::Timer tell_later{};
    };
    using Entries = std::map<std::string, Entry>;

    void accept(const delivery::Told& told);
    void put(Parcel parcel, const std::string& body);
    void revive(Entry& entry);
    // Those of the request before that revision; with `all` every one.
    void drop_before(const std::string& request, std::int64_t revision, const char* outcome);
    void remove(const std::string& key, const char* outcome);
    void journal(const Parcel& parcel, const std::string& outcome);
    bool save(const Entry& entry);

    void start_due();
    void start(Entry& entry);
    void run_hook(Entry& entry, const std::string& body);
    void drop(Entry& entry, const std::string& body);
    void look_into_spool();
    void ended(Entry& entry, const delivery::Hook::End& end);
    void taken(Entry& entry, const std::string& answer);
    void failed(Entry& entry, const std::string& why, bool later);
    void tell(const std::string& key);
    void told(const std::string& key, const Status& status);
    void give_up(Entry& entry, const std::string& why);

    loop::Loop& loop_;
    const Options& options_;
    const Signer& signer_;
    Shelf& shelf_;
    delivery::Receipts& journal_;
    std::optional<Spool> spool_;
    Broken broken_;
    Teller teller_;
    Entries entries_;  // by key
    loop::Timer next_, poll_;
    bool spool_told_ = false;
};

}  // namespace seals::outboxd
