#include "api/routes.hpp"

#include "api/handlers.hpp"
#include "api/openapi.hpp"
#include "api/route_rows.hpp"
#include "wire/acts.hpp"
#include "wire/alert.hpp"
#include "wire/calls.hpp"
#include "wire/import.hpp"
#include "wire/inventory.hpp"
#include "wire/keeping.hpp"
#include "wire/reconciliation.hpp"
#include "wire/report.hpp"
#include "wire/status.hpp"
#include "wire/views.hpp"

namespace seals::api {
namespace {

constexpr Param kPage[] = {{"limit", "items in this page, 1 to 500; default 100"},
                           {"cursor", "`next` of the page before"}};
constexpr Param kSealPage[] = {{"limit", "items in this page, 1 to 500; default 100"},
                               {"cursor", "`next` of the page before"},
                               {"all", "1: also replaced, surrendered and destroyed ones"}};
constexpr Param kAllPage[] = {{"limit", "items in this page, 1 to 500; default 100"},
                              {"cursor", "`next` of the page before"},
                              {"all", "1: also those that are over"}};
constexpr Param kAlertPage[] = {{"limit", "items in this page, 1 to 500; default 100"},
                                {"cursor", "`next` of the page before"},
                                {"all", "1: also closed ones"},
                                {"type", "only alerts of that type"}};
constexpr Param kFollow[] = {{"follow", "1: a stream of the session's events, the session last"}};
constexpr Param kFollowCount[] = {{"follow", "1: a stream of slots as read, the inventory last"}};
constexpr Param kEvents[] = {
    {"after", "only entries with a greater seq; default 0"},
    {"type", "only events of that type, or of several with commas between"},
    {"limit", "items in this page, 1 to 500; default 100"},
    {"follow", "1: a stream that goes on with what is recorded"}};
constexpr Param kSearch[] = {{"q", "words, all of which must occur"},
                             {"from", "not before this time"},
                             {"to", "not after this time"},
                             {"seal", "only entries of that seal"},
                             {"person", "only entries of that person"},
                             {"request", "only entries of that request"},
                             {"limit", "hits in this page, 1 to 200; default 50"},
                             {"cursor", "`next` of the page before"}};

constexpr Param kReport[] = {{"from", "the period's first moment"},
                             {"to", "the period's last moment"},
                             {"seal", "only that seal"},
                             {"entity", "only seals of that entity"}};

using enum Method;
using namespace wire;

constexpr RouteRow kTable[] = {
    {{get, "/v1/status", std::nullopt, "health of every part", {}, shape<StatusReply>("Status")},
     &get_status},
    {{get, "/v1/policy", Role::viewer, "the policy in force, as recorded"}, &get_policy},
    {{post, "/v1/policy/explain", Role::viewer, "why a decision was made, or would be",
      shape<ExplainCall>("ExplainCall"), shape<ExplainReply>("Explain")},
     &post_policy_explain},
    {{get,
      "/v1/persons",
      Role::viewer,
      "list persons",
      {},
      shape<PersonView>("Person"),
      Answer::list,
      200,
      kPage},
     &list_persons},
    {{post, "/v1/persons", Role::bridge, "register or change a person",
      shape<PersonRecord>("PersonRecord"), shape<UpsertReply>("Upsert")},
     &post_person},
    {{get, "/v1/persons/{id}", Role::viewer, "one person", {}, shape<PersonView>("Person")},
     &get_person},
    {{post, "/v1/persons/{id}/pin", Role::operator_, "set a PIN", shape<PinCall>("PinCall"),
      shape<DoneReply>("Done")},
     &post_pin},
    {{get,
      "/v1/seals",
      Role::viewer,
      "list seals",
      {},
      shape<SealView>("Seal"),
      Answer::list,
      200,
      kSealPage},
     &list_seals},
    {{post, "/v1/seals", Role::bridge, "register a seal", shape<SealRecord>("SealRecord"),
      shape<UpsertReply>("Upsert")},
     &post_seal},
    {{get, "/v1/seals/{id}", Role::viewer, "one seal", {}, shape<SealView>("Seal")}, &get_seal},
    {{post, "/v1/seals/{id}/take", Role::operator_, "open the seal's slot to take it",
      shape<TakeCall>("TakeCall"), shape<VisitReply>("Visit"), Answer::one, 201},
     &post_take},
    {{post, "/v1/seals/{id}/return", Role::operator_, "open the seal's slot to return it",
      shape<ReturnCall>("ReturnCall"), shape<VisitReply>("Visit"), Answer::one, 201},
     &post_return},
    {{post, "/v1/seals/{id}/register", Role::custodian, "register a new seal",
      shape<RegisterCall>("RegisterCall"), shape<DoneReply>("Done")},
     &post_seal_register},
    {{post, "/v1/seals/{id}/enrol", Role::custodian, "give a registered seal its tag",
      shape<ActCall>("ActCall"), shape<DoneReply>("Done")},
     &post_seal_act},
    {{post, "/v1/seals/{id}/activate", Role::custodian, "put an enrolled seal into use",
      shape<ActCall>("ActCall"), shape<DoneReply>("Done")},
     &post_seal_act},
    {{post, "/v1/seals/{id}/suspend", Role::custodian, "stop its use for a while",
      shape<ActCall>("ActCall"), shape<DoneReply>("Done")},
     &post_seal_act},
    {{post, "/v1/seals/{id}/resume", Role::custodian, "put it into use again",
      shape<ActCall>("ActCall"), shape<DoneReply>("Done")},
     &post_seal_act},
    {{post, "/v1/seals/{id}/lost", Role::custodian, "report it lost: its grants end",
      shape<ActCall>("ActCall"), shape<DoneReply>("Done")},
     &post_seal_act},
    {{post, "/v1/seals/{id}/notice", Role::custodian, "its loss was published",
      shape<ActCall>("ActCall"), shape<DoneReply>("Done")},
     &post_seal_act},
    {{post, "/v1/seals/{id}/recover", Role::custodian, "a lost one is back",
      shape<ActCall>("ActCall"), shape<DoneReply>("Done")},
     &post_seal_act},
    {{post, "/v1/seals/{id}/retire", Role::custodian, "end its use", shape<ActCall>("ActCall"),
      shape<DoneReply>("Done")},
     &post_seal_act},
    {{post, "/v1/seals/{id}/seal-away", Role::custodian, "lock a retired one away",
      shape<ActCall>("ActCall"), shape<DoneReply>("Done")},
     &post_seal_act},
    {{post, "/v1/seals/{id}/surrender", Role::custodian, "it was given back to its issuer",
      shape<ActCall>("ActCall"), shape<DoneReply>("Done")},
     &post_seal_act},
    {{post, "/v1/seals/{id}/destroy", Role::custodian, "it was destroyed",
      shape<ActCall>("ActCall"), shape<DoneReply>("Done")},
     &post_seal_act},
    {{post, "/v1/seals/{id}/recall", Role::custodian, "call a seal back that is out",
      shape<ReasonCall>("ReasonCall"), shape<DoneReply>("Done")},
     &post_seal_recall},
    {{post, "/v1/seals/{id}/replace", Role::custodian, "another seal takes its place",
      shape<ReplaceCall>("ReplaceCall"), shape<ReplaceReply>("Replace")},
     &post_seal_replace},
    {{post, "/v1/seals/{id}/release-quarantine", Role::custodian, "two persons clear it",
      shape<ReleaseCall>("ReleaseCall"), shape<DoneReply>("Done")},
     &post_release_quarantine},
    {{get,
      "/v1/handovers",
      Role::viewer,
      "list open handovers",
      {},
      shape<HandoverView>("Handover"),
      Answer::list,
      200,
      kAllPage},
     &list_handovers},
    {{post, "/v1/handovers", Role::custodian, "offer seals to another keeper",
      shape<OfferCall>("OfferCall"), shape<HandoverReply>("HandoverDone"), Answer::one, 201},
     &post_handover},
    {{get, "/v1/handovers/{id}", Role::viewer, "one handover", {}, shape<HandoverView>("Handover")},
     &get_handover},
    {{post, "/v1/handovers/{id}/accept", Role::custodian, "accept one",
      shape<AnswerCall>("AnswerCall"), shape<HandoverReply>("HandoverDone")},
     &post_handover_accept},
    {{post, "/v1/handovers/{id}/refuse", Role::custodian, "refuse or take back one",
      shape<AnswerCall>("AnswerCall"), shape<HandoverReply>("HandoverDone")},
     &post_handover_refuse},
    {whole({get,
            "/v1/overrides",
            Role::viewer,
            "list openings that sealsd gave no leave for",
            {},
            shape<OverrideView>("Override"),
            Answer::list,
            200,
            kAllPage}),
     &list_overrides},
    {whole({post, "/v1/overrides/{id}/explain", Role::custodian, "two persons explain one",
            shape<ExplainOverrideCall>("ExplainOverrideCall"), shape<DoneReply>("Done")}),
     &post_override_explain},
    {{get,
      "/v1/sessions/{id}",
      Role::viewer,
      "one visit, or its events as they come",
      {},
      shape<SessionView>("Session"),
      Answer::stream,
      200,
      kFollow},
     &get_session},
    {whole({post, "/v1/imports", Role::bridge, "import a file that was sent to files.sock",
            shape<ImportCall>("ImportCall"), shape<ImportReply>("Import")}),
     &post_import},
    {whole({get,
            "/v1/inventories",
            Role::viewer,
            "list inventories, newest first",
            {},
            shape<InventoryHead>("InventoryHead"),
            Answer::list,
            200,
            kPage}),
     &list_inventories},
    {whole({post, "/v1/inventories", Role::operator_, "read the slots, all or those that changed",
            shape<InventoryCall>("InventoryCall"), shape<InventoryReply>("Inventory"),
            Answer::stream, 201, kFollowCount}),
     &post_inventory},
    {whole({post, "/v1/inventories/{id}/baseline", Role::operator_,
            "make a full count, just made, the opening baseline before two witnesses",
            shape<BaselineCall>("BaselineCall"), shape<BaselineReply>("Baseline"), Answer::one,
            201}),
     &post_baseline},
    {whole({post, "/v1/reconciliations", Role::auditor,
            "compare an export that was sent to files.sock with the ledger",
            shape<ReconcileCall>("ReconcileCall"), shape<ReconcileReply>("Reconciliation"),
            Answer::one, 201}),
     &post_reconciliation},
    {whole({get,
            "/v1/reconciliations",
            Role::viewer,
            "list reconciliations, the oldest first",
            {},
            shape<ReconciliationView>("ReconciliationHead"),
            Answer::list,
            200,
            kPage}),
     &list_reconciliations},
    {whole({get,
            "/v1/reconciliations/{id}",
            Role::viewer,
            "one reconciliation, its items page by page",
            {},
            shape<ReconcileReply>("Reconciliation"),
            Answer::one,
            200,
            kPage}),
     &get_reconciliation},
    {whole({post, "/v1/reconciliations/{id}/explain", Role::auditor, "say why a line is as it is",
            shape<LineExplainCall>("LineExplainCall"), shape<DoneReply>("Done")}),
     &post_explanation},
    {whole({get,
            "/v1/inventories/{id}",
            Role::viewer,
            "one inventory",
            {},
            shape<InventoryReply>("Inventory")}),
     &get_inventory},
    {{get,
      "/v1/reports/{kind}",
      Role::viewer,
      "a report of a period: a stream of head, rows and totals",
      {},
      shape<ReportHead>("ReportHead"),
      Answer::stream,
      200,
      kReport},
     &get_report},
    {{get,
      "/v1/search",
      Role::viewer,
      "find entries by words, newest first",
      {},
      shape<SearchItem>("SearchHit"),
      Answer::list,
      200,
      kSearch},
     &get_search},
    {whole({post,
            "/v1/search/rebuild",
            Role::admin,
            "make the search index anew",
            {},
            shape<RebuildReply>("Rebuild")}),
     &post_search_rebuild},
    {{get,
      "/v1/events",
      Role::viewer,
      "entries of the ledger",
      {},
      {},
      Answer::stream,
      200,
      kEvents},
     &list_events},
    {{get,
      "/v1/alerts",
      Role::viewer,
      "list alerts that are not closed",
      {},
      shape<AlertView>("Alert"),
      Answer::list,
      200,
      kAlertPage},
     &list_alerts},
    {{get, "/v1/alerts/{id}", Role::viewer, "one alert", {}, shape<AlertView>("Alert")},
     &get_alert},
    {{post, "/v1/alerts/{id}/ack", Role::operator_, "somebody has seen the alert",
      shape<AlertAckCall>("AlertAckCall"), shape<AlertView>("Alert")},
     &post_alert_ack},
    {{post, "/v1/alerts/{id}/assign", Role::operator_, "somebody is to see to the alert",
      shape<AlertAssignCall>("AlertAssignCall"), shape<AlertView>("Alert")},
     &post_alert_assign},
    {{post, "/v1/alerts/{id}/close", Role::operator_, "the alert was dealt with",
      shape<AlertCloseCall>("AlertCloseCall"), shape<AlertView>("Alert")},
     &post_alert_close},
    {{post, "/v1/heartbeats", Role::operator_, "a job tells that it runs",
      shape<HeartbeatCall>("HeartbeatCall"), shape<DoneReply>("Done")},
     &post_heartbeat},
    {whole({post, "/v1/cabinet/release", Role::operator_, "two persons release a frozen cabinet",
            shape<CabinetReleaseCall>("CabinetReleaseCall"), shape<DoneReply>("Done")}),
     &post_release},
    {{post, "/v1/verify", Role::viewer, "recompute the whole ledger, and the files where asked",
      shape<VerifyCall>("VerifyCall"), shape<VerifyReply>("Verify")},
     &post_verify},
    {whole({get,
            "/v1/holds",
            Role::viewer,
            "list requests under legal hold",
            {},
            shape<LegalHoldView>("LegalHold"),
            Answer::list,
            200,
            kPage}),
     &list_holds},
    {whole({post, "/v1/purges", Role::admin, "take away files whose term has passed",
            shape<PurgeCall>("PurgeCall"), shape<PurgeReply>("Purge")}),
     &post_purge},
    {whole({post, "/v1/persons/{id}/erase", Role::admin, "erase the data of one who has left",
            shape<EraseCall>("EraseCall"), shape<EraseReply>("Erase")}),
     &post_person_erase},
    {whole({post, "/v1/clock/accept", Role::operator_, "two persons accept the clock as right",
            shape<ClockCall>("ClockCall"), shape<DoneReply>("Done")}),
     &post_clock_accept},
};

// Only a simulated cabinet has it: there it stands in for a person's hand.
constexpr RouteRow kSimTable[] = {{{post, "/v1/sim/{verb}", Role::operator_,
                                    "act on the simulated cabinet", shape<SimCall>("SimCall")},
                                   &post_sim}};

Route route_of(Services& services, const RouteRow& row) {
    return {row.row, [&services, handle = row.handle](Request request, Responder responder) {
                handle(services, std::move(request), std::move(responder));
            }};
}

Route schema_route() {
    Row row{get, "/v1/schema", std::nullopt, "this API as OpenAPI 3.1"};
    auto rows = route_rows();
    auto document = std::make_shared<Value>(openapi(rows));
    return {row, [document](Request, Responder responder) { responder.reply(200, *document); }};
}

}  // namespace

std::vector<Row> route_rows() {
    std::vector<Row> rows{{get, "/v1/schema", std::nullopt, "this API as OpenAPI 3.1"}};
    for (auto table : {std::span<const RouteRow>(kTable), request_routes(), evidence_routes()})
        for (const auto& row : table)
            rows.push_back(row.row);
    for (const auto& row : kSimTable)
        rows.push_back(row.row);
    return rows;
}

std::vector<Route> make_routes(Services& services) {
    std::vector<Route> routes{schema_route()};
    for (auto table : {std::span<const RouteRow>(kTable), request_routes(), evidence_routes()})
        for (const auto& row : table)
            routes.push_back(route_of(services, row));
    if (services.simulated)
        for (const auto& row : kSimTable)
            routes.push_back(route_of(services, row));
    return routes;
}

}  // namespace seals::api
