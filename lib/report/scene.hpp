// Scene: one use as a page: who, when, where, which seal, what, how often, by whose leave, with its
// photos and its entries in the ledger. Made of the reply of GET /v1/uses/{id}. Pure.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "base/value.hpp"
#include "words/texts.hpp"

namespace seals::report {

// How the page speaks, and whom it asks.
struct SceneWords {
    Language language = Language::zh_CN;
    std::function<std::string(const std::string& id)> person;  // 姓名(工号)
    std::function<std::string(Instant)> time;
};

struct SceneFact {
    std::string name, text;
};

struct SceneGroup {
    std::string title;
    std::vector<SceneFact> facts;
};

struct SceneEntry {
    std::int64_t seq = 0;
    std::string time, event, person, detail;
};

struct ScenePhoto {
    std::string label, sha256;
};

struct Scene {
    std::string title, id;
    std::vector<SceneGroup> groups;
    std::vector<ScenePhoto> photos;
    std::vector<SceneEntry> entries;
    std::int64_t size = 0;
    bool simulated = false;  // it proves nothing
};

Scene scene_of(const Value& reply, const SceneWords& words);

// A photo for the page, by its hash.
struct Picture {
    std::string type, base64;  // empty: it is not at hand
    bool altered = false;      // there is one of that name, with another hash
};

std::string scene_html(const Scene& scene, Language language,
                       const std::function<Picture(const std::string& sha256)>& picture);

}  // namespace seals::report
