#include "ledger/cjk2.hpp"

#include <algorithm>

#include <sqlite3.h>

namespace seals::ledger {
namespace {

enum class Kind { space, ascii, wide };

Kind kind_of(char c) {
    auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80) return Kind::wide;
    return byte > 0x20 && byte < 0x7f ? Kind::ascii : Kind::space;
}

std::size_t span_of(Kind kind) {
    return kind == Kind::wide ? 2 : 3;
}

// The end of the character that starts at `at`. Text is valid UTF-8; were it not, we still advance.
std::size_t next_character(std::string_view text, std::size_t at) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80)
        ++at;
    return at;
}

struct Run {
    Kind kind;
    std::size_t from;
    std::size_t to;
};

// The run that starts at or after `at`; empty at the end of the text.
Run next_run(std::string_view text, std::size_t at) {
    while (at < text.size() && kind_of(text[at]) == Kind::space)
        ++at;
    Run run{at < text.size() ? kind_of(text[at]) : Kind::space, at, at};
    while (run.to < text.size() && kind_of(text[run.to]) == run.kind)
        ++run.to;
    return run;
}

// Tokens of one run, from each of its characters.
bool for_each_in_run(std::string_view text, Run run,
                     const std::function<bool(std::string_view, std::size_t)>& token) {
    for (auto from = run.from; from < run.to; from = next_character(text, from)) {
        auto to = from;
        for (std::size_t i = 0; i < span_of(run.kind) && to < run.to; ++i)
            to = next_character(text, to);
        if (!token(text.substr(from, to - from), from)) return false;
    }
    return true;
}

std::size_t characters_in(std::string_view text, Run run) {
    std::size_t count = 0;
    for (auto at = run.from; at < run.to; at = next_character(text, at))
        ++count;
    return count;
}

// --- FTS5's side; the tokenizer has no state ---

int create(void*, const char**, int, Fts5Tokenizer** out) {
    static char token;
    *out = reinterpret_cast<Fts5Tokenizer*>(&token);
    return SQLITE_OK;
}

void destroy(Fts5Tokenizer*) {}

int tokenize(Fts5Tokenizer*, void* context, int flags, const char* bytes, int size,
             int (*put)(void*, int, const char*, int, int, int)) {
    std::string_view text(bytes, static_cast<std::size_t>(size));
    if ((flags & FTS5_TOKENIZE_QUERY) != 0) return put(context, 0, bytes, size, 0, size);
    int code = SQLITE_OK;
    for_each_token(text, [&](std::string_view token, std::size_t at) {
        auto from = static_cast<int>(at);
        auto length = static_cast<int>(token.size());
        code = put(context, 0, token.data(), length, from, from + length);
        return code == SQLITE_OK;
    });
    return code;
}

}  // namespace

bool for_each_token(std::string_view text,
                    const std::function<bool(std::string_view token, std::size_t at)>& token) {
    for (auto run = next_run(text, 0); run.from < run.to; run = next_run(text, run.to))
        if (!for_each_in_run(text, run, token)) return false;
    return true;
}

WordTokens tokens_of(std::string_view word) {
    WordTokens out;
    for (auto run = next_run(word, 0); run.from < run.to; run = next_run(word, run.to)) {
        auto span = span_of(run.kind);
        if (characters_in(word, run) < span) {
            out.beginning.emplace_back(word.substr(run.from, run.to - run.from));
            continue;
        }
        for_each_in_run(word, run, [&](std::string_view token, std::size_t at) {
            // those at the end of the run are shorter, and in the text they may go on
            if (characters_in(word, {run.kind, at, at + token.size()}) == span)
                out.whole.emplace_back(token);
            return true;
        });
    }
    return out;
}

Status register_cjk2(sqlite3* handle) {
    fts5_api* api = nullptr;
    sqlite3_stmt* statement = nullptr;
    int code = sqlite3_prepare_v2(handle, "SELECT fts5(?1)", -1, &statement, nullptr);
    if (code == SQLITE_OK) {
        sqlite3_bind_pointer(statement, 1, static_cast<void*>(&api), "fts5_api_ptr", nullptr);
        sqlite3_step(statement);
    }
    sqlite3_finalize(statement);
    if (api == nullptr) return internal("this SQLite has no FTS5");
    fts5_tokenizer tokenizer{create, destroy, tokenize};
    if (api->xCreateTokenizer(api, "cjk2", nullptr, &tokenizer, nullptr) != SQLITE_OK)
        return internal("FTS5 does not take the tokenizer cjk2");
    return {};
}

}  // namespace seals::ledger
