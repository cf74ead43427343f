#include "proof_files.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

#include "base/fd.hpp"
#include "files.hpp"
#include "leaf/checkpoint.hpp"
#include "leaf/dump.hpp"
#include "leaf/proof_text.hpp"
#include "leaf/tree.hpp"
#include "reply.hpp"

namespace seals::sealctl {
namespace {

Error from_daemon(const Result<Reply>& reply) {
    if (!reply) return reply.error();
    return reply->problem ? *reply->problem : internal("an answer without sense");
}

Status write_all(int to, ByteView bytes, const std::string& path) {
    while (!bytes.empty()) {
        auto sent = ::write(to, bytes.data(), bytes.size());
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return unavailable(path + ": " + std::strerror(errno));
        bytes = bytes.subspan(static_cast<std::size_t>(sent));
    }
    return {};
}

// The leaves of one page into the file and into the tree; `after` moves on.
Status take_page(const Value& body, int to, const std::string& path, std::uint64_t& after,
                 leaf::Hasher& hasher, leaf::Frontier& tree) {
    const auto* items = body.find("items");
    if (items == nullptr || items->array() == nullptr) return internal("a page without items");
    Bytes records;
    for (const auto& item : *items->array()) {
        auto bytes = from_base64(item.text_or("leaf"));
        if (!bytes) return internal("a leaf that is not base64");
        auto record = leaf::dump_record(*bytes);
        records.insert(records.end(), record.begin(), record.end());
        tree.append(hasher, hasher.leaf_hash(*bytes));
        after = static_cast<std::uint64_t>(item.integer_or("seq"));
    }
    return write_all(to, records, path);
}

}  // namespace

Status ProofFiles::add_proof(Context& context, const Value& proof) {
    if (auto status = make_folder(folder_); !status) return status;
    auto name = folder_ + "/" + std::to_string(proof.integer_or("seq"));
    auto bytes = from_base64(proof.text_or("leaf"));
    if (!bytes) return internal("a leaf that is not base64");
    if (auto s = write_out(context, name + ".leaf", as_text(*bytes)); !s) return s;
    auto text = proof.text_or("proof");
    if (auto s = write_out(context, name + ".tlog-proof", text); !s) return s;
    auto parsed = leaf::parse_inclusion_proof(text);
    if (!parsed) return parsed.error();
    return write_out(context, folder_ + "/checkpoint", parsed->checkpoint);
}

Status ProofFiles::add_key(Context& context) {
    auto reply = context.daemon.get("/v1/checkpoint");
    if (!reply || reply->problem) return from_daemon(reply);
    return write_out(context, folder_ + "/device.vkey", reply->body.text_or("key") + "\n");
}

Result<std::uint64_t> write_dump(Context& context, const std::string& path,
                                 const Value& checkpoint) {
    auto size = static_cast<std::uint64_t>(checkpoint.integer_or("size"));
    Fd file;
    if (path != "-") {
        file.reset(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
        if (!file) return unavailable(path + ": " + std::strerror(errno));
    }
    int to = file ? file.get() : STDOUT_FILENO;
    leaf::Hasher hasher;
    leaf::Frontier tree;
    std::uint64_t after = 0;
    while (after < size) {
        auto reply =
            context.daemon.get(client::with_query("/v1/leaves", {{"after", std::to_string(after)},
                                                                 {"limit", "500"},
                                                                 {"size", std::to_string(size)},
                                                                 {"proofs", "0"}}),
                               kLong);
        if (!reply || reply->problem) return from_daemon(reply);
        auto before = after;
        if (auto s = take_page(reply->body, to, path, after, hasher, tree); !s) return s.error();
        if (after == before) return internal("the ledger ended before its checkpoint");
        context.print.progress(
            context.text("progress.dump", {std::to_string(after), std::to_string(size)}));
    }
    context.print.progress("");
    if (to_base64(tree.root(hasher)) != checkpoint.text_or("root"))
        return Error{Code::corrupt, "the leaves do not give the root of the checkpoint",
                     "`sealctl verify` names the first bad entry"};
    if (file && ::fsync(file.get()) != 0) return unavailable(path + ": " + std::strerror(errno));
    return size;
}

}  // namespace seals::sealctl
