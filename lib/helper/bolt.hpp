// What sealsd and sealsd-bolt say to each other over bolt.sock, and sealsd's end of it.
//
// An order is carried out at most once. `fired` comes when the line is active; `refused` means that
// nothing moved and nothing will; `lost` means that nobody knows. Codec: pure. BoltClient: loop
// thread only, never blocks, keeps dialling while bolt is down.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/instant.hpp"
#include "base/slot.hpp"
#include "helper/frame.hpp"
#include "loop/loop.hpp"

namespace seals::helper {

class Dialer;

enum class BoltFrame : std::uint8_t {
    unlock = 1,     // -> u16 slot | 16 nonce | u32 pulse_ms | i64 not_after
    all_idle = 2,   // -> nothing
    fired = 33,     // <- 16 nonce | i64 mono
    done = 34,      // <- 16 nonce | u32 active_ms
    refused = 35,   // <- 16 nonce | u8 reason
    unsure = 36,    // <- 16 nonce: the line did not confirm; it has been idled
    contact = 37,   // <- u16 slot | u8 door | i64 mono
    contacts = 38,  // <- u8 resync | u16 n | n times u8 door
};

inline constexpr std::size_t kBoltFrameBytes = 4096;  // ceiling of any frame on bolt.sock
inline constexpr milliseconds kMostAhead{500};        // not_after may lie this far ahead

using Nonce = std::array<std::uint8_t, 16>;

struct UnlockOrder {
    SlotNo slot = 0;
    Nonce nonce{};
    milliseconds pulse{0};
    std::int64_t not_after_ms = 0;  // CLOCK_BOOTTIME
};

enum class Refusal : std::uint8_t {
    late = 1,      // not_after has passed
    repeated,      // this nonce came before
    ceiling,       // the pulse is longer than bolt ever gives
    duty,          // this coil has had its share
    unknown_slot,  // no such line
    far_future,    // not_after is further ahead than kMostAhead
    busy,          // this line is active, or too many orders at once
    guard,         // the guard did not answer; bolt restarts
    no_lines,      // the lines cannot be reached
    no_link        // said by BoltClient: bolt is not there, nothing was sent
};
std::string_view name_of(Refusal reason);  // "late"

enum class DoorState : std::uint8_t { shut = 0, open = 1, unknown = 2 };

struct ContactEdge {
    SlotNo slot = 0;
    DoorState door = DoorState::unknown;
    std::int64_t mono_ms = 0;  // CLOCK_BOOTTIME
};
struct ContactSnapshot {
    bool resync = false;           // edges were dropped before it
    std::vector<DoorState> doors;  // slot n is element n - 1
};
struct Fired {
    Nonce nonce{};
    std::int64_t mono_ms = 0;
};
struct Done {
    Nonce nonce{};
    milliseconds active{0};
};
struct Refused {
    Nonce nonce{};
    Refusal reason = Refusal::late;
};

Bytes encode(const UnlockOrder& order);  // payloads, without the frame's head
Bytes encode(const Fired& fired);
Bytes encode(const Done& done);
Bytes encode(const Refused& refused);
Bytes encode(const ContactEdge& edge);
Bytes encode(const ContactSnapshot& snapshot);
std::optional<UnlockOrder> decode_unlock(ByteView payload);  // nullopt: not of that layout
std::optional<Nonce> decode_nonce(ByteView payload);
std::optional<Fired> decode_fired(ByteView payload);
std::optional<Done> decode_done(ByteView payload);
std::optional<Refused> decode_refused(ByteView payload);
std::optional<ContactEdge> decode_contact(ByteView payload);
std::optional<ContactSnapshot> decode_contacts(ByteView payload);

struct UnlockOutcome {
    enum class Kind { fired, refused, lost };
    Kind kind = Kind::lost;
    std::int64_t mono_ms = 0;        // fired: when the line became active
    Refusal reason = Refusal::late;  // refused
};

class BoltClient {
  public:
    BoltClient(loop::Loop& loop, std::string path);
    ~BoltClient();
    BoltClient(const BoltClient&) = delete;
    BoltClient& operator=(const BoltClient&) = delete;

    // `done` is called once, never from within this call: with the answer, or with `lost` when the
    // link went or nothing came by not_after + kAnswerMargin.
    void unlock(const UnlockOrder& order, std::function<void(UnlockOutcome)> done);
    void all_idle();

    void on_contact(std::function<void(ContactEdge)> call) { contact_ = std::move(call); }
    // On every connect, and after edges were dropped; all doors unknown when the link goes down.
    void on_contacts(std::function<void(const ContactSnapshot&)> call) {
        contacts_ = std::move(call);
    }
    void on_done(std::function<void(Done)> call) { done_ = std::move(call); }  // line idle again
    void on_link(std::function<void(bool up)> call) { link_ = std::move(call); }
    bool up() const;

    static constexpr milliseconds kAnswerMargin{250};

  private:
    struct Pending {
        std::function<void(UnlockOutcome)> done;
        loop::Timer timer;
    };
    void take(const Frame& frame);
    bool take_answer(const Frame& frame);
    bool take_news(const Frame& frame);
    void take_link(bool up);
    void settle(const Nonce& nonce, UnlockOutcome outcome);

    loop::Loop& loop_;
    std::unique_ptr<Dialer> dialer_;
    std::map<Nonce, Pending> pending_;
    std::size_t doors_ = 0;
    std::function<void(ContactEdge)> contact_;
    std::function<void(const ContactSnapshot&)> contacts_;
    std::function<void(Done)> done_;
    std::function<void(bool)> link_;
};

}  // namespace seals::helper
