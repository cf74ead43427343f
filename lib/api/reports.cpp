// Reports: a stream of a head, the rows, and an end with the totals. Nothing is told before all
// rows are read: the head says how many there are, and of which ledger.
#include "api/handlers.hpp"
#include "wire/report.hpp"

namespace seals::api {
namespace {

constexpr milliseconds kBeijing = std::chrono::hours(8);  // as in all Chinese forms
constexpr std::size_t kChunk = 64 * 1024;
constexpr std::size_t kRoom = 128 * 1024;  // a row longer than the chunk fits all the same

Error no_such_kind(const std::string& name) {
    std::string kinds;
    for (const auto& row : report_kind_rows())
        kinds += (kinds.empty() ? "" : ", ") + std::string(row.name);
    return Error{Code::invalid, "there is no report \"" + name + "\"", "one of: " + kinds, "kind"};
}

Result<Instant> time_of(const Request& request, const char* name) {
    auto text = request.text(name);
    auto at = from_rfc3339(text);
    if (at) return *at;
    return invalid(name, "query parameter \"" + std::string(name) + "\" must be an RFC 3339 time" +
                             (text.empty() ? "; it is missing" : ""));
}

// A filter by what nobody knows would be an empty report that looks right.
Status check_filter(const Services& services, const Caller& caller,
                    const engine::ReportQuery& query) {
    const auto& seals = services.engine.state().seals;
    const auto* seal = services.engine.state().seal(query.seal);
    if (!query.seal.empty() && seal == nullptr)
        return Error{Code::not_found, "seal " + query.seal.str() + " is not known",
                     "`sealctl seal list --all` shows them", "seal"};
    if (seal != nullptr)
        if (auto status = caller.check_entity(Role::viewer, seal->entity); !status) return status;
    if (query.entity.empty()) return {};
    if (auto status = caller.check_entity(Role::viewer, query.entity); !status) return status;
    for (const auto& [id, one] : seals)
        if (one.entity == query.entity) return {};
    return Error{Code::not_found, "no seal belongs to \"" + query.entity + "\"",
                 "`sealctl seal list --all` shows the entities", "entity"};
}

Result<engine::ReportQuery> query_of(const Services& services, const Request& request) {
    engine::ReportQuery query;
    auto kind = report_kind_named(request.param("kind"));
    if (!kind) return no_such_kind(request.param("kind"));
    auto from = time_of(request, "from");
    auto to = time_of(request, "to");
    if (!from || !to) return !from ? from.error() : to.error();
    if (*to < *from) return invalid("to", "the period ends before it begins");
    query.kind = *kind;
    query.period = {*from, *to};
    query.seal = SealId(request.text("seal"));
    query.entity = request.text("entity");
    query.entities = request.caller.entities[static_cast<std::size_t>(Role::viewer)];
    query.offset = kBeijing;
    if (auto status = check_filter(services, request.caller, query); !status) return status.error();
    return query;
}

class ReportStream : public std::enable_shared_from_this<ReportStream> {
  public:
    ReportStream(Services& services, Stream stream, engine::ReportQuery query)
        : services_(services), stream_(std::move(stream)), query_(std::move(query)) {}

    void start() {
        auto self = shared_from_this();
        stream_.on_close([self, cancel = cancel_] { *cancel = true; });
        services_.reporter.make(query_, cancel_, [self](auto made) { self->tell(made); });
    }

  private:
    void tell(Result<std::shared_ptr<engine::MadeReport>>& made) {
        if (!stream_.open()) return;
        if (!made) return stream_.end(made.error());
        report_ = std::move(*made);
        wire::ReportHead head;
        head.kind = std::string(row_of(query_.kind).name);
        head.from = query_.period.from;
        head.to = query_.period.to;
        if (!query_.seal.empty()) head.seal = query_.seal.str();
        if (!query_.entity.empty()) head.entity = query_.entity;
        head.rows = report_->sums.rows();
        head.origin = services_.engine.store().origin();
        head.simulated = services_.simulated;
        head.ledger = {static_cast<std::int64_t>(report_->size), to_base64(report_->root)};
        if (stream_.write(wire::write(head))) go_on();
    }
    void go_on() {
        if (!stream_.open()) return;
        if (stream_.room() < kRoom)
            return stream_.on_room([self = shared_from_this()] { self->go_on(); });
        services_.reporter.read(
            report_, place_, kChunk,
            [self = shared_from_this()](const Result<std::string>& lines) { self->pass(lines); });
    }
    void pass(const Result<std::string>& lines) {
        if (!stream_.open()) return;
        if (!lines) return stream_.end(lines.error());
        if (lines->empty()) return end();
        place_ += lines->size();
        for (std::string_view left = *lines; !left.empty();) {
            auto end = left.find('\n');
            if (!stream_.write_line(left.substr(0, end))) return;
            left.remove_prefix(end + 1);
        }
        go_on();
    }
    void end() {
        Value last{Value::Object{}};
        last.add("code", row_of(Code::ok).name);
        last.add("totals", report_->sums.to_value());
        last.add("size", static_cast<std::int64_t>(report_->size));
        last.add("root", to_base64(report_->root));
        stream_.end(last);
    }

    Services& services_;
    Stream stream_;
    engine::ReportQuery query_;
    engine::Reporter::Cancel cancel_ = std::make_shared<std::atomic<bool>>(false);
    std::shared_ptr<engine::MadeReport> report_;
    std::uint64_t place_ = 0;
};

}  // namespace

void get_report(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto query = query_of(services, call->request);
    if (!query) return call->problem(query.error());
    auto stream =
        std::make_shared<ReportStream>(services, call->responder.start_stream(), std::move(*query));
    stream->start();
}

}  // namespace seals::api
