#include "engine/normal_form.hpp"

#include "ledger/nfc.hpp"

namespace seals::engine {
namespace {

void normalise_text(std::string& text) {
    if (auto nfc = ledger::to_nfc(text)) text = std::move(*nfc);
}

}  // namespace

void normalise(rules::Command& command) {
    if (auto* upsert = std::get_if<rules::PersonUpsert>(&command))
        for (auto* text : {&upsert->person.name, &upsert->person.phone})
            normalise_text(*text);
    if (auto* upsert = std::get_if<rules::SealUpsert>(&command)) normalise_text(upsert->seal.name);
    if (auto* explain = std::get_if<rules::Explain>(&command)) normalise_text(explain->item.reason);
    if (auto* upsert = std::get_if<rules::RequestUpsert>(&command)) {
        auto& request = upsert->request;
        for (auto* text :
             {&request.applicant_name, &request.title, &request.chain, &request.remark})
            normalise_text(*text);
        if (request.take_out) normalise_text(request.take_out->place);
    }
}

void normalise(rules::Event& event) {
    for (auto& [field, text] : event.personal)
        normalise_text(text);
}

}  // namespace seals::engine
