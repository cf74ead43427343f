// A ledger with its search index and a reader of both, for tests; and the oracle: every text looked
// at.
#pragma once

#include <algorithm>

#include "catch.hpp"
#include "ledger/search.hpp"
#include "ledger/search_text.hpp"
#include "sample.hpp"

namespace seals::ledger::sample {

using Seqs = std::vector<std::uint64_t>;

inline rules::Event request(const std::string& id, const std::string& title,
                            std::int64_t at = kStart.ms) {
    auto out = event(EventType::request_accepted, at);
    out.request = RequestId{id};
    out.data.add("source", "oa");
    out.data.add("applicant", "E1038");
    out.personal = {{"title", title}};
    return out;
}

struct Searched {
    Directory directory;
    std::string path = directory.file("ledger.db");
    std::string index = directory.file("search.db");
    Ledger ledger = make(path);
    Reader reader = read(path);
    SearchReader search{index};

    void index_all() { index_some(SIZE_MAX); }
    void index_some(std::size_t most) {
        auto writer = SearchWriter::open(index);
        INFO((writer ? "" : writer.error().detail));
        REQUIRE(writer);
        auto to = writer->catch_up(reader, most);
        INFO((to ? "" : to.error().detail));
        REQUIRE(to);
        CHECK(*to <= ledger.size());
    }
    SearchPage page(const SearchQuery& query) {
        auto found = search.find(query, reader);
        INFO((found ? "" : found.error().detail));
        REQUIRE(found);
        return std::move(*found);
    }
    Seqs find(const std::string& words) {
        SearchQuery query;
        query.words = words;
        query.limit = 100'000;
        return seqs(page(query));
    }
    static Seqs seqs(const SearchPage& page) {
        Seqs out;
        for (const auto& hit : page.hits)
            out.push_back(hit.seq);
        return out;
    }
    // Every entry with all the words, newest first, without an index. Texts are made once.
    Seqs oracle(const std::vector<std::string>& words) {
        if (texts.empty()) {
            Names names(reader);
            auto entries = reader.entries(0, SIZE_MAX);
            REQUIRE(entries);
            for (const auto& entry : *entries)
                texts.push_back(*search_text(entry, names));
        }
        Seqs out;
        for (auto seq = texts.size(); seq > 0; --seq)
            if (contains_all(texts[seq - 1], words)) out.push_back(seq);
        return out;
    }
    std::vector<std::string> texts;
};

}  // namespace seals::ledger::sample
