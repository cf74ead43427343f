// Persons as rows.
#include "rules/row_parts.hpp"

namespace seals::rules {

Value to_value(const Person& person) {
    Value out{Value::Object{}};
    out.add("id", person.id.str());
    add_text(out, "name", person.name);
    add_text(out, "phone", person.phone);
    add_text(out, "department", person.department);
    out.add("role", person.role);
    out.add("active", person.active);
    if (person.has_pin) out.add("has_pin", true);
    add_times(out, "failures", person.failures);
    add_times(out, "nulls", person.nulls);
    add_flag(out, "erased", person.erased);
    if (person.locked_until) out.add("locked_until", person.locked_until->ms);
    return out;
}

Person person_from(const Value& from) {
    Person person{
        PersonId(from.text_or("id")), from.text_or("name"),          from.text_or("department"),
        from.text_or("phone"),        from.text_or("role", "staff"), from.boolean_or("active"),
        from.boolean_or("has_pin"),   times_in(from, "failures"),    {},
        times_in(from, "nulls"),      from.boolean_or("erased")};
    if (from.find("locked_until") != nullptr)
        person.locked_until = Instant{from.integer_or("locked_until")};
    return person;
}

}  // namespace seals::rules
