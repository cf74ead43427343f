// Reconciliation: each class, what comes before what, and that nothing is lost or counted twice.
#include "rules/reconcile.hpp"

#include <algorithm>
#include <map>
#include <random>

#include "catch.hpp"

using namespace seals;
using namespace seals::rules;

namespace {

constexpr Instant kFrom{1'764'000'000'000}, kTo{1'764'600'000'000}, kNow{1'764'700'000'000};
constexpr Instant kDay{1'764'100'000'000}, kBefore{1'763'000'000'000};

LineKey key(const char* id, const char* source = "csv") {
    return {id, "YZ-1", source};
}

LineContent content() {
    LineContent content;
    content.applicant = "E1";
    content.applied_at = kDay;
    content.copies = 2;
    content.count = 2;
    content.valid_from = kDay;
    content.valid_to = kTo;
    content.title = digest_of("采购合同");
    return content;
}

ExportLine exported(const LineKey& key, LineStatus status = LineStatus::approved) {
    return {key, status, content()};
}
LedgerLine known(const LineKey& key) {
    return {key, key.external_id, false, content()};
}
LineLoan loan(const LineKey& key, bool returned = true) {
    return {key, kDay + milliseconds{5000}, std::nullopt, returned};
}

struct Seen {
    LineKey key;
    LineClass klass;
    LineDetail detail;
    LineState state;
    std::vector<std::string_view> differs;
    std::string figures;
    Instant since;
    std::int64_t loans, used;
    friend bool operator==(const Seen&, const Seen&) = default;
};

struct Outcome {
    std::vector<Seen> items;
    LineTotals totals;
};

Outcome finish(
    Comparison& comparison,
    const Comparison::Explained& explained = [](const LineItem&) { return Result<bool>(false); }) {
    Outcome outcome;
    auto totals = comparison.finish(explained, [&](const LineItem& item, LineState state) {
        outcome.items.push_back({*item.key, item.klass, item.detail, state, item.differs,
                                 figures_of(item), item.since, item.tally.loans, item.tally.uses});
        return Status{};
    });
    REQUIRE(totals);
    outcome.totals = *totals;
    return outcome;
}

// The one item that these make.
template <class... Parts>
Seen judged(Parts... parts) {
    Comparison comparison({kFrom, kTo}, kNow);
    (comparison.add(std::move(parts)), ...);
    auto outcome = finish(comparison);
    REQUIRE(outcome.items.size() == 1);
    return outcome.items.front();
}

}  // namespace

TEST_CASE("a line approved, accepted alike, used and returned matches") {
    auto item =
        judged(exported(key("A")), known(key("A")), loan(key("A")), LineUse{key("A"), kDay, 2});
    CHECK(item.klass == LineClass::matched);
    CHECK(item.state == LineState::matched);
    CHECK(item.loans == 1);
    CHECK(item.used == 2);
}

TEST_CASE("more impressions than the OA approves are over_approved") {
    CHECK(judged(exported(key("A")), known(key("A")), LineUse{key("A"), kDay, 3}).klass ==
          LineClass::over_approved);
    auto less = exported(key("A"));
    less.content.count = 1;  // lowered in the OA afterwards
    auto item = judged(less, known(key("A")), LineUse{key("A"), kDay, 2}, loan(key("A"), false));
    CHECK(item.klass == LineClass::over_approved);
    CHECK(item.detail == LineDetail::used_more);
}

TEST_CASE("a seal taken more often than impressions are approved is over_approved") {
    auto item =
        judged(exported(key("A")), known(key("A")), loan(key("A")), loan(key("A")), loan(key("A")));
    CHECK(item.klass == LineClass::over_approved);
    CHECK(item.detail == LineDetail::taken_more);
}

TEST_CASE("an OA that names no count allows what was accepted") {
    auto silent = exported(key("A"));
    silent.content.count.reset();
    CHECK(judged(silent, known(key("A")), LineUse{key("A"), kDay, 2}).klass == LineClass::matched);
    CHECK(judged(silent, known(key("A")), LineUse{key("A"), kDay, 3}).klass ==
          LineClass::over_approved);
}

TEST_CASE("a loan whose request is not in the export is without_request") {
    auto item = judged(known(key("A")), loan(key("A")));
    CHECK(item.klass == LineClass::without_request);
    CHECK(item.detail == LineDetail::not_in_export);
    CHECK(judged(known(key("A")), LineUse{key("A"), kDay, 1}).klass == LineClass::without_request);
    CHECK(judged(loan(key("A"))).detail == LineDetail::no_request);
}

TEST_CASE("a request withdrawn, refused or undecided in the OA but used here is without_request") {
    for (auto [status, detail] : {std::pair{LineStatus::withdrawn, LineDetail::withdrawn_in_oa},
                                  std::pair{LineStatus::rejected, LineDetail::rejected_in_oa},
                                  std::pair{LineStatus::pending, LineDetail::pending_in_oa}}) {
        auto item = judged(exported(key("A"), status), known(key("A")), loan(key("A")));
        CHECK(item.klass == LineClass::without_request);
        CHECK(item.detail == detail);
        item = judged(exported(key("A"), status), known(key("A")));
        CHECK(item.klass == LineClass::content_differs);
        CHECK(item.detail == detail);
        CHECK(judged(exported(key("A"), status)).klass == LineClass::matched);
    }
}

TEST_CASE("an approved line that nobody used is approved_unused, and late when its window ends") {
    auto item = judged(exported(key("A")), known(key("A")));
    CHECK(item.klass == LineClass::approved_unused);
    CHECK(item.detail == LineDetail::window_over);
    CHECK(item.since == kTo);
    auto open = known(key("A"));
    auto oa = exported(key("A"));
    open.content.valid_to = oa.content.valid_to = kNow + milliseconds{1};
    CHECK(judged(oa, open).detail == LineDetail::window_open);
    item = judged(exported(key("A")));
    CHECK(item.klass == LineClass::approved_unused);
    CHECK(item.detail == LineDetail::not_received);
    CHECK(item.since == kDay);
}

TEST_CASE("a seal that is out is not_returned, overdue after its time") {
    auto item = judged(exported(key("A")), known(key("A")), loan(key("A"), false));
    CHECK(item.klass == LineClass::not_returned);
    CHECK(item.detail == LineDetail::out);
    CHECK(item.since == kDay + milliseconds{5000});
    auto due = loan(key("A"), false);
    due.due = kTo;
    item = judged(exported(key("A")), known(key("A")), due);
    CHECK(item.detail == LineDetail::overdue);
    CHECK(item.since == kTo);
}

TEST_CASE("content that differs is content_differs and names the fields") {
    auto oa = exported(key("A"));
    oa.content.copies = 3;
    oa.content.applicant = "E2";
    oa.content.title = digest_of("销售合同");
    auto item = judged(oa, known(key("A")), loan(key("A"), false));
    CHECK(item.klass == LineClass::content_differs);
    CHECK(item.detail == LineDetail::fields);
    CHECK(item.differs == std::vector<std::string_view>{"applicant", "copies", "title"});
    auto erased = known(key("A"));
    erased.content.title = 0;  // the vault has it no more
    CHECK(judged(exported(key("A")), erased, loan(key("A"))).klass == LineClass::matched);
}

TEST_CASE("a line withdrawn here that the OA still approves differs, seen or unseen") {
    auto gone = known(key("A"));
    gone.withdrawn = true;
    CHECK(judged(exported(key("A")), gone).detail == LineDetail::withdrawn_here);
    CHECK(judged(exported(key("A"), LineStatus::withdrawn), gone).klass == LineClass::matched);
    CHECK(judged(gone).klass == LineClass::matched);
    Comparison comparison({kFrom, kTo}, kNow);
    comparison.add(exported(key("A")));
    comparison.add_withdrawal("A", "csv");
    CHECK(finish(comparison).items.front().detail == LineDetail::withdrawn_here);
}

TEST_CASE("an accepted line that the export does not have differs") {
    auto item = judged(known(key("A")));
    CHECK(item.klass == LineClass::content_differs);
    CHECK(item.detail == LineDetail::not_in_export);
}

TEST_CASE("what was put in on paper waits, unless it is out or was used too often") {
    auto paper = key("P1", "paper");
    CHECK(judged(known(paper)).klass == LineClass::paper_pending);
    CHECK(judged(known(paper), loan(paper)).klass == LineClass::paper_pending);
    CHECK(judged(known(paper), loan(paper, false)).klass == LineClass::not_returned);
    CHECK(judged(known(paper), LineUse{paper, kDay, 3}).klass == LineClass::over_approved);
}

TEST_CASE("a loan in the period under an earlier request needs no line of the export") {
    auto early = known(key("A"));
    early.content.applied_at = kBefore;
    auto item = judged(early, loan(key("A")));
    CHECK(item.klass == LineClass::matched);
    CHECK(item.detail == LineDetail::other_period);
    CHECK(judged(early, loan(key("A"), false)).klass == LineClass::not_returned);
}

TEST_CASE("lines outside the period are no items; the export's are counted") {
    Comparison comparison({kFrom, kTo}, kNow);
    auto oa = exported(key("A"));
    oa.content.applied_at = kBefore;
    auto ours = known(key("B"));
    ours.content.applied_at = kBefore;
    comparison.add(oa);
    comparison.add(ours);
    auto outcome = finish(comparison);
    CHECK(outcome.items.empty());
    CHECK(outcome.totals.outside == 1);
    CHECK(outcome.totals.all == LineTally{});
}

TEST_CASE("a line exported again counts once; of two stories none is believed") {
    Comparison comparison({kFrom, kTo}, kNow);
    for (int i = 0; i < 3; ++i)
        comparison.add(exported(key("A")));
    comparison.add(exported(key("A"), LineStatus::pending));
    comparison.add(known(key("A")));
    comparison.add(loan(key("A")));
    auto outcome = finish(comparison);
    REQUIRE(outcome.items.size() == 1);
    CHECK(outcome.items.front().klass == LineClass::matched);
    CHECK(outcome.totals.all.export_lines == 1);
    CHECK(outcome.totals.repeated == 3);
    auto other = exported(key("B"));
    other.content.copies = 9;
    auto item = judged(exported(key("B")), other, known(key("B")), loan(key("B")));
    CHECK(item.klass == LineClass::content_differs);
    CHECK(item.detail == LineDetail::export_contradicts);
}

TEST_CASE("an explained item is explained, and its figures change when anything of it does") {
    Comparison comparison({kFrom, kTo}, kNow);
    comparison.add(exported(key("A")));
    auto outcome = finish(comparison, [](const LineItem&) { return Result<bool>(true); });
    CHECK(outcome.items.front().state == LineState::explained);
    CHECK_FALSE(outcome.totals.oldest_open);
    auto figures = outcome.items.front().figures;
    CHECK(judged(exported(key("A"))).figures == figures);
    auto more = exported(key("A"));
    more.content.copies = 3;
    CHECK(judged(more).figures != figures);
    CHECK(judged(exported(key("A")), known(key("A"))).figures != figures);
    CHECK(judged(exported(key("A")), loan(key("A"))).figures != figures);
}

TEST_CASE("figures stay the same whatever the period and the hour") {
    auto figures_at = [](Period period, Instant now) {
        Comparison comparison(period, now);
        comparison.add(exported(key("A")));
        comparison.add(known(key("A")));
        auto due = loan(key("A"), false);
        due.due = kTo;
        comparison.add(due);
        return finish(comparison).items.front().figures;
    };
    CHECK(figures_at({kFrom, kTo}, kNow) == figures_at({kFrom, kDay}, kDay));
}

TEST_CASE("a failing sink ends the run with its error") {
    Comparison comparison({kFrom, kTo}, kNow);
    comparison.add(exported(key("A")));
    auto totals = comparison.finish(
        [](const LineItem&) { return Result<bool>(false); },
        [](const LineItem&, LineState) -> Status { return unavailable("the disk is full"); });
    REQUIRE_FALSE(totals);
    CHECK(totals.error().code == Code::unavailable);
}

namespace {

struct Inputs {
    std::vector<ExportLine> exported;
    std::vector<LedgerLine> known;
    std::vector<LineLoan> loans;
    std::vector<LineUse> uses;
};

Inputs random_inputs(std::mt19937& random) {
    auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    auto any_key = [&] {
        return LineKey{"R" + std::to_string(below(12)), "YZ-" + std::to_string(below(3)),
                       below(5) == 0 ? "paper" : "csv"};
    };
    auto any_time = [&] { return kFrom + milliseconds{below(9) * 100'000'000LL - 100'000'000}; };
    auto any_content = [&] {
        auto made = content();
        made.copies = 1 + below(2);
        made.applied_at = any_time();
        return made;
    };
    Inputs in;
    for (auto n = below(25); n > 0; --n)
        in.exported.push_back({any_key(), static_cast<LineStatus>(below(4)), any_content()});
    std::set<LineKey> taken;
    for (auto n = below(25); n > 0; --n)
        if (auto at = any_key(); taken.insert(at).second)
            in.known.push_back({at, at.external_id, below(4) == 0, any_content()});
    for (auto n = below(25); n > 0; --n)
        in.loans.push_back({any_key(), any_time(), std::nullopt, below(3) != 0});
    for (auto n = below(25); n > 0; --n)
        in.uses.push_back({any_key(), any_time(), 1 + below(4)});
    return in;
}

Outcome compared(const Inputs& in) {
    Comparison comparison({kFrom, kTo}, kNow);
    for (const auto& line : in.exported)
        comparison.add(line);
    for (const auto& line : in.known)
        comparison.add(line);
    for (const auto& loan : in.loans)
        comparison.add(loan);
    for (const auto& use : in.uses)
        comparison.add(use);
    return finish(comparison);
}

// What must be in items, found without the comparison: keys, and how much lies in the period.
struct Expected {
    std::set<LineKey> keys;
    std::int64_t exported = 0, known = 0, loans = 0, uses = 0;
};

Expected expected_of(const Inputs& in) {
    Period period{kFrom, kTo};
    Expected want;
    auto count = [&](const LineKey& key, Instant at, std::int64_t& to, std::int64_t n) {
        if (!period.has(at)) return;
        want.keys.insert(key);
        to += n;
    };
    for (const auto& line : in.exported)
        count(line.key, line.content.applied_at, want.exported, 1);
    for (const auto& line : in.known)
        count(line.key, line.content.applied_at, want.known, 1);
    for (const auto& loan : in.loans)
        count(loan.key, loan.taken, want.loans, 1);
    for (const auto& use : in.uses)
        count(use.key, use.at, want.uses, use.count);
    return want;
}

}  // namespace

TEST_CASE("whatever goes in, in any order, is in exactly one item, and the totals agree") {
    std::mt19937 random(7);
    std::map<LineClass, int> seen;
    for (int round = 0; round < 3000; ++round) {
        auto in = random_inputs(random);
        auto want = expected_of(in);
        auto outcome = compared(in);
        std::set<LineKey> keys;
        LineTally sum;
        for (const auto& item : outcome.items) {
            REQUIRE(keys.insert(item.key).second);
            ++seen[item.klass];
            sum.loans += item.loans;
            sum.uses += item.used;
        }
        REQUIRE(keys == want.keys);
        REQUIRE(std::is_sorted(outcome.items.begin(), outcome.items.end(),
                               [](const auto& a, const auto& b) { return a.key < b.key; }));
        const auto& all = outcome.totals.all;
        REQUIRE(all.items == static_cast<std::int64_t>(want.keys.size()));
        REQUIRE(all.export_lines + outcome.totals.repeated == want.exported);
        REQUIRE(all.ledger_lines == want.known);
        REQUIRE((all.loans == want.loans && sum.loans == want.loans));
        REQUIRE((all.uses == want.uses && sum.uses == want.uses));
        REQUIRE(outcome.totals.outside + want.exported ==
                static_cast<std::int64_t>(in.exported.size()));
        std::shuffle(in.exported.begin(), in.exported.end(), random);
        std::shuffle(in.known.begin(), in.known.end(), random);
        std::shuffle(in.loans.begin(), in.loans.end(), random);
        std::shuffle(in.uses.begin(), in.uses.end(), random);
        REQUIRE(compared(in).items == outcome.items);
    }
    CHECK(seen.size() == kLineClasses);
}
