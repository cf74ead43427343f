// The file of a blind inventory: what offices write, and what is wrong with it by line.
#include "blind_file.hpp"

#include "catch.hpp"

namespace seals::sealctl {
namespace {

struct Reading {
    Settings settings;
    Printer print{{}, settings};
    Result<std::vector<wire::BlindRow>> rows(std::string text) {
        return blind_rows(std::move(text), print);
    }
    // "1=YZ-1 2=" or "line N field"
    std::string told(std::string text) {
        auto got = rows(std::move(text));
        if (!got) {
            CHECK(got.error().code == Code::invalid);
            return "line " + std::to_string(got.error().line.value_or(0));
        }
        std::string out;
        for (const auto& row : *got)
            out += (out.empty() ? "" : " ") + row.slot + "=" + row.seal;
        return out;
    }
};

}  // namespace

TEST_CASE("a blind file is read by its headings, in English and Chinese, in any order") {
    Reading reading;
    CHECK(reading.told("slot,seal\n1,YZ-1\n2,YZ-2\n") == "1=YZ-1 2=YZ-2");
    CHECK(reading.told("印章,备注,格口\r\nYZ-1,,1\r\nYZ-2,旧,02\r\n") == "1=YZ-1 2=YZ-2");
    CHECK(reading.told("seal;slot\nYZ-1;1") == "1=YZ-1");
    CHECK(reading.told("slot\tseal\n1\tYZ-1\n") == "1=YZ-1");
}

TEST_CASE("a blind file may be UTF-8 with a mark, or GBK") {
    Reading reading;
    CHECK(reading.told("\xEF\xBB\xBFslot,seal\n1,YZ-1\n") == "1=YZ-1");
    CHECK(reading.told("\xB8\xF1\xBF\xDA,\xD3\xA1\xD5\xC2\n1,YZ-1\n2,\xBF\xD5\n") == "1=YZ-1 2=");
    CHECK(reading.told("slot,seal\n1,\xFF\xFE\n") == "line 0");
    CHECK(reading.told(std::string("slot,seal\n1,\0\n", 14)) == "line 0");
}

TEST_CASE("an empty cell says that nothing lies there; blank lines say nothing") {
    Reading reading;
    CHECK(reading.told("slot,seal\n1,\n\n2,空\n , \n3, - \n4") == "1= 2= 3= 4=");
    CHECK(reading.told("slot,seal\n").empty());
}

TEST_CASE("cells may be quoted") {
    Reading reading;
    CHECK(reading.told("\"slot\",\"seal\"\n\"1\",\"YZ-\"\"1\"\n") == "1=YZ-\"1");
    CHECK(reading.told("slot,note,seal\n1,\"two\nlines, really\",YZ-1\n2,x,YZ-2\n") ==
          "1=YZ-1 2=YZ-2");
}

TEST_CASE("what is wrong with a blind file is told with its line") {
    Reading reading;
    CHECK(reading.told("") == "line 1");
    CHECK(reading.told("1,YZ-1\n") == "line 1");
    CHECK(reading.told("slot,name\n1,YZ-1\n") == "line 1");
    CHECK(reading.told("slot,seal\n1,YZ-1\nx,YZ-2\n") == "line 3");
    CHECK(reading.told("slot,seal\n1,YZ-1\n\n1000,YZ-2\n") == "line 4");
    CHECK(reading.told("slot,seal\n1,YZ-1\n2,YZ-2\n01,YZ-3\n") == "line 4");
    CHECK(reading.told("slot,seal\n1,YZ-1\n2,\"YZ-2\n3,YZ-3\n") == "line 3");
    CHECK(reading.told("slot,note,seal\n1,\"a\nb\",\nx,,\n") == "line 4");
}

}  // namespace seals::sealctl
