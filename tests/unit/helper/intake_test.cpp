#include "helper/intake.hpp"

#include <thread>

#include <sys/socket.h>

#include "catch.hpp"
#include "wire/json.hpp"

using namespace seals;
using namespace seals::helper;
using namespace std::chrono_literals;

namespace {

wire::ImportItem person(std::int64_t record, const std::string& name = "甲") {
    wire::ImportItem item;
    item.line = record + 1;
    item.record = record;
    item.key = "E" + std::to_string(record);
    item.person = wire::PersonRecord{item.key, name, "", "", "staff", true};
    return item;
}

struct Ends {
    Fd ours, theirs;
    Ends() {
        int fds[2];
        REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) == 0);
        ours.reset(fds[0]);
        theirs.reset(fds[1]);
    }
};

const IntakeJob kJob{"persons", "csv", "oa", "Asia/Shanghai",
                     "[status]\n" + std::string(10'000, '#')};

// Runs the job against a program that says what `say` sends.
template <class Say>
Status talk(Say say, std::vector<wire::ImportItem>& got,
            std::vector<std::size_t>* sizes = nullptr) {
    Ends ends;
    Fd file(::dup(0));
    std::thread program([&] {
        auto job = read_frame(ends.theirs.get(), deadline_in(5s));
        say(ends.theirs.get(), job);
        ends.theirs.reset();
    });
    auto status = run_intake(
        ends.ours.get(), kJob, file.get(),
        [&](std::vector<wire::ImportItem> items) {
            if (sizes != nullptr) sizes->push_back(items.size());
            for (auto& item : items)
                got.push_back(std::move(item));
            return Status{};
        },
        deadline_in(10s));
    ends.ours.reset();
    program.join();
    return status;
}

void send(int fd, std::uint8_t kind, const std::string& payload) {
    (void)write_frame(fd, kind, payload, deadline_in(5s));
}

}  // namespace

TEST_CASE("a job, its file and all its items cross in batches") {
    std::vector<wire::ImportItem> got;
    std::vector<std::size_t> sizes;
    auto status = talk(
        [](int fd, const auto& job) {
            REQUIRE((job && *job));
            CHECK((*job)->fd);
            auto read = decode_job((*job)->frame.text());
            REQUIRE(read);
            CHECK(read->map == kJob.map);
            CHECK(read->source == "oa");
            IntakeReply reply(fd, deadline_in(5s));
            for (int i = 1; i <= 1000; ++i)
                CHECK(reply.put(person(i, std::string(i > 900 ? 4000 : 10, 'x'))));
            CHECK(reply.finish(std::int64_t{1000}));
        },
        got, &sizes);
    if (!status) FAIL(status.error().detail);
    REQUIRE(got.size() == 1000);
    for (int i = 1; i <= 1000; ++i)
        CHECK(got[static_cast<std::size_t>(i - 1)].record == i);
    CHECK(sizes[0] == kBatchItems);
    CHECK(sizes.back() < 100);  // bounded by bytes
}

TEST_CASE("an error of the file arrives as it was said, and what came before it too") {
    std::vector<wire::ImportItem> got;
    auto status = talk(
        [](int fd, const auto&) {
            IntakeReply reply(fd, deadline_in(5s));
            CHECK(reply.put(person(1)));
            Error error = invalid("header", "no column for id");
            error.line = 7;
            error.remedy = "name it";
            CHECK(reply.finish(error));
        },
        got);
    REQUIRE_FALSE(status);
    CHECK(status.error().code == Code::invalid);
    CHECK(status.error().field == "header");
    CHECK(status.error().line == 7);
    CHECK(status.error().remedy == "name it");
    CHECK(got.size() <= 1);
}

TEST_CASE("a program that stops, or says what it may not, fails the import") {
    auto item = wire::dump_json(wire::write(person(1)));
    auto both = person(1);
    both.fault = wire::RecordFault{"x", "y"};
    auto other = person(1);
    other.person.reset();
    other.seal = wire::SealRecord{};
    struct Bad {
        std::uint8_t kind;
        std::string payload;
    };
    for (const auto& bad :
         {Bad{2, "[" + item}, Bad{2, "{}"}, Bad{2, "[{\"line\":1}]"}, Bad{3, "{}"},
          Bad{3, "{\"records\":-1}"}, Bad{4, "{\"code\":\"ok\",\"detail\":\"x\"}"}, Bad{4, "x"},
          Bad{1, "{}"}, Bad{9, ""}, Bad{2, "[" + wire::dump_json(wire::write(both)) + "]"},
          Bad{2, "[" + wire::dump_json(wire::write(other)) + "]"}}) {
        INFO(int{bad.kind} << " " << bad.payload);
        std::vector<wire::ImportItem> got;
        auto status = talk([&](int fd, const auto&) { send(fd, bad.kind, bad.payload); }, got);
        REQUIRE_FALSE(status);
        CHECK(status.error().code == Code::internal);
        CHECK(got.empty());
    }
    std::vector<wire::ImportItem> got;
    auto gone = talk([&](int fd, const auto&) { send(fd, 2, "[" + item + "]"); }, got);
    REQUIRE_FALSE(gone);
    CHECK(gone.error().code == Code::unavailable);
    CHECK(got.size() == 1);
}

TEST_CASE("who takes the batches may stop the import") {
    Ends ends;
    std::thread program([&] {
        (void)read_frame(ends.theirs.get(), deadline_in(5s));
        IntakeReply reply(ends.theirs.get(), deadline_in(5s));
        (void)reply.put(person(1));
        (void)reply.finish(std::int64_t{1});
    });
    auto status =
        run_intake(ends.ours.get(), kJob, 0, [](auto) { return Status{unavailable("disk full")}; });
    program.join();
    REQUIRE_FALSE(status);
    CHECK(status.error().detail == "disk full");
}
