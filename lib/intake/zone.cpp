#include <memory>

#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include "intake/when.hpp"

namespace seals::intake {

Result<Zone> Zone::named(const std::string& name) {
    auto id = icu::UnicodeString::fromUTF8(name);
    std::shared_ptr<const icu::TimeZone> zone(icu::TimeZone::createTimeZone(id));
    icu::UnicodeString got;
    if (!zone || zone->getID(got) != id || *zone == icu::TimeZone::getUnknown())
        return invalid("timezone", "\"" + name +
                                       "\" is no time zone of the IANA list, such as "
                                       "Asia/Shanghai");
    return Zone([zone](std::int64_t local_ms) {
        std::int32_t raw = 0, summer = 0;
        UErrorCode code = U_ZERO_ERROR;
        zone->getOffset(static_cast<double>(local_ms), static_cast<UBool>(true), raw, summer, code);
        return milliseconds{U_SUCCESS(code) != 0 ? raw + summer : 0};
    });
}

Instant Zone::to_utc(const Civil& local) const {
    auto as_if_utc = from_civil(local, std::chrono::minutes{0});
    return as_if_utc - offset_(as_if_utc.ms);
}

}  // namespace seals::intake
