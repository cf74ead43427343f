// sealctl ledger backup, restore: a copy of the ledger while sealsd runs, and one in its place
// while it does not.
#include "wire/backup.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fd.hpp"
#include "commands/table.hpp"
#include "evidence/whole_file.hpp"
#include "leaf/hash.hpp"
#include "reply.hpp"
#include "wire/json.hpp"

extern char** environ;

namespace seals::sealctl {
namespace {

constexpr std::size_t kPiece = 1U << 20;
constexpr std::size_t kMostAnswer = 64U << 10;

Error cannot(const std::string& path) {
    return {errno == EACCES ? Code::denied : Code::unavailable, path + ": " + std::strerror(errno)};
}

Status write_all(int to, ByteView bytes, const std::string& path) {
    while (!bytes.empty()) {
        auto sent = ::write(to, bytes.data(), bytes.size());
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return cannot(path);
        bytes = bytes.subspan(static_cast<std::size_t>(sent));
    }
    return {};
}

// Its sha256 in hex.
Result<std::string> copy_bytes(const std::string& from, const std::string& to) {
    Fd source(::open(from.c_str(), O_RDONLY | O_CLOEXEC));
    if (!source) return cannot(from);
    Fd file(::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!file) return cannot(to);
    leaf::Sha256 sha256;
    Bytes piece(kPiece);
    for (;;) {
        auto got = ::read(source.get(), piece.data(), piece.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return cannot(from);
        if (got == 0) break;
        auto bytes = ByteView(piece).first(static_cast<std::size_t>(got));
        sha256.add(bytes);
        if (auto status = write_all(file.get(), bytes, to); !status) return status.error();
    }
    if (::fsync(file.get()) != 0) return cannot(to);
    return to_hex(sha256.finish());
}

// There are PIN hashes and tag keys in it: readable by its owner only, and never half.
Status copy_out(Context& context, const Value& made, const std::string& to) {
    auto from = made.text_or("path");
    auto part = to + ".part";
    ::unlink(part.c_str());
    auto sha256 = copy_bytes(from, part);
    Status status = sha256 ? Status{} : Status(sha256.error());
    if (status && *sha256 != made.text_or("sha256"))
        status = Error{Code::corrupt, to + " is not what " + from + " was"};
    if (status && std::rename(part.c_str(), to.c_str()) != 0) status = cannot(to);
    if (status) return evidence::sync_folder_of(to);
    ::unlink(part.c_str());
    status.error().remedy = context.text("backup.out_failed", {from});
    return status;
}

int run_backup(Context& context) {
    context.print.progress(context.text("backup.running"));
    auto reply = context.daemon.post("/v1/ledger/backup", Value{Value::Object{}}, kLong);
    context.print.progress("");
    auto out = context.arguments.one("--out");
    if (reply && !reply->problem && !out.empty())
        if (auto status = copy_out(context, reply->body, out); !status)
            return fail(context, status.error());
    return show_reply(context, reply, [&](Context& with, const Value& made) {
        Facts(with)
            .add("fact.backup", made.text_or("path"))
            .add("fact.size", std::to_string(made.integer_or("size")))
            .add("fact.root", made.text_or("root"))
            .add("fact.sha256", made.text_or("sha256"))
            .print();
        if (!out.empty()) with.print.say("backup.copied", {out});
        with.print.say("backup.key_apart");
    });
}

// As it is installed: in the same folder, in sbin beside bin, or among the helpers.
std::string find_sealsd() {
    std::error_code error;
    auto here = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
    for (const auto& folder :
         {here, here.parent_path() / "sbin", here.parent_path() / "libexec" / "seals"}) {
        auto path = (folder / "sealsd").string();
        if (::access(path.c_str(), X_OK) == 0) return path;
    }
    return {};
}

std::vector<std::string> words_of(const Context& context, const std::string& program) {
    const auto& given = context.arguments;
    std::vector<std::string> words{program};
    if (given.has("--config")) words.insert(words.end(), {"--config", given.one("--config")});
    words.insert(words.end(), {"--restore", given.one("FILE")});
    for (const auto& copy : given.all("--newer"))
        words.insert(words.end(), {"--newer", copy});
    if (given.has("--new-origin")) words.emplace_back("--new-origin");
    if (given.has("--basis")) words.insert(words.end(), {"--basis", given.one("--basis")});
    return words;
}

Result<pid_t> start(std::vector<std::string>& words, int output) {
    std::vector<char*> arguments;
    for (auto& word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    pid_t pid = 0;
    int failed =
        ::posix_spawn(&pid, words[0].c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) return unavailable(words[0] + ": " + std::strerror(failed));
    return pid;
}

std::string read_answer(int from) {
    std::string answer;
    std::array<char, 4096> piece{};
    for (;;) {
        auto got = ::read(from, piece.data(), piece.size());
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0 || answer.size() > kMostAnswer) return answer;
        answer.append(piece.data(), static_cast<std::size_t>(got));
    }
}

// What sealsd --restore prints, as if it had been a reply.
Result<Reply> ask_sealsd(const Context& context) {
    auto program = find_sealsd();
    if (program.empty())
        return unavailable("sealsd is not installed beside sealctl", "run sealsd --restore itself");
    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0) return unavailable(std::strerror(errno));
    Fd reading(pipe[0]), writing(pipe[1]);
    auto words = words_of(context, program);
    auto pid = start(words, writing.get());
    if (!pid) return pid.error();
    writing.reset();
    Reply reply;
    reply.text = read_answer(reading.get());
    while (!reply.text.empty() && reply.text.back() == '\n')
        reply.text.pop_back();
    int status = 0;
    while (::waitpid(*pid, &status, 0) < 0 && errno == EINTR) {
    }
    auto body = wire::parse_json(reply.text);
    if (body) reply.body = std::move(*body);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0 && body) return reply;
    if (body) {
        reply.problem = client::error_of(reply.body, 0);
        return reply;
    }
    // Its configuration, or a death: what it said stands above.
    return Error{Code::unavailable, context.text("restore.no_answer"),
                 context.text("restore.no_answer.remedy")};
}

void print_restored(Context& context, const Value& done) {
    Facts(context)
        .add("fact.origin", done.text_or("origin"))
        .add("fact.size", std::to_string(done.integer_or("size")))
        .add("fact.root", done.text_or("root"))
        .add("fact.replaced", done.text_or("replaced"))
        .print();
    if (auto appended = done.integer_or("appended"))
        context.print.say("restore.appended", {std::to_string(appended)});
    if (auto bare = done.integer_or("without_texts"))
        context.print.say("restore.without_texts", {std::to_string(bare)});
    if (done.boolean_or("new_origin")) context.print.say("restore.new_origin");
    if (!done.boolean_or("held")) context.print.say("restore.nothing_held");
    context.print.say("restore.next");
}

int run_restore(Context& context) {
    if (context.arguments.has("--new-origin") && context.arguments.one("--basis").empty())
        return wrong_usage(context, "usage.restore_basis");
    context.print.progress(context.text("restore.running"));
    auto reply = ask_sealsd(context);
    context.print.progress("");
    return show_reply(context, reply, print_restored);
}

constexpr Option kBackup[] = {{"--out", "FILE", "opt.out.backup"}};
constexpr Option kRestore[] = {{"FILE", "", "opt.file.backup", true},
                               {"--newer", "COPY", "opt.newer", false, true},
                               {"--new-origin", "", "opt.new_origin"},
                               {"--basis", "TEXT", "opt.basis.origin"},
                               {"--config", "FILE", "opt.config"}};
const Command kCommands[] = {{"ledger backup", kBackup, false, run_backup},
                             {"ledger restore", kRestore, false, run_restore}};

}  // namespace

std::span<const Command> backup_commands() {
    return kCommands;
}

}  // namespace seals::sealctl
