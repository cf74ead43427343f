#include "device_cabinet.hpp"

#include <algorithm>

#include "base/log.hpp"
#include "hardware/sim/tag_reader.hpp"
#include "loop/system_clock.hpp"

namespace seals::sealsd {
namespace {

constexpr milliseconds kOrderLives{400};  // bolt accepts at most 500 ms ahead

engine::Answer answer_of(const helper::UnlockOutcome& outcome) {
    using Kind = helper::UnlockOutcome::Kind;
    if (outcome.kind == Kind::fired) return {engine::Fate::fired, {}};
    if (outcome.kind == Kind::refused)
        return {engine::Fate::refused, std::string(helper::name_of(outcome.reason))};
    return {engine::Fate::lost, "no answer"};
}

std::optional<helper::Nonce> nonce_of(const std::string& hex) {
    auto bytes = from_hex(hex);
    helper::Nonce nonce{};
    if (!bytes || bytes->size() != nonce.size()) return std::nullopt;
    std::copy(bytes->begin(), bytes->end(), nonce.begin());
    return nonce;
}

}  // namespace

DeviceCabinet::DeviceCabinet(loop::Loop& loop, CabinetPaths paths,
                             const std::vector<SlotWiring>& wiring)
    : bolt_(loop, paths.bolt) {
    auto sim_path = paths.sim;
    for (const auto& [slot, name] : wiring) {
        auto& reader = readers_[name];
        if (reader == nullptr)
            reader = std::make_unique<Reader>(
                loop, name, [sim_path] { return std::make_shared<sim::TagReader>(sim_path); });
        reader_of_[slot_id(slot)] = reader.get();
    }
    bolt_.on_contact([this](const helper::ContactEdge& edge) {
        if (edge.door == helper::DoorState::unknown) return;
        bool open = edge.door == helper::DoorState::open;
        open_[slot_id(edge.slot)] = open;
        if (door_) door_(slot_id(edge.slot), open);
    });
    bolt_.on_contacts([this](const helper::ContactSnapshot& snapshot) {
        open_.clear();
        for (std::size_t i = 0; i < snapshot.doors.size(); ++i)
            if (snapshot.doors[i] != helper::DoorState::unknown)
                open_[slot_id(static_cast<SlotNo>(i + 1))] =
                    snapshot.doors[i] == helper::DoorState::open;
        tell_doors();
    });
    bolt_.on_link([](bool up) { log(Priority::notice, "bolt", up ? "connected" : "link lost"); });
    if (paths.sim.empty()) return;
    sim_ = std::make_unique<sim::Cabinet>(loop, paths.sim);
    sim_->on_link([this](bool up) {
        log(Priority::notice, "sim", up ? "connected" : "link lost");
        if (!up) return;
        for (const auto& [seal, tag] : tags_)
            sim_->enrol(tag, [](const Status&) {});
    });
}

void DeviceCabinet::unlock(const engine::Order& order, std::function<void(engine::Answer)> done) {
    auto slot = slot_number(order.slot);
    auto nonce = nonce_of(order.nonce);
    if (!slot || !nonce) return done({engine::Fate::refused, "no such line"});
    helper::UnlockOrder unlock{*slot, *nonce, order.pulse,
                               loop::boottime_ms() + kOrderLives.count()};
    bolt_.unlock(unlock, [done = std::move(done)](const helper::UnlockOutcome& outcome) {
        done(answer_of(outcome));
    });
}

void DeviceCabinet::end_visit(const SlotId& slot) {
    auto number = slot_number(slot);
    if (sim_ != nullptr && number) sim_->relatch(*number, [](const Status&) {});
}

void DeviceCabinet::read(const SlotId& slot, std::function<void(rules::TagReading)> done) {
    auto found = reader_of_.find(slot);
    auto number = slot_number(slot);
    if (found == reader_of_.end() || !number) {
        rules::TagReading reading;
        reading.reason = "no reader";
        return done(reading);
    }
    found->second->read(*number, std::move(done));
}

void DeviceCabinet::know(const SealId& seal, const std::string& uid, const Bytes& key) {
    auto bytes = from_hex(uid);
    tag::Known known;
    known.seal = seal;
    if (!bytes || key.size() != known.key.size()) return;
    std::copy(key.begin(), key.end(), known.key.begin());
    std::erase_if(keyring_, [&](const auto& item) { return item.second.seal == seal; });
    keyring_[*bytes] = known;
    share_keyring();
}

void DeviceCabinet::enrol(const SealId& seal, const std::string& uid, const Bytes& key,
                          const SlotId& home) {
    know(seal, uid, key);
    auto bytes = from_hex(uid);
    if (sim_ == nullptr || !bytes || key.size() != 16) return;
    helper::SimTag tag{seal, *bytes, {}, slot_number(home).value_or(0)};
    std::copy(key.begin(), key.end(), tag.key.begin());
    tags_[seal] = tag;
    if (!sim_->up()) return;  // all are made when it comes up
    sim_->enrol(tag, [seal](const Status& status) {
        if (!status)
            log(Priority::warning, "sim", "a tag was not made",
                {{"seal", seal.str()}, {"why", status.error().detail}});
    });
}

void DeviceCabinet::tell_doors() {
    if (doors_) doors_({open_.begin(), open_.end()});
}

void DeviceCabinet::share_keyring() {
    auto shared = std::make_shared<const tag::Keyring>(keyring_);
    for (auto& [name, reader] : readers_)
        reader->set_keyring(shared);
}

std::vector<std::pair<std::string, bool>> DeviceCabinet::devices() const {
    std::vector<std::pair<std::string, bool>> out{{"bolt", bolt_up()}};
    if (sim_ != nullptr) out.emplace_back("sim", sim_up());
    for (const auto& [name, reader] : readers_)
        out.emplace_back("reader " + name, !reader->faulty());
    return out;
}

std::vector<std::string> DeviceCabinet::faulty_readers() const {
    std::vector<std::string> names;
    for (const auto& [name, reader] : readers_)
        if (reader->faulty()) names.push_back(name);
    return names;
}

}  // namespace seals::sealsd
