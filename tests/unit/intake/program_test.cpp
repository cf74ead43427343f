// sealsd-intake as a process: jobs over a socket, as sealsd gives them.
#include <fstream>

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "helper/intake.hpp"
#include "reading.hpp"
#include "wire/json.hpp"

extern char** environ;

using namespace intake_test;
using namespace std::chrono_literals;

namespace {

// The program with one end of a socket pair as its standard input.
struct Program {
    Fd socket;
    pid_t pid = -1;

    Program() {
        int fds[2];
        REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) == 0);
        socket.reset(fds[0]);
        Fd theirs(fds[1]);
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, theirs.get(), 0);
        char name[] = SEALSD_INTAKE;
        char* argv[] = {name, nullptr};
        REQUIRE(::posix_spawn(&pid, name, &actions, nullptr, argv, environ) == 0);
        posix_spawn_file_actions_destroy(&actions);
    }
    int wait() {
        int status = 0;
        socket.reset();
        if (pid > 0) ::waitpid(pid, &status, 0);
        pid = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
    ~Program() { wait(); }
};

Fd file_of(const std::string& text) {
    char name[] = "/tmp/seals-intake-test-XXXXXX";
    Fd file(::mkstemp(name));
    REQUIRE(file);
    ::unlink(name);
    REQUIRE(::write(file.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size()));
    return file;
}

struct Outcome {
    std::vector<wire::ImportItem> items;
    Status status;
    int exit = 0;
};

Outcome run(const std::string& text, helper::IntakeJob job) {
    Program program;
    auto file = file_of(text);
    Outcome out;
    out.status = helper::run_intake(
        program.socket.get(), job, file.get(),
        [&](std::vector<wire::ImportItem> items) {
            for (auto& item : items)
                out.items.push_back(std::move(item));
            return Status{};
        },
        helper::deadline_in(60s));
    out.exit = program.wait();
    return out;
}

}  // namespace

TEST_CASE("the program reads a file by its descriptor and gives what the library reads") {
    auto out = run(data("oa/requests.gbk.csv"), {"requests"});
    if (!out.status) FAIL(out.status.error().detail);
    CHECK(out.exit == 0);
    auto expected = read(data("oa/requests.gbk.csv"));
    REQUIRE(out.items.size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i)
        CHECK(wire::write(out.items[i]) == wire::write(expected[i]));
}

TEST_CASE("what is wrong with a file or a job is told, and the program ends well") {
    auto rubbish = run(std::string(10'000, '\0'), {"requests"});
    REQUIRE_FALSE(rubbish.status);
    CHECK(rubbish.status.error().code == Code::invalid);
    CHECK(rubbish.status.error().line == 1);
    CHECK(rubbish.exit == 0);
    helper::IntakeJob bad_map{"persons"};
    bad_map.map = "[columns]\nnothing = \"x\"\n";
    auto mapped = run(data("oa/people.csv"), bad_map);
    REQUIRE_FALSE(mapped.status);
    CHECK(mapped.status.error().line == 2);
    CHECK(run("x", {"nobody"}).status.error().field == "kind");
    helper::IntakeJob bad_format{"persons"};
    bad_format.format = "xls";
    CHECK(run("x", bad_format).status.error().field == "format");
}

TEST_CASE("a large file with a huge cell comes through within the program's limits") {
    std::string text = kHeadings;
    for (int i = 0; i < 3000; ++i)
        text += request_line(0, "YY-" + std::to_string(i));
    text += request_line(7, std::string(10 << 20, 'x'));
    auto out = run(text, {"requests"});
    if (!out.status) FAIL(out.status.error().detail);
    REQUIRE(out.items.size() == 3001);
    CHECK(out.items.back().fault->field == "文件名称");
}

TEST_CASE("bytes that are no job, no file and a silent hang-up do not upset the program") {
    Program hung_up;
    CHECK(hung_up.wait() == 0);

    Program nonsense;
    REQUIRE(::write(nonsense.socket.get(), "GET / HTTP/1.1\r\n\r\n", 18) == 18);
    CHECK(nonsense.wait() == row_of(Code::invalid).exit);

    Program no_file;
    REQUIRE(helper::write_frame(no_file.socket.get(), 1, helper::encode_job({"persons"}),
                                helper::deadline_in(5s)));
    auto answer = helper::read_frame(no_file.socket.get(), helper::deadline_in(10s));
    REQUIRE((answer && *answer));
    CHECK((*answer)->frame.kind == 4);
    CHECK(helper::decode_error((*answer)->frame.text()).field == "file");
    CHECK(no_file.wait() == 0);

    Program pipe_instead;
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    Fd read_end(ends[0]), write_end(ends[1]);
    auto status = helper::run_intake(
        pipe_instead.socket.get(), {"persons"}, read_end.get(), [](auto) { return Status{}; },
        helper::deadline_in(10s));
    REQUIRE_FALSE(status);
    CHECK(status.error().field == "file");
}
