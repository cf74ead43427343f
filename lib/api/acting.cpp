#include "api/acting.hpp"

#include <algorithm>
#include <numeric>
#include <set>

#include <sys/stat.h>

#include "base/text.hpp"

namespace seals::api {
namespace {

constexpr std::size_t kMostFiles = 16;

constexpr off_t kMostBytes = off_t{64} << 20;

// A file of an act is kept for good: it has a size that years of them can have. Blocks; a worker's.
Result<Fd> bounded(Result<Fd> file, const std::string& sha256) {
    struct stat about {};
    if (!file || ::fstat(file->get(), &about) != 0) return file;
    if (about.st_size > kMostBytes)
        return Error{Code::invalid, "file " + sha256 + " has more than 64 MiB",
                     "scale the photo or the scan down", "files"};
    if (about.st_size == 0)
        return Error{Code::invalid, "file " + sha256 + " is empty", {}, "files"};
    return file;
}

// One person after the other, in the order of their ids: two calls that name the same persons in
// another order would otherwise wait for each other for ever.
struct Checking {
    std::vector<wire::Acting> acting;
    std::vector<std::size_t> order;
    std::vector<rules::Acting> checked;
    std::vector<std::function<void()>> finish;
    Checked then;
};

void check_next(Services& services, const std::shared_ptr<Checking>& checking, std::size_t n) {
    if (n == checking->order.size())
        return checking->then(std::move(checking->checked), [checking] {
            for (auto& finish : checking->finish)
                finish();
        });
    auto at = checking->order[n];
    auto& one = checking->acting[at];
    services.factors.check(PersonId(one.person), given_factors(one.factors),
                           [&services, checking, n, at](std::vector<rules::FactorChecked> factors,
                                                        std::function<void()> finish) {
                               checking->checked[at].factors = std::move(factors);
                               checking->finish.push_back(std::move(finish));
                               check_next(services, checking, n + 1);
                           });
}

const ledger::Recorded& own_entry(const engine::Outcome& outcome) {
    for (const auto& entry : outcome.events)
        if (entry.event.data.find("idempotency") != nullptr) return entry;
    return outcome.events.front();
}

bool records_refusal(EventType type) {
    return type == EventType::act_refused || type == EventType::take_refused ||
           type == EventType::return_refused;
}

void decide(Services& services, const CallPtr& call, const std::shared_ptr<Act>& act,
            const rules::Idempotency& once, std::vector<rules::Acting> checked,
            const std::function<void()>& finish) {
    auto done = [&services, call, act, once, finish](const engine::Outcome& outcome) {
        finish();
        services.once.finished(once);
        if (outcome.error) return call->problem(*outcome.error);
        if (outcome.events.empty() && act->unchanged) return act->unchanged();
        if (outcome.events.empty()) return call->problem(internal("the act left no entry"));
        act->reply(own_entry(outcome));
    };
    engine::Submission submission{act->command(std::move(checked), once),
                                  call->request.caller.actor(), std::move(done)};
    if (act->vault) act->vault(submission);
    services.engine.submit(std::move(submission));
}

}  // namespace

std::vector<engine::GivenFactor> given_factors(const std::vector<wire::Factor>& factors) {
    std::vector<engine::GivenFactor> out;
    for (const auto& factor : factors)
        out.push_back({factor.kind, factor.value});
    return out;
}

Error recorded_refusal(const ledger::Recorded& entry) {
    const auto& data = entry.event.data;
    for (const auto& row : rule_rows()) {
        if (row.id != data.text_or("rule")) continue;
        auto error = refusal(row.rule, data.text_or("text"), data.texts_or("args"));
        error.seq = static_cast<long>(entry.seq);
        return error;
    }
    return internal("a recorded refusal names no rule that we know");
}

void check_acting(Services& services, std::vector<wire::Acting> acting, Checked then) {
    auto checking = std::make_shared<Checking>();
    checking->acting = std::move(acting);
    checking->then = std::move(then);
    for (const auto& one : checking->acting)
        checking->checked.push_back({PersonId(one.person), {}});
    checking->order.resize(checking->acting.size());
    std::iota(checking->order.begin(), checking->order.end(), std::size_t{0});
    std::sort(checking->order.begin(), checking->order.end(), [&](std::size_t a, std::size_t b) {
        return checking->acting[a].person < checking->acting[b].person;
    });
    check_next(services, checking, 0);
}

void perform(Services& services, const CallPtr& call, Act given) {
    auto act = std::make_shared<Act>(std::move(given));
    auto once = idempotency_of(call->request);
    auto fresh = [&services, call, act, once] {
        check_acting(services, act->acting,
                     [&services, call, act, once](std::vector<rules::Acting> checked,
                                                  const std::function<void()>& finish) {
                         decide(services, call, act, once, std::move(checked), finish);
                     });
    };
    auto recorded = [call, act](const ledger::Recorded& entry) {
        if (records_refusal(entry.event.type)) return call->problem(recorded_refusal(entry));
        act->reply(entry);
    };
    services.once.enter(once,
                        {fresh, recorded, [call](const Error& error) { call->problem(error); }});
}

void perform_with_files(Services& services, const CallPtr& call,
                        const std::vector<std::string>& files, Act act) {
    auto open = [open = services.open_upload, uid = call->request.caller.peer.uid](
                    const std::string& sha256) { return bounded(open(uid, sha256), sha256); };
    services.files.keep(files, open, [&services, call, act = std::move(act)](const Status& kept) {
        if (!kept) return call->problem(kept.error());
        perform(services, call, act);
    });
}

Status check_files(const std::vector<std::string>& files, const char* field) {
    std::string name(field);
    if (files.size() > kMostFiles) return invalid(name, "one act has at most 16 files");
    for (const auto& sha256 : files)
        if (!hash_from_hex(sha256))
            return invalid(name,
                           "\"" + name + "\" must hold sha256, 64 lower-case hex digits each");
    return {};
}

Status check_text(const std::string& text, const char* field) {
    if (!trimmed(text).empty()) return {};
    return invalid(field, std::string("\"") + field + "\" is empty");
}

void reply_done(const CallPtr& call, const ledger::Recorded& entry) {
    wire::DoneReply reply{static_cast<std::int64_t>(entry.seq)};
    call->responder.reply(200, wire::write(reply));
}

Status check_acting_ids(const std::vector<wire::Acting>& acting, const std::string& field) {
    std::set<std::string> seen;
    for (const auto& one : acting) {
        if (!valid_id(one.person)) return invalid(field, "\"" + field + "\" names no valid id");
        if (!seen.insert(one.person).second)
            return invalid(field, one.person + " cannot act twice in one act");
    }
    return {};
}

}  // namespace seals::api
