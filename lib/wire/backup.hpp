// Copies of the ledger: one that was made, and what a restore came to.
#pragma once

#include "wire/calls.hpp"

namespace seals::wire {

struct BackupReply {
    std::string path, sha256, root;
    std::int64_t bytes = 0, size = 0, seq = 0, dropped = 0;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("path", &BackupReply::path, kRequired, "of the copy, on the cabinet"),
            wire::field("sha256", &BackupReply::sha256, kRequired, "of the file"),
            wire::field("bytes", &BackupReply::bytes, kRequired, "its length"),
            wire::field("size", &BackupReply::size, kRequired, "entries in it"),
            wire::field("root", &BackupReply::root, kRequired, "of their tree, base64"),
            wire::field("seq", &BackupReply::seq, kRequired, "ledger entry that records it"),
            wire::field("dropped", &BackupReply::dropped, kRequired,
                        "older copies that gave way to it")};
    }
};

// Printed by sealsd --restore.
struct RestoreReply {
    std::string origin, root, replaced, code;
    std::int64_t size = 0, appended = 0, without_texts = 0;
    bool held = false, new_origin = false;
    static constexpr auto fields() {
        return std::tuple{
            wire::field("origin", &RestoreReply::origin, kRequired, "under which it goes on"),
            wire::field("size", &RestoreReply::size, kRequired, "entries"),
            wire::field("root", &RestoreReply::root, kRequired, "of their tree, base64"),
            wire::field("appended", &RestoreReply::appended, kRequired,
                        "of these, that came from newer copies"),
            wire::field("without_texts", &RestoreReply::without_texts, kRequired,
                        "of these, from a dump: names, titles and PINs are not in it"),
            wire::field("held", &RestoreReply::held, kRequired,
                        "it was compared with checkpoints that are held here"),
            wire::field("new_origin", &RestoreReply::new_origin, kRequired, "it has another one"),
            wire::field("replaced", &RestoreReply::replaced, kRequired,
                        "folder with what lay there before"),
            wire::field("code", &RestoreReply::code, kRequired, "ok")};
    }
};

}  // namespace seals::wire
