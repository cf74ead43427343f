#include "engine/restore.hpp"

#include <fstream>

#include "engine/held.hpp"
#include "engine/placing.hpp"
#include "house.hpp"
#include "leaf/checkpoint.hpp"
#include "leaf/dump.hpp"
#include "ledger/copy.hpp"

using namespace seals;
using namespace seals::engine;
using namespace seals::engine::test;

namespace {

constexpr const char* kOrigin = "seals.test/cab-1/sim";

// A ledger, a backup of its beginning, and a checkpoint of all of it, held.
class Lost {
  public:
    Lost() {
        {
            House house(world);
            house.furnish();
            REQUIRE(ledger::copy_ledger(world.path("ledger.db"), world.path("early.db")));
            early = house.store->size();
        }
        {
            House house(world);
            for (int i = 0; i < 300; ++i)
                house.run(rules::Heartbeat{"job" + std::to_string(i), milliseconds{3'600'000}, {}});
            size = house.store->size();
        }
        REQUIRE(ledger::copy_ledger(world.path("ledger.db"), world.path("late.db")));
        auto reader = ledger::Reader::open(world.path("late.db"));
        REQUIRE(reader);
        root = *reader->root();
        hold_size(size, root);
        for (const auto* end : {"", "-wal", "-shm"})
            std::filesystem::remove(world.path("ledger.db") + end);
    }

    void hold_size(std::uint64_t at, const Hash& of) {
        auto key = leaf::SigningKey::generate();
        REQUIRE(key);
        REQUIRE(hold(world.dir.string(), kHeldSigned,
                     leaf::signed_checkpoint({kOrigin, at, of}, *key), evidence::Durable::no));
    }
    RestoreAsk ask(const std::string& file, std::vector<std::string> newer = {}) {
        return {world.dir.string(), kOrigin, world.path(file.c_str()), std::move(newer)};
    }
    Code code_of(const RestoreAsk& ask) {
        auto done = restore(ask, world.clock);
        INFO((done ? "" : done.error().detail));
        CHECK_FALSE(std::filesystem::exists(world.path("restoring")));
        return done ? Code::ok : done.error().code;
    }
    void write_dump() {
        std::ofstream out(world.path("late.dump"), std::ios::binary);
        auto reader = ledger::Reader::open(world.path("late.db"));
        REQUIRE(reader);
        for (std::uint64_t seq = 1; seq <= size; ++seq) {
            auto record = leaf::dump_record(*reader->leaf(seq));
            out.write(reinterpret_cast<const char*>(record.data()),
                      static_cast<std::streamsize>(record.size()));
        }
    }

    World world;
    std::uint64_t early = 0, size = 0;
    Hash root{};
};

}  // namespace

TEST_CASE("a backup with all that is held takes the place of the ledger") {
    Lost lost;
    auto done = restore(lost.ask("late.db"), lost.world.clock);
    INFO((done ? "" : done.error().detail));
    REQUIRE(done);
    CHECK(done->size == lost.size);
    CHECK(done->root == lost.root);
    CHECK(done->held);
    CHECK_FALSE(done->new_origin);
    House house(lost.world);
    CHECK(house.fault() == "");
}

TEST_CASE("a backup with less than is held is refused, with both sizes") {
    Lost lost;
    auto done = restore(lost.ask("early.db"), lost.world.clock);
    REQUIRE_FALSE(done);
    CHECK(done.error().code == Code::refused);
    CHECK(done.error().detail.find(std::to_string(lost.early)) != std::string::npos);
    CHECK(done.error().detail.find(std::to_string(lost.size)) != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(lost.world.path("ledger.db")));
}

TEST_CASE("what a backup lacks comes from a newer copy, or from a dump") {
    Lost lost;
    lost.write_dump();
    auto from = GENERATE(as<std::string>{}, "late.db", "late.dump");
    auto done = restore(lost.ask("early.db", {lost.world.path(from.c_str())}), lost.world.clock);
    INFO((done ? "" : done.error().detail));
    REQUIRE(done);
    CHECK(done->root == lost.root);
    CHECK(done->appended == lost.size - lost.early);
    CHECK(done->without_texts == (from == "late.dump" ? done->appended : 0));
    House house(lost.world);
    CHECK(house.fault() == "");
}

TEST_CASE("a dump that ends too early, in a leaf, or is altered does not complete a ledger") {
    Lost lost;
    lost.write_dump();
    auto path = lost.world.path("late.dump");
    auto bytes = std::filesystem::file_size(path);
    SECTION("cut within a leaf") {
        std::filesystem::resize_file(path, bytes - 3);
        CHECK(lost.code_of(lost.ask("early.db", {path})) == Code::invalid);
    }
    SECTION("altered before the backup's end") {
        std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
        file.seekp(200);
        file.put('#');
        file.close();
        CHECK(lost.code_of(lost.ask("early.db", {path})) == Code::corrupt);
    }
    SECTION("a ledger that is another") {
        lost.hold_size(lost.size, Hash{});
        CHECK(lost.code_of(lost.ask("late.db")) == Code::corrupt);
        CHECK(lost.code_of(lost.ask("early.db", {path})) == Code::corrupt);
    }
}

TEST_CASE("without the missing entries a ledger goes on under a new origin only, and says so") {
    Lost lost;
    auto ask = lost.ask("early.db");
    ask.new_origin = true;
    CHECK(lost.code_of(ask) == Code::invalid);  // no basis
    ask.basis = "the disk died";
    auto done = restore(ask, lost.world.clock);
    INFO((done ? "" : done.error().detail));
    REQUIRE(done);
    CHECK(done->origin == "seals.test/cab-1/e2/sim");
    CHECK(done->size == lost.early + 1);
    CHECK_FALSE(std::filesystem::exists(lost.world.path("checkpoint.signed")));
    House house(lost.world);
    CHECK(house.fault() == "");
    CHECK(house.store->origin() == done->origin);
    auto said = house.entries().at(lost.early).event;
    CHECK(said.type == EventType::rolled_back);
    CHECK(said.data.integer_or("kept") == static_cast<std::int64_t>(lost.early));
    CHECK(said.data.integer_or("held_size") == static_cast<std::int64_t>(lost.size));
    CHECK(said.data.text_or("held_root") == to_base64(lost.root));
}

TEST_CASE("a backup of another cabinet, or none at all, is refused") {
    Lost lost;
    auto ask = lost.ask("late.db");
    ask.origin = "seals.test/cab-2/sim";
    CHECK(lost.code_of(ask) == Code::conflict);
    CHECK(lost.code_of(lost.ask("nothing.db")) == Code::not_found);
    std::ofstream(lost.world.path("noise.db")) << std::string(5000, 'x');
    CHECK(lost.code_of(lost.ask("noise.db")) == Code::corrupt);
}

TEST_CASE("what was moved only in part is moved on by whoever comes next") {
    Lost lost;
    auto folder = lost.world.dir.string();
    std::filesystem::create_directory(folder + kPreparing);
    std::filesystem::copy_file(lost.world.path("late.db"), folder + kPreparing + "/ledger.db");
    std::ofstream(lost.world.path("restore.placing")) << "replaced-x\nheld\ndevice.key.0\nend\n";
    std::ofstream(lost.world.path("ledger.db")) << "old";
    SECTION("from its beginning") {}
    SECTION("from its middle") {
        std::filesystem::create_directory(lost.world.path("replaced-x"));
        std::filesystem::rename(lost.world.path("ledger.db"),
                                lost.world.path("replaced-x/ledger.db"));
    }
    REQUIRE(finish_placing(folder));
    REQUIRE(finish_placing(folder));
    CHECK(std::filesystem::file_size(lost.world.path("replaced-x/ledger.db")) == 3);
    CHECK(std::filesystem::file_size(lost.world.path("ledger.db")) ==
          std::filesystem::file_size(lost.world.path("late.db")));
    CHECK(std::filesystem::exists(lost.world.path("replaced-x/checkpoint.signed")));
    CHECK_FALSE(std::filesystem::exists(lost.world.path("restore.placing")));
}
