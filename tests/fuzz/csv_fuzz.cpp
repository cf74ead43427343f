// rooms: intake
// A foreign file of any kind, read as each kind of list: it ends in items or in one error, items
// come in order with exactly one of fault and content, and what is handed on fits the wire's
// limits.
#include <cstdlib>

#include "base/bytes.hpp"
#include "base/text.hpp"
#include "intake/csv.hpp"
#include "intake/read.hpp"
#include "wire/json.hpp"

namespace {

using namespace seals;

void want(bool truth) {
    if (!truth) std::abort();
}

// The kind asked for is read from the last byte, so that files can be put into the corpus as they
// are.
intake::Kind kind_of(std::string_view bytes) {
    return static_cast<intake::Kind>(bytes.empty() ? 0
                                                   : static_cast<unsigned char>(bytes.back()) % 3);
}

void check_item(const wire::ImportItem& item, const wire::ImportItem* last) {
    int contents = item.fault.has_value() + item.person.has_value() + item.seal.has_value() +
                   item.request.has_value();
    want(contents == 1 && item.record >= 1 && item.line >= 1);
    if (item.fault) want(!item.fault->reason.empty() && !item.fault->field.empty());
    if (last != nullptr) want(item.record > last->record && item.line >= last->line);
    auto again = wire::read<wire::ImportItem>(wire::write(item));
    want(bool(again) && wire::write(*again) == wire::write(item));
}

void check_scan(std::string_view text) {
    auto whole = intake::scan_csv(text, {});
    want(whole.complete && whole.size <= text.size());
    auto part = intake::scan_csv(text, {',', false});
    if (part.complete) want(part.size == whole.size && part.record.cells == whole.record.cells);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    std::string text(as_text({bytes, size}));
    check_scan(text);
    intake::Job job;
    job.kind = kind_of(text);
    std::optional<wire::ImportItem> last;
    auto done = intake::read_export(intake::TextSource(text), job, [&](wire::ImportItem item) {
        check_item(item, last ? &*last : nullptr);
        last = std::move(item);
        return Status{};
    });
    if (!done) want(!done.error().detail.empty() && valid_utf8(done.error().detail));
    if (done && last) want(last->record <= *done);
    return 0;
}
