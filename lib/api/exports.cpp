// Exports: planned, recorded, signed, and only then told, as slowly as the asker reads: a head, the
// entries with their proofs, photos and documents in pieces, an end.
#include <cerrno>
#include <deque>

#include <unistd.h>

#include "api/acting.hpp"
#include "api/evidence.hpp"
#include "api/handlers.hpp"
#include "engine/export.hpp"
#include "wire/evidence.hpp"

namespace seals::api {
namespace {

constexpr std::size_t kLeaves = 32;         // read at once
constexpr std::size_t kPiece = 48U * 1024;  // bytes of a file in a line
constexpr std::size_t kRoom = 200U * 1024;  // a leaf of the greatest size fits, and a piece

using Leaves = Result<std::vector<engine::ExportedLeaf>>;

Value line_of(const engine::ExportedLeaf& one) {
    wire::ExportLine line;
    wire::LeafView view{static_cast<std::int64_t>(one.item.seq), to_base64(one.item.leaf), {}};
    for (const auto& hash : one.item.hashes)
        view.hashes.push_back(to_base64(hash));
    line.leaf = std::move(view);
    for (const auto& opening : one.openings)
        line.openings.push_back({opening.field, opening.text,
                                 opening.masked ? std::nullopt : std::optional(opening.salt)});
    return wire::write(line);
}

Result<Bytes> read_piece(const Fd& file, std::uint64_t at) {
    Bytes piece(kPiece);
    for (;;) {
        auto got = ::pread(file.get(), piece.data(), piece.size(), static_cast<off_t>(at));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return unavailable("the file cannot be read");
        piece.resize(static_cast<std::size_t>(got));
        return piece;
    }
}

class ExportStream : public std::enable_shared_from_this<ExportStream> {
  public:
    ExportStream(Services& services, Stream stream, engine::ExportAsk ask, engine::ExportPlan plan)
        : services_(services),
          stream_(std::move(stream)),
          ask_(std::move(ask)),
          plan_(std::move(plan)) {}

    void start(std::uint64_t seq, const engine::CheckpointView& view) {
        size_ = view.size;
        wire::ExportHead head;
        head.seq = static_cast<std::int64_t>(seq);
        head.size = static_cast<std::int64_t>(size_);
        head.leaves = static_cast<std::int64_t>(plan_.seqs.size());
        head.files = static_cast<std::int64_t>(plan_.files.size());
        head.checkpoint = checkpoint_reply(view, services_.signer);
        head.simulated = services_.simulated;
        head.version = services_.status(Language::en).version;
        if (stream_.write(wire::write(head))) go_on();
    }
    void fail(const Error& error) { stream_.end(error); }

  private:
    void go_on() {
        if (!stream_.open()) return;
        if (stream_.room() < kRoom)
            return stream_.on_room([self = shared_from_this()] { self->go_on(); });
        if (next_ < plan_.seqs.size()) return ask_leaves();
        if (file_ < plan_.files.size()) return ask_piece();
        Value last{Value::Object{}};
        last.add("leaves", static_cast<std::int64_t>(plan_.seqs.size()));
        last.add("files", static_cast<std::int64_t>(plan_.files.size()));
        last.add("code", row_of(Code::ok).name);
        stream_.end(last);
    }

    void ask_leaves() {
        auto end = std::min(plan_.seqs.size(), next_ + kLeaves);
        std::vector<std::uint64_t> seqs(plan_.seqs.begin() + static_cast<std::ptrdiff_t>(next_),
                                        plan_.seqs.begin() + static_cast<std::ptrdiff_t>(end));
        services_.engine.store().ask<Leaves>(
            [seqs, size = size_, names = ask_.names](ledger::Reader& reader) -> Leaves {
                std::vector<engine::ExportedLeaf> out;
                for (auto seq : seqs) {
                    auto one = engine::exported_leaf(reader, seq, size, names);
                    if (!one) return one.error();
                    out.push_back(std::move(*one));
                }
                return out;
            },
            [self = shared_from_this()](const Leaves& leaves) { self->pass(leaves); });
    }
    void pass(const Leaves& leaves) {
        if (!stream_.open()) return;
        if (!leaves) return stream_.end(leaves.error());
        for (const auto& one : *leaves) {
            waiting_.push_back(line_of(one));
            ++next_;
        }
        drain();
    }
    // Lines that were read and for which there was no room yet.
    void drain() {
        while (!waiting_.empty()) {
            if (!stream_.open()) return;
            if (stream_.room() < kRoom)
                return stream_.on_room([self = shared_from_this()] { self->drain(); });
            if (!stream_.write(waiting_.front())) return;
            waiting_.pop_front();
        }
        go_on();
    }

    void ask_piece() {
        using Piece = Result<Bytes>;
        auto sha256 = plan_.files[file_];
        if (!open_) {
            auto opened = services_.files.store().open(sha256);
            if (!opened) return miss(sha256, opened.error());
            open_ = std::make_shared<Fd>(std::move(*opened));
        }
        services_.engine.store().ask<Piece>(
            [file = open_, at = place_](ledger::Reader&) { return read_piece(*file, at); },
            [self = shared_from_this(), sha256](const Piece& piece) {
                self->pass_piece(sha256, piece);
            });
    }
    void pass_piece(const std::string& sha256, const Result<Bytes>& piece) {
        if (!stream_.open()) return;
        if (!piece) return miss(sha256, piece.error());
        wire::ExportLine line;
        line.file = sha256;
        line.bytes = to_base64(*piece);
        place_ += piece->size();
        if (piece->size() < kPiece) next_file();  // the last one, perhaps empty
        if (stream_.write(wire::write(line))) go_on();
    }
    void miss(const std::string& sha256, const Error& why) {
        wire::ExportLine line;
        line.file = sha256;
        line.missing = why.detail;
        next_file();
        if (stream_.write(wire::write(line))) go_on();
    }
    void next_file() {
        ++file_;
        place_ = 0;
        open_.reset();
    }

    Services& services_;
    Stream stream_;
    engine::ExportAsk ask_;
    engine::ExportPlan plan_;
    std::uint64_t size_ = 0;
    std::size_t next_ = 0, file_ = 0;
    std::deque<Value> waiting_;
    std::shared_ptr<Fd> open_;
    std::uint64_t place_ = 0;
};

// The entry that records it is durable; now a checkpoint that counts it, then the stream.
void tell(Services& services, const CallPtr& call, const engine::ExportAsk& ask,
          const engine::ExportPlan& plan, std::uint64_t seq) {
    using View = Result<engine::CheckpointView>;
    services.signer.sign([&services, call, ask, plan, seq](const engine::Signer::Signed& made) {
        if (!made) return call->problem(made.error());
        services.engine.store().ask<View>(
            [size = made->size](ledger::Reader& reader) {
                return engine::checkpoint_view(reader, size);
            },
            [&services, call, ask, plan, seq](const View& view) {
                if (!view) return call->problem(view.error());
                auto stream = std::make_shared<ExportStream>(
                    services, call->responder.start_stream(), ask, plan);
                stream->start(seq, *view);
            });
    });
}

void record(Services& services, const CallPtr& call, const engine::ExportAsk& ask,
            const std::string& basis, const engine::ExportPlan& plan) {
    rules::ExportEvidence command{ask.kind, ask.id, ask.from.value_or(Instant{}),
                                  ask.to.value_or(Instant{})};
    command.leaves = static_cast<std::int64_t>(plan.seqs.size());
    command.files = static_cast<std::int64_t>(plan.files.size());
    command.names = ask.names;
    command.basis = basis;
    services.engine.submit({std::move(command), call->request.caller.actor(),
                            [&services, call, ask, plan](const engine::Outcome& outcome) {
                                if (outcome.error) return call->problem(*outcome.error);
                                tell(services, call, ask, plan, outcome.events.front().seq);
                            }});
}

}  // namespace

void post_export(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto body = read_body<wire::ExportCall>(call->request, call->responder);
    if (!body) return;
    if (!valid_id(body->id)) return call->problem(invalid("id", "\"id\" is no id"));
    if (body->kind != "seal" && (body->from || body->to))
        return call->problem(invalid("from", "a period belongs to an export of a seal"));
    engine::ExportAsk ask{body->kind, body->id, body->from, body->to, body->names};
    using Plan = Result<engine::ExportPlan>;
    services.engine.store().ask<Plan>(
        [ask](ledger::Reader& reader) { return engine::plan_export(reader, ask); },
        [&services, call, ask, basis = body->basis.value_or("")](const Plan& plan) {
            if (!plan) return call->problem(plan.error());
            record(services, call, ask, basis, *plan);
        });
}

}  // namespace seals::api
