// Uses: recorded, voided, listed. Photos and the document are files of the store before the use is
// decided, so that a record never names what is not there.
#include "api/acting.hpp"
#include "api/handlers.hpp"
#include "api/listing.hpp"
#include "api/scope.hpp"
#include "api/view_of.hpp"
#include "rules/row.hpp"
#include "wire/use.hpp"

namespace seals::api {
namespace {

constexpr std::int64_t kMostPages = 100'000;

Status check_ids(const wire::UseCall& body) {
    if (!valid_id(body.request)) return invalid("request", "\"request\" is no id");
    if (!valid_id(body.seal)) return invalid("seal", "\"seal\" is no id");
    if (!valid_id(body.by)) return invalid("by", "\"by\" is no id");
    if (body.line && *body.line < 1) return invalid("line", "lines are numbered from 1");
    if (body.witness && !valid_id(body.witness->person))
        return invalid("witness", "\"witness\" names no valid id");
    return {};
}

// Every file that the use names; the first fault answers.
Result<std::vector<std::string>> files_of(const wire::UseCall& body) {
    if (auto status = check_files(body.before, "before"); !status) return status.error();
    if (auto status = check_files(body.after, "after"); !status) return status.error();
    std::vector<std::string> files = body.before;
    files.insert(files.end(), body.after.begin(), body.after.end());
    if (!body.document) return files;
    const auto& document = *body.document;
    if (document.pages < 0 || document.pages > kMostPages)
        return invalid("document.pages", "pages must be from 0 to 100000");
    if (document.file.empty()) return files;
    if (auto status = check_files({document.file}, "document.file"); !status) return status.error();
    files.push_back(document.file);
    return files;
}

rules::RecordUse command_of(const wire::UseCall& body) {
    rules::RecordUse command;
    auto& use = command.use;
    use.request = RequestId(body.request);
    use.seal = SealId(body.seal);
    use.line = body.line.value_or(0);
    use.impressions = {body.count, body.cross_page};
    use.before = body.before;
    use.after = body.after;
    use.place = body.place;
    use.exceptions = body.exceptions;
    if (body.document) {
        use.document = body.document->name;
        use.number = body.document->number;
        use.counterpart = body.document->counterpart;
        use.pages = body.document->pages;
        use.file = body.document->file;
    }
    command.at_given = body.at.has_value();
    if (body.at) use.at = *body.at;
    command.excess = body.excess;
    return command;
}

// What is left is read as committed, after this use.
void reply_use(Services& services, const CallPtr& call, const ledger::Recorded& entry) {
    const auto& data = entry.event.data;
    wire::UseReply reply{data.text_or("id"), static_cast<std::int64_t>(entry.seq),
                         data.integer_or("line")};
    reply.excess = data.integer_or("excess") + data.integer_or("excess_cross_page");
    auto row = services.engine.store().reader().row("request", entry.event.request.str());
    if (row && *row && (*row)->body) {
        auto request = rules::request_from(*(*row)->body);
        if (const auto* line = request.line_numbered(reply.line)) {
            auto left = request.remaining(*line, services.engine.moment().now);
            reply.remaining = left.ordinary;
            reply.remaining_cross_page = left.cross_page;
        }
    }
    call->responder.reply(201, wire::write(reply));
}

}  // namespace

void post_use(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto body = read_body<wire::UseCall>(call->request, call->responder);
    if (!body) return;
    if (auto status = check_ids(*body); !status) return call->problem(status.error());
    auto files = files_of(*body);
    if (!files) return call->problem(files.error());
    if (auto status = check_scope(services, call->request, SealId(body->seal)); !status)
        return call->problem(status.error());
    std::vector<wire::Acting> acting{{body->by, body->factors}};
    // Who supervises his own stamping is refused by the rules; his PIN is then checked once.
    bool other = body->witness && body->witness->person != body->by;
    if (other) acting.push_back(*body->witness);
    bool own = body->witness && !other;
    perform_with_files(
        services, call, *files,
        {acting,
         [command = command_of(*body), own](std::vector<rules::Acting> checked,
                                            rules::Idempotency once) {
             auto full = command;
             full.by = checked.front();
             if (own) full.witness = checked.front();
             if (checked.size() > 1) full.witness = std::move(checked[1]);
             full.idempotency = std::move(once);
             return full;
         },
         [&services, call](const ledger::Recorded& entry) { reply_use(services, call, entry); }});
}

void post_use_void(Services& services, Request request, Responder responder) {
    auto call = make_call(std::move(request), std::move(responder));
    auto body = read_body<wire::VoidCall>(call->request, call->responder);
    if (!body) return;
    std::vector<wire::Acting> acting{{body->person, body->factors}};
    if (auto status = check_acting_ids(acting, "person"); !status)
        return call->problem(status.error());
    if (auto status = check_text(body->reason, "reason"); !status)
        return call->problem(status.error());
    rules::VoidUse command{call->request.param("id"), body->reason, {}, {}};
    perform(services, call,
            {acting,
             [command](std::vector<rules::Acting> checked, rules::Idempotency once) {
                 auto full = command;
                 full.by = std::move(checked.front());
                 full.idempotency = std::move(once);
                 return full;
             },
             [call](const ledger::Recorded& entry) { reply_done(call, entry); }});
}

void list_uses(Services& services, Request request, Responder responder) {
    auto hidden = hidden_seals(services, request.caller);
    auto of = request.text("request"), seal = request.text("seal");
    list_rows(services, std::move(request), std::move(responder), "use",
              [hidden, of, seal](const Value& body) -> std::optional<Value> {
                  auto use = rules::use_from(body);
                  if (hidden.contains(use.seal.str())) return std::nullopt;
                  if (!of.empty() && use.request.str() != of) return std::nullopt;
                  if (!seal.empty() && use.seal.str() != seal) return std::nullopt;
                  return wire::write(view_of(use));
              });
}

}  // namespace seals::api
