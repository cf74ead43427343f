#include "api/handlers.hpp"
#include "api/route_rows.hpp"
#include "wire/acts.hpp"
#include "wire/application.hpp"
#include "wire/ending.hpp"
#include "wire/import.hpp"
#include "wire/use.hpp"
#include "wire/views.hpp"

namespace seals::api {
namespace {

using enum Method;
using namespace wire;

constexpr Param kRequestPage[] = {{"limit", "items in this page, 1 to 500; default 100"},
                                  {"cursor", "`next` of the page before"},
                                  {"all", "1: also withdrawn and expired ones"},
                                  {"pending", "1: only applications that wait for an approval"}};
constexpr Param kUsePage[] = {{"limit", "items in this page, 1 to 500; default 100"},
                              {"cursor", "`next` of the page before"},
                              {"request", "only uses under that request"},
                              {"seal", "only uses of that seal"}};
constexpr Param kOutbox[] = {{"limit", "items in this page, 1 to 500; default 100"},
                             {"cursor", "`next` of the page before"},
                             {"dead", "1: only those that were given up"}};

constexpr RouteRow kTable[] = {
    {{get,
      "/v1/requests",
      Role::viewer,
      "list requests",
      {},
      shape<RequestView>("Request"),
      Answer::list,
      200,
      kRequestPage},
     &list_requests},
    {{post, "/v1/requests", Role::bridge, "store an approved request, or withdraw one",
      shape<RequestRecord>("RequestRecord"), shape<UpsertReply>("Upsert")},
     &post_request},
    {{get, "/v1/requests/{id}", Role::viewer, "one request", {}, shape<RequestView>("Request")},
     &get_request},
    {{post,
      "/v1/requests/{id}/withdraw",
      Role::bridge,
      "withdraw a request for good",
      {},
      shape<DoneReply>("Done")},
     &post_request_withdraw},
    {{post, "/v1/requests/{id}/hold", Role::custodian, "hold a request back",
      shape<ReasonCall>("ReasonCall"), shape<DoneReply>("Done")},
     &post_request_hold},
    {{post, "/v1/requests/{id}/release", Role::custodian, "release a held request",
      shape<ReasonCall>("ReasonCall"), shape<DoneReply>("Done")},
     &post_request_release},
    {{post, "/v1/requests/{id}/extend", Role::operator_, "grant more impressions, approved",
      shape<ExtendCall>("ExtendCall"), shape<DoneReply>("Done")},
     &post_request_extend},
    {{post, "/v1/requests/{id}/match", Role::bridge,
      "the OA's number of a paper request, or what cures an emergency",
      shape<MatchCall>("MatchCall"), shape<DoneReply>("Done")},
     &post_request_match},
    {{post, "/v1/requests/paper", Role::operator_, "two persons put in a request on paper",
      shape<PaperCall>("PaperCall"), shape<MadeReply>("Made"), Answer::one, 201},
     &post_request_paper},
    {{post, "/v1/requests/emergency", Role::operator_, "two persons open an emergency",
      shape<EmergencyCall>("EmergencyCall"), shape<MadeReply>("Made"), Answer::one, 201},
     &post_request_emergency},
    {{get,
      "/v1/uses",
      Role::viewer,
      "list uses, the oldest first",
      {},
      shape<UseView>("Use"),
      Answer::list,
      200,
      kUsePage},
     &list_uses},
    {{post, "/v1/uses", Role::operator_, "record a use", shape<UseCall>("UseCall"),
      shape<UseReply>("UseDone"), Answer::one, 201},
     &post_use},
    {whole({post,
            "/v1/uses/prove",
            Role::viewer,
            "add all uses up against what was granted",
            {},
            shape<ProofReply>("Proof")}),
     &post_use_proof},
    {{get, "/v1/uses/{id}", Role::viewer, "one use with its scene", {}, shape<SceneReply>("Scene")},
     &get_use},
    {{post, "/v1/uses/{id}/void", Role::operator_, "void a stamped sheet; its record stays",
      shape<VoidCall>("VoidCall"), shape<DoneReply>("Done")},
     &post_use_void},
    {{post, "/v1/requests/new", Role::operator_, "apply for a use of seals",
      shape<ApplyCall>("ApplyCall"), shape<ApplicationReply>("ApplicationDone"), Answer::one, 201},
     &post_application},
    {{post, "/v1/requests/{id}/approve", Role::operator_, "approve a step of an application",
      shape<DecideCall>("DecideCall"), shape<ApplicationReply>("ApplicationDone")},
     &post_request_approve},
    {{post, "/v1/requests/{id}/reject", Role::operator_, "refuse an application",
      shape<DecideCall>("DecideCall"), shape<ApplicationReply>("ApplicationDone")},
     &post_request_reject},
    {{post, "/v1/requests/{id}/withdraw-own", Role::operator_,
      "who applied takes a pending application back", shape<WithdrawOwnCall>("WithdrawOwnCall"),
      shape<DoneReply>("Done")},
     &post_request_withdraw_own},
    {{post, "/v1/requests/{id}/finish", Role::custodian, "end a request with what was used so far",
      shape<ReasonCall>("ReasonCall"), shape<DoneReply>("Done")},
     &post_request_finish},
    {{get,
      "/v1/requests/{id}/result",
      Role::viewer,
      "how a request ended, as its source is told",
      {},
      shape<ResultView>("Result")},
     &get_result},
    {{post, "/v1/requests/{id}/reported", Role::bridge, "its source took the result",
      shape<ReportedCall>("ReportedCall"), shape<DoneReply>("Done")},
     &post_reported},
    {{post, "/v1/requests/{id}/report-failed", Role::bridge, "its source did not take the result",
      shape<ReportFailedCall>("ReportFailedCall"), shape<DoneReply>("Done")},
     &post_report_failed},
    {{post, "/v1/requests/{id}/retry", Role::custodian, "have its result told again",
      shape<ReportAgainCall>("ReportAgainCall"), shape<DoneReply>("Done")},
     &post_report_again},
    {{post, "/v1/requests/{id}/waive", Role::custodian, "its result need not be told",
      shape<WaiveCall>("WaiveCall"), shape<DoneReply>("Done")},
     &post_report_waive},
    {{get,
      "/v1/outbox",
      Role::viewer,
      "list results that wait to be told",
      {},
      shape<OutboxItem>("OutboxItem"),
      Answer::list,
      200,
      kOutbox},
     &list_outbox},
};

}  // namespace

std::span<const RouteRow> request_routes() {
    return kTable;
}

}  // namespace seals::api
