// The handlers that the route table names; one file per noun. Loop thread.
#pragma once

#include "api/services.hpp"

namespace seals::api {

void get_status(Services&, Request, Responder);
void get_policy(Services&, Request, Responder);
void list_persons(Services&, Request, Responder);
void list_seals(Services&, Request, Responder);
void list_requests(Services&, Request, Responder);
void get_person(Services&, Request, Responder);
void get_seal(Services&, Request, Responder);
void get_request(Services&, Request, Responder);
void post_person(Services&, Request, Responder);
void post_seal(Services&, Request, Responder);
void post_request(Services&, Request, Responder);
void post_pin(Services&, Request, Responder);
void post_seal_act(Services&, Request, Responder);
void post_seal_register(Services&, Request, Responder);
void post_seal_replace(Services&, Request, Responder);
void post_release_quarantine(Services&, Request, Responder);
void post_request_hold(Services&, Request, Responder);
void post_request_release(Services&, Request, Responder);
void post_request_withdraw(Services&, Request, Responder);
void post_request_extend(Services&, Request, Responder);
void post_request_paper(Services&, Request, Responder);
void post_request_emergency(Services&, Request, Responder);
void post_request_match(Services&, Request, Responder);
void post_seal_recall(Services&, Request, Responder);
void post_use(Services&, Request, Responder);
void post_use_void(Services&, Request, Responder);
void post_use_proof(Services&, Request, Responder);
void list_uses(Services&, Request, Responder);
void get_use(Services&, Request, Responder);
void post_application(Services&, Request, Responder);
void post_request_approve(Services&, Request, Responder);
void post_request_reject(Services&, Request, Responder);
void post_request_withdraw_own(Services&, Request, Responder);
void get_result(Services&, Request, Responder);
void list_outbox(Services&, Request, Responder);
void post_request_finish(Services&, Request, Responder);
void post_reported(Services&, Request, Responder);
void post_report_failed(Services&, Request, Responder);
void post_report_again(Services&, Request, Responder);
void post_report_waive(Services&, Request, Responder);
void list_handovers(Services&, Request, Responder);
void get_handover(Services&, Request, Responder);
void post_handover(Services&, Request, Responder);
void post_handover_accept(Services&, Request, Responder);
void post_handover_refuse(Services&, Request, Responder);
void list_overrides(Services&, Request, Responder);
void post_override_explain(Services&, Request, Responder);
void post_policy_explain(Services&, Request, Responder);
void post_take(Services&, Request, Responder);
void post_return(Services&, Request, Responder);
void get_session(Services&, Request, Responder);
void post_import(Services&, Request, Responder);
void post_inventory(Services&, Request, Responder);
void list_inventories(Services&, Request, Responder);
void get_inventory(Services&, Request, Responder);
void list_events(Services&, Request, Responder);
void post_reconciliation(Services&, Request, Responder);
void list_reconciliations(Services&, Request, Responder);
void get_reconciliation(Services&, Request, Responder);
void post_explanation(Services&, Request, Responder);
void get_report(Services&, Request, Responder);
void get_search(Services&, Request, Responder);
void post_search_rebuild(Services&, Request, Responder);
void post_verify(Services&, Request, Responder);
void post_clock_accept(Services&, Request, Responder);
void list_alerts(Services&, Request, Responder);
void get_alert(Services&, Request, Responder);
void post_alert_ack(Services&, Request, Responder);
void post_alert_assign(Services&, Request, Responder);
void post_alert_close(Services&, Request, Responder);
void post_release(Services&, Request, Responder);
void post_heartbeat(Services&, Request, Responder);
void post_sim(Services&, Request, Responder);

}  // namespace seals::api
