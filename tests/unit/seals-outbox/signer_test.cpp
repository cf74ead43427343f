#include "signer.hpp"

#include <filesystem>
#include <fstream>

#include <sys/stat.h>
#include <unistd.h>

#include "catch.hpp"

using namespace seals;
using namespace seals::outboxd;

namespace {

struct Folder {
    std::string path = "/tmp/seals-signer-test." + std::to_string(::getpid());
    Folder() { std::filesystem::create_directory(path); }
    ~Folder() { std::filesystem::remove_all(path); }
    std::string add(const std::string& name, const std::string& text, mode_t mode = 0600) const {
        auto file = path + "/" + name;
        std::ofstream(file) << text;
        ::chmod(file.c_str(), mode);
        return file;
    }
};

constexpr const char* kId = "msg_p5jXN8AQM9LWM0D4loKWxJek";
constexpr const char* kBody = R"({"test": 2432232314})";

}  // namespace

TEST_CASE("signatures are those of Standard Webhooks") {
    Folder folder;
    auto signer = Signer::open({folder.add("one", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n")});
    REQUIRE(signer);
    CHECK(signer->sign(kId, "1614265330", kBody) ==
          "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    CHECK(signer->sign(kId, "1614265331", kBody) != signer->sign(kId, "1614265330", kBody));
}

TEST_CASE("two secrets give two signatures, each what its secret alone would give") {
    Folder folder;
    auto a = folder.add("a", std::string(32, 'a')), b = folder.add("b", std::string(32, 'b'));
    auto both = Signer::open({a, b});
    REQUIRE(both);
    auto one = [&](const std::string& path) { return Signer::open({path})->sign("k", "1", "{}"); };
    CHECK(both->sign("k", "1", "{}") == one(a) + " " + one(b));
}

TEST_CASE("a secret that is short, no base64, open to everybody or gone is refused") {
    Folder folder;
    auto code = [&](const std::string& path) { return Signer::open({path}).error().code; };
    CHECK(code(folder.add("short", "tooshort\n")) == Code::invalid);
    CHECK(code(folder.add("long", std::string(2000, 'x'))) == Code::invalid);
    CHECK(code(folder.add("odd", "whsec_!!!!")) == Code::invalid);
    CHECK(code(folder.add("open", std::string(32, 'x'), 0644)) == Code::invalid);
    CHECK(code(folder.path + "/none") == Code::unavailable);
    CHECK(Signer::open({folder.add("group", std::string(32, 'x'), 0640)}));
}
