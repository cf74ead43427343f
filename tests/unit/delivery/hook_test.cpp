#include "delivery/hook.hpp"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "catch.hpp"

using namespace seals;
using namespace seals::delivery;

namespace {

struct Folder {
    std::string path = "/tmp/seals-hook-test." + std::to_string(::getpid());
    Folder() { std::filesystem::create_directory(path); }
    ~Folder() { std::filesystem::remove_all(path); }
    std::string add(const std::string& name, const std::string& text, bool executable = true) {
        auto file = path + "/" + name;
        std::ofstream(file) << text;
        if (executable) std::filesystem::permissions(file, std::filesystem::perms::owner_all);
        return file;
    }
    std::string text(const std::string& name) const {
        std::ostringstream out;
        out << std::ifstream(path + "/" + name).rdbuf();
        return out.str();
    }
};

Hook::End run(const Errand& errand) {
    loop::Loop loop;
    auto hook = Hook::start(loop, errand);
    REQUIRE(hook);
    auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds{60};
    while (std::chrono::steady_clock::now() < give_up) {
        loop.run_once(milliseconds{10});
        if (auto end = (*hook)->end()) return *end;
    }
    FAIL("the hook did not end");
    return {};
}

Hook::End run(const std::string& path, const std::string& input = "{}\n",
              milliseconds limit = milliseconds{10'000}) {
    return run(Errand{path, input, limit});
}

}  // namespace

TEST_CASE("the hooks of a folder are its executable files, sorted") {
    Folder folder;
    folder.add("mail", "");
    folder.add("10-robot", "");
    folder.add("readme", "", false);
    for (const auto* name : {".hidden", "mail~", "mail.dpkg-old", "mail.rpmsave"})
        folder.add(name, "");
    std::filesystem::create_directory(folder.path + "/sub");
    auto hooks = hooks_in(folder.path);
    REQUIRE(hooks);
    CHECK(*hooks == std::vector<std::string>{"10-robot", "mail"});
    CHECK(hooks_in(folder.path + "/none").error().code == Code::unavailable);
}

TEST_CASE("a hook reads the whole alert, however long it is") {
    Folder folder;
    auto hook = folder.add("copy", "#!/bin/sh\ncat >" + folder.path + "/copied\n");
    std::string input = std::string(300'000, 'x') + "\n";
    CHECK(run(hook, input).ok);
    CHECK(folder.text("copied") == input);
}

TEST_CASE("how a hook ended is told, with its first words") {
    Folder folder;
    auto fails = run(folder.add("fails", "#!/bin/sh\necho no mail here >&2\nexit 3\n"));
    CHECK_FALSE(fails.ok);
    CHECK(fails.outcome == "exit 3");
    CHECK(fails.said == "no mail here\n");
    auto killed = run(folder.add("killed", "#!/bin/sh\nkill -SEGV $$\n"));
    CHECK(killed.outcome == "signal 11");
    loop::Loop loop;
    auto gone = Hook::start(loop, {folder.path + "/gone", "", milliseconds{100}});
    REQUIRE_FALSE(gone);
    CHECK(gone.error().code == Code::not_found);
}

TEST_CASE("a flood is read and thrown away but for its beginning") {
    Folder folder;
    auto hook = folder.add(
        "floods", "#!/bin/sh\nyes abcdefg | head -c 20000000 >&2\nyes | head -c 20000000\n");
    auto end = run(hook);
    CHECK(end.ok);
    CHECK(end.said.size() == Hook::kKept);
}

TEST_CASE("a hook whose time is up is killed with all that it started") {
    Folder folder;
    auto hook = folder.add(
        "hangs", "#!/bin/sh\nsleep 600 &\necho $! >" + folder.path + "/child\nsleep 600\n");
    auto end = run(hook, "", milliseconds{500});
    CHECK_FALSE(end.ok);
    CHECK(end.outcome == "time-out");
    auto child = std::stoi(folder.text("child"));
    bool gone = false;
    for (int turn = 0; turn < 200 && !gone; ++turn) {
        std::ifstream status("/proc/" + std::to_string(child) + "/stat");
        std::string text;
        gone = !status || !std::getline(status, text) || text.find(") Z") != std::string::npos;
        if (!gone) ::usleep(10'000);
    }
    CHECK(gone);
}

TEST_CASE("what a hook leaves behind does not outlive it, and a hook meets no ignored signal") {
    Folder folder;
    auto hook = folder.add("leaves", "#!/bin/sh\nsleep 600 &\necho $! >" + folder.path +
                                         "/child\ngrep SigIgn /proc/self/status >" + folder.path +
                                         "/ignored\n");
    loop::Loop ignoring;  // SIGPIPE, for the process
    CHECK(run(hook).ok);
    auto ignored = std::stoull(folder.text("ignored").substr(8), nullptr, 16);
    CHECK((ignored & (1ULL << (SIGPIPE - 1))) == 0);
}

TEST_CASE("a program's answer is kept where it is asked for, and not more of it than may be") {
    Folder folder;
    Errand errand{folder.add("answers", "#!/bin/sh\ncat\necho to $WHOM >&2\n"), "body"};
    errand.environment = {"WHOM=the-oa"};
    CHECK(run(errand).answer.empty());
    errand.answers = true;
    auto end = run(errand);
    CHECK(end.answer == "body");
    CHECK(end.said == "to the-oa\n");
    CHECK(end.exit == 0);
    CHECK_FALSE(end.too_long);
    errand.input = std::string(Hook::kMostAnswer, 'x');
    end = run(errand);
    CHECK(end.answer == errand.input);
    CHECK_FALSE(end.too_long);
    errand.input += "y";
    end = run(errand);
    CHECK(end.answer.size() == Hook::kMostAnswer);
    CHECK(end.too_long);
    errand.path = folder.add("later", "#!/bin/sh\nexit 75\n");
    CHECK(run(errand).exit == 75);
    errand.path = folder.add("sleeps", "#!/bin/sh\nexec sleep 600\n");
    errand.limit = milliseconds{300};
    CHECK_FALSE(run(errand).exit);
}
