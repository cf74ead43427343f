// Result<T>: a value or an Error. The only way a failure travels between our functions; exceptions
// are caught at the doors of libraries that throw. Plain values, any thread.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/code.hpp"

namespace seals {

// What went wrong, for a person: `detail` says what and why, `remedy` what to do next. The rest is
// filled where it applies and becomes the members of an RFC 9457 problem.
struct Error {
    Code code = Code::internal;
    std::string detail;
    std::string remedy{};
    std::string field{};           // the offending field, as the API spells it
    std::string rule{};            // rule id ("R01"), for Code::refused
    std::optional<long> line{};    // 1-based physical line of a file
    std::optional<long> record{};  // 1-based record of a file, header not counted
    std::optional<long> seq{};     // ledger entry that holds it (a recorded refusal)
    std::string text{};            // key of words/texts, so that it can be told in another language
    std::vector<std::string> args{};  // what stands in the text's places
};

inline Error invalid(std::string field, std::string detail) {
    return Error{Code::invalid, std::move(detail), {}, std::move(field)};
}
inline Error unavailable(std::string detail, std::string remedy = {}) {
    return Error{Code::unavailable, std::move(detail), std::move(remedy)};
}
inline Error internal(std::string detail) {
    return Error{Code::internal, std::move(detail)};
}

template <class T>
class [[nodiscard]] Result {
  public:
    Result(T value) : body_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : body_(std::in_place_index<1>, std::move(error)) {}

    explicit operator bool() const { return body_.index() == 0; }
    T& value() & { return std::get<0>(body_); }
    const T& value() const& { return std::get<0>(body_); }
    T&& value() && { return std::get<0>(std::move(body_)); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }
    const Error& error() const { return std::get<1>(body_); }
    Error& error() { return std::get<1>(body_); }

  private:
    std::variant<T, Error> body_;
};

template <>
class [[nodiscard]] Result<void> {
  public:
    Result() = default;
    Result(Error error) : error_(std::move(error)) {}

    explicit operator bool() const { return !error_; }
    const Error& error() const { return *error_; }
    Error& error() { return *error_; }

  private:
    std::optional<Error> error_;
};

using Status = Result<void>;

}  // namespace seals
