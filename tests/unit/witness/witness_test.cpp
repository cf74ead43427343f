#include "witness/witness.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include <sys/stat.h>
#include <unistd.h>

#include "catch.hpp"
#include "some_log.hpp"

using namespace seals;
using namespace seals::witness;

namespace {

constexpr Instant kNow{1'764'000'000'000};

struct Folder {
    std::string path = [] {
        std::string made = "/tmp/witness-XXXXXX";
        return std::string(::mkdtemp(made.data()));
    }();
    ~Folder() { std::filesystem::remove_all(path); }

    Witness witness(const SomeLog& log) const {
        auto store = Store::open(path);
        REQUIRE(store);
        REQUIRE(store->identity("witness.example/w1"));
        REQUIRE(store->pin(log.key()));
        auto made = Witness::open(path);
        REQUIRE(made);
        return std::move(*made);
    }
    std::string file(const char* ending) const {
        for (const auto& at : std::filesystem::recursive_directory_iterator(path))
            if (at.path().extension() == ending) return at.path();
        return {};
    }
};

std::string content(const std::string& path) {
    std::ifstream file(path);
    std::stringstream out;
    out << file.rdbuf();
    return out.str();
}

}  // namespace

TEST_CASE("a cosignature is of this witness, over this checkpoint, and kept before it is told") {
    Folder folder;
    SomeLog log;
    log.grow(20, "a");
    auto witness = folder.witness(log);
    auto outcome = witness.add_checkpoint(log.body(0, 7), kNow);
    REQUIRE(outcome.verdict == Verdict::cosigned);
    auto line = outcome.cosignature;
    REQUIRE(line.ends_with("\n"));
    line.pop_back();
    auto signature = leaf::parse_signature(line);
    REQUIRE(signature);
    auto time =
        leaf::check_cosignature(log.checkpoint(7), *signature, witness.identity().public_key());
    REQUIRE(time);
    CHECK(*time == kNow.ms / 1000);
    CHECK(content(folder.file(".checkpoint")).find(outcome.cosignature) != std::string::npos);

    // Another process, later: from where we were, and not before; its clock was set back.
    auto again = Witness::open(folder.path);
    REQUIRE(again);
    auto early = again->add_checkpoint(log.body(0, 12), kNow);
    CHECK(early.verdict == Verdict::conflict);
    CHECK(early.body() == "7\n");
    CHECK(early.content_type() == "text/x.tlog.size");
    auto later = again->add_checkpoint(log.body(7, 12), Instant{0});
    REQUIRE(later.verdict == Verdict::cosigned);
    CHECK(
        *(*again->store().read("example.com/cab-1", again->identity().public_key()))->cosigned_at ==
        kNow.ms / 1000);
}

TEST_CASE("what a log's note says beside its own signature is not kept") {
    Folder folder;
    SomeLog log, stranger("example.com/other", 9);
    log.grow(5, "a");
    stranger.grow(5, "a");
    auto witness = folder.witness(log);
    auto note = leaf::parse_note(log.note(5));
    note->signatures.push_back(leaf::parse_note(stranger.note(5))->signatures.front());
    auto body = leaf::write_proof(leaf::ConsistencyProof{0, {}, leaf::write_note(*note)});
    REQUIRE(witness.add_checkpoint(body, kNow).verdict == Verdict::cosigned);
    auto kept = leaf::parse_note(content(folder.file(".checkpoint")));
    REQUIRE(kept);
    REQUIRE(kept->signatures.size() == 2);
    CHECK(kept->signatures[0].name == "example.com/cab-1");
    CHECK(kept->signatures[1].name == "witness.example/w1");
}

TEST_CASE("a state that was lost or altered is not taken for a fresh one") {
    Folder folder;
    SomeLog log;
    log.grow(9, "a");
    auto witness = folder.witness(log);
    REQUIRE(witness.add_checkpoint(log.body(0, 7), kNow).verdict == Verdict::cosigned);
    auto file = folder.file(".checkpoint");
    auto good = content(file);
    auto altered = good;
    altered[altered.find("\n7\n") + 1] = '6';
    std::ofstream(file) << altered;
    CHECK(witness.add_checkpoint(log.body(7, 9), kNow).verdict == Verdict::failed);
    std::ofstream(file) << log.note(7);  // the log's word alone
    CHECK(witness.add_checkpoint(log.body(7, 9), kNow).verdict == Verdict::failed);
    std::filesystem::remove(file);
    auto gone = witness.add_checkpoint(log.body(0, 9), kNow);
    CHECK(gone.verdict == Verdict::failed);
    CHECK(gone.detail.find("gone") != std::string::npos);
    std::ofstream(file) << good;
    CHECK(witness.add_checkpoint(log.body(7, 9), kNow).verdict == Verdict::cosigned);
}

TEST_CASE("when the disk takes nothing, nothing is cosigned") {
    if (::geteuid() == 0) return;  // root may write anywhere; the system test has a full disk
    Folder folder;
    SomeLog log;
    log.grow(9, "a");
    auto witness = folder.witness(log);
    ::chmod((folder.path + "/logs").c_str(), 0500);
    auto outcome = witness.add_checkpoint(log.body(0, 7), kNow);
    CHECK(outcome.verdict == Verdict::failed);
    CHECK(outcome.cosignature.empty());
    ::chmod((folder.path + "/logs").c_str(), 0700);
}

TEST_CASE("a fork is kept as two notes that anybody can check, once") {
    Folder folder;
    SomeLog log;
    log.grow(9, "a");
    auto other = log.fork(6);
    other.grow(3, "b");
    auto witness = folder.witness(log);
    REQUIRE(witness.add_checkpoint(log.body(0, 9), kNow).verdict == Verdict::cosigned);
    for (int i = 0; i < 2; ++i) {
        auto forked = witness.add_checkpoint(other.body(6, 9), kNow);
        CHECK(forked.verdict == Verdict::conflict);
        CHECK(forked.body() == "9\n");
    }
    auto ours = leaf::open_checkpoint(content(folder.file(".cosigned")), log.key());
    auto theirs = leaf::open_checkpoint(content(folder.file(".other")), log.key());
    REQUIRE(ours);
    REQUIRE(theirs);
    CHECK(ours->checkpoint.size == theirs->checkpoint.size);
    CHECK(ours->checkpoint.root != theirs->checkpoint.root);
    auto forks = std::filesystem::directory_iterator(folder.path + "/forks");
    CHECK(std::distance(begin(forks), end(forks)) == 2);
}

TEST_CASE("a log has one key, a witness one name, and nobody else reads its key") {
    Folder folder;
    SomeLog log, changed("example.com/cab-1", 9);
    auto store = Store::open(folder.path);
    REQUIRE(store);
    CHECK(store->identity().error().code == Code::not_found);
    REQUIRE(store->identity("witness.example/w1"));
    CHECK(store->identity("witness.example/w2").error().code == Code::conflict);
    CHECK(store->identity("witness.example/w1")->public_key() == store->identity()->public_key());
    CHECK(*store->pin(log.key()));
    CHECK_FALSE(*store->pin(log.key()));
    CHECK(store->pin(changed.key()).error().code == Code::conflict);
    CHECK(store->pin(store->identity()->public_key()).error().code == Code::invalid);
    struct stat found {};
    REQUIRE(::stat((folder.path + "/key").c_str(), &found) == 0);
    CHECK((found.st_mode & 0777) == 0600);
    ::chmod((folder.path + "/key").c_str(), 0640);
    CHECK(store->identity().error().code == Code::invalid);
    ::chmod((folder.path + "/key").c_str(), 0600);
    std::ofstream(folder.path + "/key", std::ios::app) << "x";
    CHECK(store->identity().error().code == Code::invalid);
    CHECK_FALSE(store->identity("with space"));
}

TEST_CASE("after a log rotated its key the new one counts, and what was cosigned still binds") {
    Folder folder;
    SomeLog log, renewed("example.com/cab-1", 9);
    log.grow(20, "a");
    renewed.grow(20, "a");
    auto witness = folder.witness(log);
    REQUIRE(witness.add_checkpoint(log.body(0, 7), kNow).verdict == Verdict::cosigned);
    CHECK(*witness.store().pin(renewed.key(), true));
    CHECK_FALSE(*witness.store().pin(renewed.key(), true));
    CHECK(witness.store().pin(log.key(), true).error().code == Code::conflict);  // never back
    CHECK(witness.add_checkpoint(log.body(7, 9), kNow).verdict == Verdict::unsigned_);
    CHECK(witness.add_checkpoint(renewed.body(0, 9), kNow).body() == "7\n");
    CHECK(witness.add_checkpoint(renewed.body(7, 9), kNow).verdict == Verdict::cosigned);
    CHECK(witness.add_checkpoint(renewed.body(9, 12), kNow).verdict == Verdict::cosigned);
    CHECK(*witness.store().origins() == std::vector<std::string>{"example.com/cab-1"});
}

TEST_CASE("of requests that come at once from one size, one alone is cosigned") {
    Folder folder;
    SomeLog log;
    log.grow(40, "a");
    auto witness = folder.witness(log);
    std::vector<Outcome> outcomes(8);
    std::vector<std::string> bodies;
    for (std::size_t i = 0; i < outcomes.size(); ++i)
        bodies.push_back(log.body(0, 10 + i));
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < outcomes.size(); ++i)
        threads.emplace_back(
            [&, i] { outcomes[i] = Witness::open(folder.path)->add_checkpoint(bodies[i], kNow); });
    for (auto& thread : threads)
        thread.join();
    std::size_t cosigned = 0;
    for (const auto& outcome : outcomes)
        cosigned += outcome.verdict == Verdict::cosigned;
    CHECK(cosigned == 1);
}
