#include "rules/reconcile_line.hpp"

#include <algorithm>

namespace seals::rules {
namespace {

using enum LineClass;

bool is_approved(const LineFacts& facts) {
    return facts.oa != nullptr && facts.oa->status == LineStatus::approved;
}

std::int64_t impressions(const LineFacts& facts) {
    std::int64_t sum = 0;
    for (const auto& use : facts.uses)
        sum += use.count;
    return sum;
}

bool is_used(const LineFacts& facts) {
    return !facts.loans.empty() || impressions(facts) > 0;
}

// What may be stamped: as the OA says now, else as it was accepted.
std::optional<std::int64_t> allowed(const LineFacts& facts) {
    if (facts.oa != nullptr && facts.oa->content.count) return facts.oa->content.count;
    return facts.ledger != nullptr ? facts.ledger->content.count : std::nullopt;
}

std::vector<std::string_view> differences(const LineContent& oa, const LineContent& ours) {
    std::vector<std::string_view> fields;
    auto note = [&](bool differs, std::string_view field) {
        if (differs) fields.push_back(field);
    };
    auto known = [](std::uint64_t a, std::uint64_t b) { return a != 0 && b != 0 && a != b; };
    note(oa.applicant != ours.applicant, "applicant");
    note(oa.applied_at != ours.applied_at, "applied_at");
    note(oa.copies != ours.copies, "copies");
    note(oa.count && oa.count != ours.count, "count");
    note(oa.cross_page != ours.cross_page, "cross_page");
    note(oa.due != ours.due, "due");
    note(known(oa.title, ours.title), "title");
    note(known(oa.place, ours.place), "place");
    note(known(oa.users, ours.users), "users");
    note(oa.valid_from && oa.valid_from != ours.valid_from, "valid_from");
    note(oa.valid_to && oa.valid_to != ours.valid_to, "valid_to");
    return fields;
}

LineDetail undone(LineStatus status) {
    switch (status) {
        case LineStatus::withdrawn:
            return LineDetail::withdrawn_in_oa;
        case LineStatus::rejected:
            return LineDetail::rejected_in_oa;
        default:
            return LineDetail::pending_in_oa;
    }
}

const LineLoan* open_loan(const LineFacts& facts) {
    auto found = std::find_if(facts.loans.begin(), facts.loans.end(),
                              [](const LineLoan& loan) { return !loan.returned; });
    return found == facts.loans.end() ? nullptr : &*found;
}

// Its own period's run has compared it with the OA already.
bool is_of_another_period(const LineFacts& facts, const Period& period) {
    return facts.oa == nullptr && facts.ledger != nullptr &&
           !period.has(facts.ledger->content.applied_at);
}

bool is_paper(const LineFacts& facts) {
    return facts.oa == nullptr && facts.ledger != nullptr &&
           facts.ledger->key.source == kPaperSource;
}

class Judge {
  public:
    Judge(const LineFacts& facts, const Period& period, Instant now, LineItem& item)
        : facts_(facts), period_(period), now_(now), item_(item) {}

    void run() {
        for (auto step : {&Judge::without_approval, &Judge::too_many, &Judge::differing,
                          &Judge::still_out, &Judge::on_paper, &Judge::not_used})
            if ((this->*step)()) return;
        item_.detail =
            is_of_another_period(facts_, period_) ? LineDetail::other_period : LineDetail::none;
        item_.since = applied();
    }

  private:
    bool found(LineClass klass, LineDetail detail, Instant since) {
        item_.klass = klass;
        item_.detail = detail;
        item_.since = since;
        return true;
    }
    Instant applied() const {
        if (facts_.oa != nullptr) return facts_.oa->content.applied_at;
        return facts_.ledger != nullptr ? facts_.ledger->content.applied_at : first_use();
    }
    Instant first_use() const {
        if (!facts_.loans.empty()) return facts_.loans.front().taken;
        return facts_.uses.empty() ? now_ : facts_.uses.front().at;
    }

    bool without_approval() {
        if (!is_used(facts_) || is_approved(facts_)) return false;
        if (facts_.oa != nullptr)
            return found(without_request, undone(facts_.oa->status), first_use());
        if (facts_.ledger == nullptr)
            return found(without_request, LineDetail::no_request, first_use());
        if (is_paper(facts_) || is_of_another_period(facts_, period_)) return false;
        return found(without_request, LineDetail::not_in_export, first_use());
    }
    bool too_many() {
        auto most = allowed(facts_);
        if (!most) return false;
        if (impressions(facts_) > *most)
            return found(over_approved, LineDetail::used_more, first_use());
        // Who takes a seal stamps at least once, even where nobody recorded it.
        if (static_cast<std::int64_t>(facts_.loans.size()) <= *most) return false;
        return found(over_approved, LineDetail::taken_more, first_use());
    }
    bool differing() {
        if (facts_.contradictory)
            return found(content_differs, LineDetail::export_contradicts, applied());
        if (is_approved(facts_)) return differing_approval();
        if (facts_.ledger == nullptr || facts_.ledger->withdrawn) return false;
        if (facts_.oa != nullptr)
            return found(content_differs, undone(facts_.oa->status), applied());
        if (is_paper(facts_) || is_of_another_period(facts_, period_)) return false;
        return found(content_differs, LineDetail::not_in_export, applied());
    }
    bool differing_approval() {
        bool withdrawn = facts_.ledger != nullptr && facts_.ledger->withdrawn;
        if (withdrawn || facts_.withdrawn_unseen)
            return found(content_differs, LineDetail::withdrawn_here, applied());
        if (facts_.ledger == nullptr) return false;
        item_.differs = differences(facts_.oa->content, facts_.ledger->content);
        return !item_.differs.empty() && found(content_differs, LineDetail::fields, applied());
    }
    bool still_out() {
        const auto* loan = open_loan(facts_);
        if (loan == nullptr) return false;
        bool late = loan->due && *loan->due < now_;
        return found(not_returned, late ? LineDetail::overdue : LineDetail::out,
                     loan->due.value_or(loan->taken));
    }
    bool on_paper() {
        if (!is_paper(facts_) || facts_.ledger->withdrawn) return false;
        return found(paper_pending, LineDetail::paper, applied());
    }
    bool not_used() {
        if (!is_approved(facts_) || is_used(facts_)) return false;
        if (facts_.ledger == nullptr)
            return found(approved_unused, LineDetail::not_received, applied());
        auto end = facts_.ledger->content.valid_to.value_or(applied());
        return found(approved_unused,
                     end < now_ ? LineDetail::window_over : LineDetail::window_open, end);
    }

    const LineFacts& facts_;
    const Period& period_;
    Instant now_;
    LineItem& item_;
};

void add_content(std::string& to, const LineContent& content) {
    auto add = [&](std::int64_t number) { to += "/" + std::to_string(number); };
    auto add_if = [&](const auto& maybe) { add(maybe ? maybe->ms : -1); };
    to += content.applicant;
    add(content.applied_at.ms);
    add(content.copies);
    add(content.count.value_or(-1));
    add(content.cross_page);
    add_if(content.due);
    add_if(content.valid_from);
    add_if(content.valid_to);
    for (auto digest : {content.title, content.place, content.users})
        to += "/" + std::to_string(digest);
}

// Whoever comes first: the order of users means nothing.
std::uint64_t digest_of_users(std::vector<PersonId> users) {
    std::sort(users.begin(), users.end());
    std::string text;
    for (const auto& user : users)
        text += user.str() + " ";
    return digest_of(text);
}

std::string in_hex(std::uint64_t number) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string hex(16, '0');
    for (auto at = hex.rbegin(); at != hex.rend(); ++at, number >>= 4)
        *at = kDigits[number & 15];
    return hex;
}

}  // namespace

LineItem judge(const LineFacts& facts, const LineKey& key, const Period& period, Instant now) {
    LineItem item;
    item.key = &key;
    item.oa = facts.oa;
    item.ledger = facts.ledger;
    item.total_used = impressions(facts);
    item.total_loans = static_cast<std::int64_t>(facts.loans.size());
    if (const auto* loan = open_loan(facts)) item.out_since = loan->taken;
    Judge(facts, period, now, item).run();
    return item;
}

// Nothing that the period or the hour decides stands in it: tomorrow's run must find it the same.
std::string figures_of(const LineItem& item) {
    std::string text(name_of(item.klass));
    text += " oa=";
    if (item.oa != nullptr) {
        text += std::string(name_of(item.oa->status)) + "/";
        add_content(text, item.oa->content);
    }
    text += " ledger=";
    if (item.ledger != nullptr) {
        text += item.ledger->withdrawn ? "withdrawn/" : "accepted/";
        add_content(text, item.ledger->content);
    }
    text += " used=" + std::to_string(item.total_used);
    if (item.klass == without_request || item.klass == over_approved)
        text += " loans=" + std::to_string(item.total_loans);
    if (item.out_since) text += " out=" + std::to_string(item.out_since->ms);
    return in_hex(digest_of(text));
}

LineContent content_of(const Request& request, const Line& line) {
    LineContent content;
    content.applicant = request.applicant.str();
    content.applied_at = request.applied_at;
    content.copies = line.copies;
    content.count = line.count;
    content.cross_page = line.cross_page;
    content.valid_from = line.valid_from;
    content.valid_to = line.valid_to;
    content.title = digest_of(request.title);
    content.users = digest_of_users(line.users);
    if (!request.take_out) return content;
    content.due = request.take_out->due;
    content.place = digest_of(request.take_out->place);
    return content;
}

std::string_view name_of(LineStatus status) {
    constexpr std::string_view kNames[] = {"pending", "rejected", "approved", "withdrawn"};
    return kNames[static_cast<std::size_t>(status)];
}

std::uint64_t digest_of(std::string_view text) {
    constexpr std::uint64_t kBasis = 0xcbf29ce484222325, kPrime = 0x100000001b3;  // FNV-1a
    if (text.empty()) return 0;
    auto sum = kBasis;
    for (char c : text)
        sum = (sum ^ static_cast<unsigned char>(c)) * kPrime;
    return sum == 0 ? 1 : sum;
}

}  // namespace seals::rules
