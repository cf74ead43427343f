// Names: persons and seals as people know them, asked for once each. An id stands alone where its
// name is not known or may not be seen. One thread.
#pragma once

#include <map>
#include <string>

#include "daemon.hpp"

namespace seals::sealctl {

class Names {
  public:
    explicit Names(Daemon& daemon) : daemon_(daemon) {}

    std::string person(const std::string& id);     // "何涵(E1038)", "E1038"; empty for no id
    std::string seal_name(const std::string& id);  // empty when not known
    static std::string with_id(const std::string& name, const std::string& id);

  private:
    std::string name_of(std::string_view pattern, const std::string& id);

    Daemon& daemon_;
    std::map<std::string, std::string> known_;  // path → name
    bool mute_ = false;                         // asking has failed; no more of it
};

}  // namespace seals::sealctl
