#include "leaf/canonical.hpp"

#include "leaf/parser.hpp"
#include "leaf/writer.hpp"

namespace seals::leaf {

Result<Bytes> encode_value(const Value& value) {
    Writer writer;
    writer.value(value, 1);
    if (!writer.fault().empty()) return Error{Code::invalid, writer.fault()};
    if (writer.bytes().size() > kMaxValueBytes) return Error{Code::invalid, "longer than 16 MiB"};
    return writer.take();
}

Result<Value> decode_value(ByteView bytes) {
    if (bytes.size() > kMaxValueBytes) return Error{Code::invalid, "longer than 16 MiB"};
    Parser parser(bytes);
    Value value;
    if (!parser.value(value, 1) || !parser.end()) return Error{Code::invalid, parser.fault()};
    return value;
}

}  // namespace seals::leaf
