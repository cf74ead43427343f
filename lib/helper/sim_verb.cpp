// The half of sim.hpp that a person's verbs need: JSON, and the blocking questions.
#include "helper/sim.hpp"
#include "helper/stream.hpp"
#include "wire/json.hpp"

namespace seals::helper {
namespace {

Error not_there(const std::string& socket, const Error& why) {
    return unavailable("the simulated cabinet is not there: " + why.detail,
                       "start sealsd-sim, or name its socket (now " + socket + ")");
}

Result<Frame> ask(const std::string& socket, SimFrame kind, ByteView payload, SimFrame answer,
                  std::chrono::milliseconds wait) {
    auto deadline = deadline_in(wait);
    auto fd = connect_unix(socket);
    if (!fd) return not_there(socket, fd.error());
    auto sent = write_frame(fd->get(), static_cast<std::uint8_t>(kind), payload, deadline);
    if (!sent) return not_there(socket, sent.error());
    auto got = read_frame(fd->get(), deadline);
    if (!got && got.error().code == Code::timeout)
        return Error{Code::timeout, "the simulated cabinet did not answer in time",
                     "look whether sealsd-sim runs or is stopped"};
    if (!got) return not_there(socket, got.error());
    if (!*got || (*got)->frame.kind != static_cast<std::uint8_t>(answer))
        return unavailable("the simulated cabinet hung up instead of answering");
    return std::move((*got)->frame);
}

}  // namespace

std::string encode_verb(const std::string& verb, const std::vector<std::string>& args) {
    Value question;
    question.add("verb", verb);
    question.add("args", args);
    return wire::dump_json(question);
}

Result<Value> decode_verb_answer(ByteView payload) {
    auto answer = wire::parse_json(as_text(payload));
    if (!answer) return internal("the simulated cabinet's answer is no JSON");
    auto code = code_named(answer->text_or("code"));
    if (!code) return internal("the simulated cabinet's answer bears no code");
    if (*code != Code::ok)
        return Error{*code, answer->text_or("detail"), answer->text_or("remedy"),
                     answer->text_or("field")};
    const auto* result = answer->find("result");
    return result != nullptr ? *result : Value{};
}

Result<Value> sim_verb(const std::string& socket, const std::string& verb,
                       const std::vector<std::string>& args, std::chrono::milliseconds wait) {
    auto question = encode_verb(verb, args);
    auto answer = ask(socket, SimFrame::verb, as_bytes(question), SimFrame::verb_answer, wait);
    if (!answer) return answer.error();
    return decode_verb_answer(answer->payload);
}

Result<SimClock> sim_clock(const std::string& socket, std::chrono::milliseconds wait) {
    auto answer = ask(socket, SimFrame::clock_follow, {}, SimFrame::clock_is, wait);
    if (!answer) return answer.error();
    auto clock = decode_clock(answer->payload);
    if (!clock) return internal("the simulated cabinet's clock frame is broken");
    return *clock;
}

}  // namespace seals::helper
