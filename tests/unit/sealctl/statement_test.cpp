// Statements for a court: what is fetched for them, and how they read.
#include <algorithm>
#include <sstream>

#include "../evidence/history.hpp"
#include "fake_daemon.hpp"
#include "leaf/checkpoint.hpp"
#include "leaf/proof_text.hpp"
#include "words/cli_texts.hpp"

namespace seals::sealctl {
namespace {

using evidence::test::History;
using evidence::test::kMinute;
using evidence::test::object;

// GET /v1/checkpoint and /v1/leaves over a history, as sealsd answers them.
class Served {
  public:
    explicit Served(History& history) : history_(history) {
        history_.prove();
        auto key = *leaf::SigningKey::from_seed(Bytes(32, 7));
        leaf::PublicKey public_key{"example.com/cab-1", leaf::KeyType::signs, key.public_key()};
        auto note = leaf::signed_checkpoint(history_.checkpoint, key);
        daemon.answer(
            "GET /v1/checkpoint",
            {200,
             wire::dump_json(object({{"origin", history_.checkpoint.origin},
                                     {"size", static_cast<std::int64_t>(history_.checkpoint.size)},
                                     {"root", to_base64(history_.checkpoint.root)},
                                     {"time", "2025-11-24T20:00:00.000Z"},
                                     {"note", note},
                                     {"key", public_key.vkey()},
                                     {"cosignatures", Value{Value::Array{}}},
                                     {"timestamps", Value{Value::Array{}}}}))});
        daemon.answer("GET /v1/seals/S1",
                      {200, R"({"id":"S1","name":"合同专用章","entity":"甲公司","slot":"1"})"});
        daemon.answer("GET /v1/status", {200, R"({"now":"2025-11-24T20:00:00.000Z"})"});
        daemon.answer_by([this](const std::string& asked) { return leaves(asked); });
    }

    Outcome run(std::vector<std::string> words, const std::string& lang = "C") {
        return run_sealctl(std::move(words), daemon.socket(), lang);
    }
    std::size_t proved = 0;  // leaves given with a proof
    FakeDaemon daemon;

  private:
    static std::map<std::string, std::string> query_of(const std::string& asked) {
        std::map<std::string, std::string> query;
        std::istringstream all(asked.substr(asked.find('?') + 1));
        for (std::string pair; std::getline(all, pair, '&');)
            query[pair.substr(0, pair.find('='))] = pair.substr(pair.find('=') + 1);
        return query;
    }
    std::optional<Canned> leaves(const std::string& asked) {
        if (!asked.starts_with("GET /v1/leaves?")) return std::nullopt;
        auto query = query_of(asked);
        Value::Array items;
        Value next;
        for (auto seq = std::stoull(query["after"]) + 1; seq <= history_.size(); ++seq) {
            auto leaf = leaf::decode(history_.leaf(seq));
            auto types = query["type"];
            for (auto at = types.find("%2C"); at != std::string::npos; at = types.find("%2C"))
                types.replace(at, 3, ",");
            bool of_type = types.empty() ||
                           ("," + types + ",").find("," + leaf->type + ",") != std::string::npos;
            if (!of_type || (query.contains("seal") && leaf->seal != query["seal"])) continue;
            if (items.size() == std::min<std::size_t>(std::stoull(query["limit"]), 40)) {
                next = std::to_string(seq - 1);
                break;
            }
            Value::Array hashes;
            bool proofs = query["proofs"] != "0";
            if (proofs)
                for (const auto& hash : history_.leaves[seq - 1].proof)
                    hashes.emplace_back(to_base64(hash));
            proved += proofs ? 1 : 0;
            items.push_back(object({{"seq", static_cast<std::int64_t>(seq)},
                                    {"leaf", to_base64(history_.leaf(seq))},
                                    {"hashes", std::move(hashes)}}));
        }
        return Canned{
            200, wire::dump_json(object({{"items", std::move(items)},
                                         {"next", next},
                                         {"size", static_cast<std::int64_t>(history_.size())}}))};
    }

    History& history_;
};

struct Office : History {
    Office() {
        pass(1'000);
        register_seals();
        baseline();
        pass(2'000);
        state(true);
        watch(150);
        state(true);
        watch(3);
        from = now();
        watch(4);
        look_and_leave("S2");
        watch(2);
    }
    void end() {
        to = now();
        watch(20);
    }
    std::vector<std::string> words(const std::string& verb = "never-left") const {
        return {"evidence",          verb, "S1", "--from", to_rfc3339({from + 1}), "--to",
                to_rfc3339({to - 1})};
    }
    std::int64_t from = 0, to = 0;
};

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::vector<std::string> with(std::vector<std::string> words, std::vector<std::string> more) {
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

}  // namespace

TEST_CASE("a seal that never left is proved from what is needed and not from all there is") {
    Office office;
    office.end();
    Served served(office);
    auto outcome = served.run(office.words());
    INFO(outcome.out << outcome.err);
    CHECK(outcome.exit == 0);
    CHECK(has(outcome.out, "PROVED: from"));
    CHECK(has(outcome.out, "S1"));
    CHECK(has(outcome.out, "8. What this does not prove"));
    CHECK(served.proved < 60);
}

TEST_CASE("what was not covered is listed, and the exit is not 0") {
    Office office;
    office.read("S1", "unreadable");
    office.watch(2);
    office.lie("S1");
    office.watch(1);
    office.pass(1'000);
    office.step(2 * 3'600'000);
    office.pass(kMinute);
    office.boot(false, false);
    office.state();
    office.watch(1);
    office.end();
    Served served(office);
    auto outcome = served.run(with(office.words(), {"--format", "json"}));
    CHECK(outcome.exit == 1);
    auto said = json_of(outcome.out);
    CHECK(said.text_or("verdict") == "proven_except");
    std::string why;
    for (const auto& one : *said.find("uncovered")->array())
        for (const auto& reason : *one.find("why")->array())
            why += reason.text_or("code") + " ";
    CHECK(why == "reading clock_step restart ");
    auto chinese = served.run(with(office.words(), {"--lang", "zh_CN"}), "zh_CN.UTF-8");
    CHECK(has(chinese.out, "印章在柜情况说明"));
    CHECK(has(chinese.out, "时钟跳变 7200000 毫秒"));
    CHECK(has(chinese.out, "标签读取结果:未能读取"));
    CHECK_FALSE(has(chinese.out, "statement."));
    CHECK_FALSE(has(chinese.out, "reason."));
    CHECK_FALSE(has(chinese.out, "col."));
}

TEST_CASE("a take is told, and the list of uses is complete") {
    Office office;
    office.take("S1");
    office.pass(kMinute);
    office.add("use.recorded", "S1", object({{"id", "U1"}, {"count", 2}}));
    office.give_back("S1");
    office.watch(2);
    office.end();
    Served served(office);
    auto left = served.run(office.words());
    CHECK(left.exit == 1);
    CHECK(has(left.out, "IT LEFT"));
    auto uses = served.run(with(office.words("uses"), {"--format", "json"}));
    CHECK(uses.exit == 0);
    auto said = json_of(uses.out);
    CHECK(said.boolean_or("complete"));
    CHECK(said.find("takes")->array()->size() == 1);
    CHECK(said.find("uses")->array()->size() == 1);
    CHECK(has(served.run(office.words("uses")).out, "COMPLETE: from"));
}

TEST_CASE("the folder has each leaf with a proof that leads to the signed checkpoint") {
    Office office;
    office.end();
    Served served(office);
    auto folder = served.daemon.file("x", "") + ".out";
    auto outcome = served.run(with(office.words(), {"--out", folder, "--format", "html"}));
    CHECK(outcome.exit == 0);
    CHECK(has(outcome.out, "<!"));
    CHECK(has(outcome.out, "@page"));
    CHECK_FALSE(has(outcome.out, "http:"));
    CHECK_FALSE(has(outcome.out, "https:"));
    auto read = [](const std::filesystem::path& path) {
        std::FILE* file = std::fopen(path.c_str(), "r");
        REQUIRE(file != nullptr);
        std::string text(1 << 20, '\0');
        text.resize(std::fread(text.data(), 1, text.size(), file));
        std::fclose(file);
        return text;
    };
    auto line = read(folder + "/device.vkey");
    auto key = leaf::parse_vkey(line.substr(0, line.size() - 1));
    REQUIRE(key);
    leaf::Hasher hasher;
    std::size_t leaves = 0;
    for (const auto& file : std::filesystem::directory_iterator(folder + "/leaves")) {
        if (file.path().extension() != ".leaf") continue;
        ++leaves;
        auto path = file.path();
        auto bytes = read(path);
        auto proof = leaf::parse_inclusion_proof(read(path.replace_extension(".tlog-proof")));
        REQUIRE(proof);
        auto opened = leaf::open_checkpoint(proof->checkpoint, *key);
        REQUIRE(opened);
        CHECK(std::to_string(proof->index + 1) == path.stem().string());
        CHECK(leaf::verify_inclusion(hasher, hasher.leaf_hash(as_bytes(bytes)), proof->index,
                                     opened->checkpoint.size, proof->hashes,
                                     opened->checkpoint.root));
    }
    CHECK(leaves > 15);
    for (const auto* name : {"statement.txt", "statement.html", "statement.json"})
        CHECK_FALSE(read(folder + "/" + name).empty());
    std::filesystem::remove_all(folder);
}

TEST_CASE("a checkpoint that the named key did not sign proves nothing") {
    Office office;
    office.end();
    Served served(office);
    auto other = *leaf::SigningKey::from_seed(Bytes(32, 9));
    auto note = leaf::signed_checkpoint(office.checkpoint, other);
    auto key = *leaf::SigningKey::from_seed(Bytes(32, 7));
    leaf::PublicKey named{"example.com/cab-1", leaf::KeyType::signs, key.public_key()};
    served.daemon.answer("GET /v1/checkpoint",
                         {200, wire::dump_json(object({{"note", note}, {"key", named.vkey()}}))});
    auto outcome = served.run(office.words());
    CHECK(outcome.exit != 0);
    CHECK_FALSE(has(outcome.out, "PROVED"));
}

TEST_CASE("every reason has its words") {
    for (auto code : evidence::kFaults)
        CHECK(has_cli_text("reason." + std::string(code)));
    for (auto code : evidence::kGaps)
        CHECK(has_cli_text("reason." + std::string(code)));
}

TEST_CASE("a period that ends before it begins is a wrong command line") {
    FakeDaemon daemon;
    auto run = [&](const char* from, const char* to) {
        return run_sealctl({"evidence", "never-left", "S1", "--from", from, "--to", to},
                           daemon.socket())
            .exit;
    };
    CHECK(run("2026-11-25", "2026-11-24") == 2);
    CHECK(run("yesterday", "2026-11-24") == 2);
    CHECK(daemon.asked().empty());
}

}  // namespace seals::sealctl
