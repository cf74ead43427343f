#include "engine/search_index.hpp"
namespace seals::engine {
struct SearchIndex::Writing {};
struct SearchIndex::Asking {};
SearchIndex::SearchIndex(loop::Loop& loop, std::string l, std::string i) : loop_(loop), ledger_path_(std::move(l)), index_path_(std::move(i)), writer_(loop, "index"), questions_(loop, "search") {}
void SearchIndex::catch_up() {}
void SearchIndex::find(SearchQuery, std::function<void(Result<SearchPage>)> done) { done(unavailable("not yet")); }
}
