// Applications as rows, their chain inside.
#include "rules/row_parts.hpp"

namespace seals::rules {
namespace {

Value to_value(const ApprovalStep& step) {
    Value out{Value::Object{}};
    out.add("post", step.post);
    out.add("title", step.title);
    add_text(out, "powers", step.powers);
    if (step.max_impressions != 0) out.add("max_impressions", step.max_impressions);
    out.add("persons", texts_of(step.persons));
    add_texts(out, "delegates", texts_of(step.delegates));
    add_flag(out, "approved", step.approved);
    add_flag(out, "refused", step.refused);
    add_text(out, "decided_by", step.decided_by.str());
    add_text(out, "delegate_of", step.delegate_of.str());
    add_flag(out, "appointed", step.appointed);
    if (step.at.ms != 0) out.add("at", step.at.ms);
    add_text(out, "opinion", step.opinion);
    return out;
}

ApprovalStep step_from(const Value& from) {
    ApprovalStep step;
    step.post = from.text_or("post");
    step.title = from.text_or("title");
    step.powers = from.text_or("powers");
    step.max_impressions = from.integer_or("max_impressions");
    step.persons = ids_of<PersonId>(from.texts_or("persons"));
    step.delegates = ids_of<PersonId>(from.texts_or("delegates"));
    step.approved = from.boolean_or("approved");
    step.refused = from.boolean_or("refused");
    step.decided_by = PersonId(from.text_or("decided_by"));
    step.delegate_of = PersonId(from.text_or("delegate_of"));
    step.appointed = from.boolean_or("appointed");
    step.at = {from.integer_or("at")};
    step.opinion = from.text_or("opinion");
    return step;
}

}  // namespace

Value steps_value(const std::vector<ApprovalStep>& steps) {
    Value::Array out;
    for (const auto& step : steps)
        out.push_back(to_value(step));
    return out;
}

std::vector<ApprovalStep> steps_from(const Value* array) {
    std::vector<ApprovalStep> steps;
    if (array == nullptr || array->array() == nullptr) return steps;
    for (const auto& step : *array->array())
        steps.push_back(step_from(step));
    return steps;
}

Value to_value(const Application& application) {
    Value out{Value::Object{}};
    add_text(out, "number", application.number);
    add_text(out, "counterpart", application.counterpart);
    out.add("steps", steps_value(application.steps));
    add_flag(out, "accepted", application.accepted);
    add_flag(out, "rejected", application.rejected);
    return out;
}

Application application_from(const Value& from) {
    return {from.text_or("number"), from.text_or("counterpart"), steps_from(from.find("steps")),
            from.boolean_or("accepted"), from.boolean_or("rejected")};
}

}  // namespace seals::rules
