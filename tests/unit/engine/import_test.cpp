#include "engine/import.hpp"

#include <thread>

#include <fcntl.h>
#include <sys/socket.h>

#include "house.hpp"

using namespace seals;
using namespace seals::engine;
using namespace seals::engine::test;
using namespace std::chrono_literals;
using seals::test::faults;

namespace {

// A record of this file as a command; api has the real ones.
Result<rules::Command> convert(const wire::ImportItem& item) {
    const auto& record = *item.request;
    if (record.applicant.empty()) return invalid("applicant", "the applicant is empty");
    rules::RequestUpsert upsert;
    upsert.request.source = record.source;
    upsert.request.external_id = record.external_id;
    upsert.request.applicant = PersonId(record.applicant);
    upsert.request.applied_at = record.applied_at;
    upsert.request.title = record.title;
    for (const auto& from : record.lines) {
        rules::Line line;
        line.seal = SealId(from.seal);
        for (const auto& user : from.users)
            line.users.emplace_back(user);
        upsert.given.push_back({false, !line.users.empty(), false, false});
        upsert.request.lines.push_back(line);
    }
    upsert.status = record.status;
    return rules::Command{upsert};
}

// sealsd-intake as a thread: what it says about the file is the test's.
using Program = std::function<void(helper::IntakeReply&, int fd)>;

struct Office : World {
    House house{*this};
    std::unique_ptr<Import> import = std::make_unique<Import>(house.loop, *house.engine);
    std::vector<std::thread> programs;
    std::atomic<int> put{0};  // items that the program could hand over

    Office() { house.furnish(); }
    ~Office() {
        import.reset();
        for (auto& program : programs)
            program.join();
    }

    ImportJob job(Program program, bool dry_run = false) {
        ImportJob job;
        job.job.kind = "requests";
        job.sha256 = std::string(64, 'a');
        job.dry_run = dry_run;
        job.actor = device_actor();
        job.convert = convert;
        job.open = []() -> Result<Fd> { return Fd(::open("/dev/null", O_RDONLY | O_CLOEXEC)); };
        job.connect = [this, program]() -> Result<Fd> {
            int ends[2];
            if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
                return unavailable("no sockets");
            programs.emplace_back([program, fd = ends[1]] {
                Fd mine(fd);
                (void)helper::read_frame(fd, helper::deadline_in(5s));
                helper::IntakeReply reply(fd, helper::deadline_in(20s));
                program(reply, fd);
            });
            return Fd(ends[0]);
        };
        return job;
    }
    Result<ImportResult> run(Program program, bool dry_run = false) {
        std::optional<Result<ImportResult>> result;
        import->run(job(std::move(program), dry_run),
                    [&](Result<ImportResult> got) { result = std::move(got);
    });
    REQUIRE(house.until([&] { return result.has_value(); }));
    return std::move(*result);
}
};  // namespace

wire::ImportItem item(int record, const std::string& id, const char* status = "approved",
                      const char* title = "contract") {
    wire::ImportItem out;
    out.line = record + 1;
    out.record = record;
    out.key = id;
    wire::RequestRecord request;
    request.source = "oa";
    request.external_id = id;
    request.status = status;
    request.applicant = "ann";
    request.applied_at = kStart;
    request.title = title;
    request.lines = {wire::RequestRecordLine{"S1"}};
    out.request = request;
    return out;
}

wire::ImportItem broken(int record) {
    wire::ImportItem out;
    out.line = record + 1;
    out.record = record;
    out.fault = wire::RecordFault{"copies", "is no number"};
    return out;
}

Program saying(std::vector<wire::ImportItem> items) {
    return [items = std::move(items)](helper::IntakeReply& reply, int) {
        for (const auto& each : items)
            (void)reply.put(each);
        (void)reply.finish(static_cast<std::int64_t>(items.size()));
    };
}

}  // namespace

TEST_CASE("an import counts distinct keys by their final outcome, and names what it refused") {
    Office office;
    auto file = saying({item(1, "A"), item(2, "B"), item(3, "A"), broken(4),
                        item(5, "C", "pending"), item(6, "D"), item(7, "D", "withdrawn"),
                        item(8, "E", "withdrawn"), item(9, "B", "approved", "another title")});
    auto result = office.run(file);
    REQUIRE(result);
    CHECK(result->accepted == 2);   // A once, B
    CHECK(result->withdrawn == 2);  // D in the end, E before any approval
    CHECK(result->left_out == 1);
    CHECK(result->unchanged == 0);
    REQUIRE(result->refused.size() == 1);
    CHECK(result->refused[0].line == 5);
    CHECK(result->refused[0].record == 4);
    CHECK(result->refused[0].field == "copies");
    REQUIRE(result->conflicts.size() == 1);
    CHECK(result->conflicts[0].key == "B");
    CHECK(result->conflicts[0].field == "title");
    CHECK(result->seq == office.house.store->size());
    auto finished = office.house.entries().back();
    CHECK(finished.event.type == EventType::import_finished);
    CHECK(finished.event.data.integer_or("accepted") == 2);
    auto again = office.run(file);
    REQUIRE(again);
    CHECK(again->accepted == 0);
    CHECK(again->withdrawn == 0);
    CHECK(again->unchanged == 4);
    CHECK(again->left_out == 1);
    CHECK(office.house.fault() == "");
}

TEST_CASE("a dry run counts the same and leaves the ledger untouched") {
    Office office;
    auto file = saying({item(1, "A"), item(2, "A"), item(3, "B", "withdrawn"), broken(4)});
    auto before = office.house.store->size();
    auto dry = office.run(file, true);
    REQUIRE(dry);
    CHECK(dry->accepted == 1);
    CHECK(dry->withdrawn == 1);
    CHECK(dry->refused_count == 1);
    CHECK(dry->seq == 0);
    office.house.rest();
    CHECK(office.house.store->size() == before);
    CHECK(office.house.engine->state().request(RequestId("A")) == nullptr);
    auto wet = office.run(file);
    REQUIRE(wet);
    CHECK(wet->accepted == dry->accepted);
    CHECK(wet->withdrawn == dry->withdrawn);
}

TEST_CASE("a file is read no further than the ledger has taken it in") {
    Office office;
    std::optional<Result<ImportResult>> result;
    const int kItems = 5000;
    faults().sync_ms = 100;
    office.import->run(office.job([&](helper::IntakeReply& reply, int) {
        for (int i = 1; i <= kItems; ++i)
            if (reply.put(item(i, "N" + std::to_string(i)))) ++office.put;
        (void)reply.finish(std::int64_t{kItems});
    }),
                       [&](Result<ImportResult> got) { result = std::move(got); });
    int most = 0;
    REQUIRE(office.house.until([&] {
        auto recorded = static_cast<int>(office.house.store->size());
        most = std::max(most, office.put - recorded);
        if (recorded > 1000) faults().sync_ms = 0;
        CHECK(office.house.engine->waiting() <= helper::kBatchItems);
        return result.has_value();
    }));
    REQUIRE(*result);
    CHECK((*result)->accepted == kItems);
    CHECK(most < 4000);  // what sockets and batches hold
}

TEST_CASE("an intake that dies fails the import; the batches before it stay") {
    Office office;
    auto result = office.run([](helper::IntakeReply& reply, int) {
        for (int i = 1; i <= 300; ++i)
            (void)reply.put(item(i, "N" + std::to_string(i)));
    });
    REQUIRE_FALSE(result);
    CHECK(result.error().code == Code::unavailable);
    CHECK(office.house.count(EventType::import_finished) == 0);
    CHECK(office.house.count(EventType::request_accepted) == 256 + 1);
    auto again = office.run(saying({item(1, "N1")}));  // and the next import goes
    REQUIRE(again);
    CHECK(again->unchanged == 1);
}

TEST_CASE("a fault of the file is told as it was said, with its line") {
    Office office;
    auto result = office.run([](helper::IntakeReply& reply, int) {
        (void)reply.put(item(1, "A"));
        auto error = invalid("header", "no column for the number");
        error.line = 3;
        (void)reply.finish(error);
    });
    REQUIRE_FALSE(result);
    CHECK(result.error().code == Code::invalid);
    CHECK(result.error().field == "header");
    CHECK(result.error().line == 3);
}

TEST_CASE("a file or a program that is not there fails the import") {
    Office office;
    for (int which : {0, 1}) {
        auto job = office.job([](helper::IntakeReply&, int) {});
        auto gone = []() -> Result<Fd> { return unavailable("gone"); };
        if (which == 0) job.open = gone;
        if (which == 1) job.connect = gone;
        std::optional<Result<ImportResult>> result;
        office.import->run(std::move(job), [&](Result<ImportResult> got) { result = got; });
        REQUIRE(office.house.until([&] { return result.has_value(); }));
        REQUIRE_FALSE(*result);
        CHECK(result->error().detail == "gone");
    }
}

TEST_CASE("a record that no leaf can hold is refused by name, the others go in") {
    Office office;
    auto huge = item(2, "H");
    huge.request->lines[0].users.clear();
    for (int i = 0; i < 2000; ++i)
        huge.request->lines[0].users.push_back(std::string(60, 'u') + std::to_string(i));
    auto result = office.run(saying({item(1, "A"), huge, item(3, "B")}));
    REQUIRE(result);
    CHECK(result->accepted == 2);
    REQUIRE(result->refused.size() == 1);
    CHECK(result->refused[0].key == "H");
    CHECK_FALSE(office.house.engine->read_only());
}

TEST_CASE("a disk that gets full in an import fails it, and what it has is there") {
    Office office;
    auto result = office.run([&](helper::IntakeReply& reply, int) {
        for (int i = 1; i <= 2000; ++i) {
            if (i == 600) faults().room = 0;
            (void)reply.put(item(i, "N" + std::to_string(i)));
        }
        (void)reply.finish(std::int64_t{2000});
    });
    REQUIRE_FALSE(result);
    CHECK(result.error().code == Code::unavailable);
    faults().room = -1;
    CHECK(office.house.fault() == "");
}

TEST_CASE("imports take turns") {
    Office office;
    std::vector<std::int64_t> seqs;
    for (int i = 0; i < 2; ++i)
        office.import->run(office.job(saying({item(1, "A" + std::to_string(i)),
                                              item(2, "B" + std::to_string(i))})),
                           [&](Result<ImportResult> got) {
                               REQUIRE(got);
                               CHECK(got->accepted == 2);
                               seqs.push_back(static_cast<std::int64_t>(got->seq));
                           });
    REQUIRE(office.house.until([&] { return seqs.size() == 2; }));
    CHECK(seqs[1] == seqs[0] + 3);
}

TEST_CASE("an import that still runs does not keep the daemon from ending") {
    auto start = std::chrono::steady_clock::now();
    {
        Office office;
        std::atomic<bool> began{false};
        office.import->run(office.job([&](helper::IntakeReply& reply, int) {
            for (int i = 1; i <= 300; ++i)
                (void)reply.put(item(i, "N" + std::to_string(i)));
            began = true;
        }),
                           [](const Result<ImportResult>&) {});
        while (!began)  // the loop does not run any more: nobody takes the batch
            std::this_thread::sleep_for(5ms);
    }
    CHECK(std::chrono::steady_clock::now() - start < 5s);
}
