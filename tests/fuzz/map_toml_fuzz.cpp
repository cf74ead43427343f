// rooms: intake
// A map file: it is a map or an error with a detail, and a map never stops a file from being read.
#include <cstdlib>

#include "base/bytes.hpp"
#include "intake/read.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace seals;
    auto map = intake::parse_map(as_text({bytes, size}));
    if (!map) {
        if (map.error().detail.empty()) std::abort();
        return 0;
    }
    intake::Job job;
    job.map = std::move(*map);
    static const std::string kFile =
        "流程编号,单号,申请人工号,申请时间,印章编号,文件名称,份数,状态,备注\n"
        "1,2,E1,2026-11-14,YZ-1,合同,1,通过,x\n1,2,E1,2026-11-14,YZ-1,合同,1,完成,x\n";
    auto done = intake::read_export(intake::TextSource(kFile), job,
                                    [](const wire::ImportItem&) { return Status{}; });
    if (!done && done.error().detail.empty()) std::abort();
    return 0;
}
