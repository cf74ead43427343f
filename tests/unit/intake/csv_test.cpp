#include "intake/csv.hpp"

#include <algorithm>
#include <random>

#include "reading.hpp"

using namespace intake_test;

namespace {

std::vector<std::string> cells(const std::string& text, char delimiter = ',') {
    return scan_csv(text, {delimiter}).record.cells;
}

using Cells = std::vector<std::string>;

// A source that hands out its text a few bytes at a time is what a TextReader must not need; this
// one makes the pieces of the CSV reader small by standing far into a long file.
std::vector<CsvRecord> records(std::string text, char delimiter = ',') {
    TextSource source(std::move(text));
    auto reader = TextReader::open(source, {});
    REQUIRE(reader);
    CsvReader csv(std::move(*reader));
    csv.set_delimiter(delimiter);
    std::vector<CsvRecord> all;
    for (;;) {
        auto record = csv.next();
        REQUIRE(record);
        if (!*record) return all;
        all.push_back(std::move(**record));
    }
}

}  // namespace

TEST_CASE("cells are read with quotes, doubled quotes, stray quotes and newlines") {
    CHECK(cells("a,b,c\n") == Cells{"a", "b", "c"});
    CHECK(cells("\"a,b\",\"c\nd\"\n") == Cells{"a,b", "c\nd"});
    CHECK(cells("\"say \"\"hi\"\"\",x") == Cells{"say \"hi\"", "x"});
    CHECK(cells("a\"b\",c") == Cells{"a\"b\"", "c"});
    CHECK(cells("\"合同(\"急件\")\",2") == Cells{"合同(\"急件\")", "2"});
    CHECK(cells(" \"a\" , b ,\"c\"  \n") == Cells{"a", " b ", "c"});
    CHECK(cells(",,\n") == Cells{"", "", ""});
    CHECK(cells("\"\",\"\"\"\"") == Cells{"", "\""});
    CHECK(cells("a\t\"b;c\"\td", '\t') == Cells{"a", "b;c", "d"});
    CHECK(cells("a;b,c", ';') == Cells{"a", "b,c"});
    CHECK(scan_csv("\"never closed,x\ny", {','}).record.open_quote);
}

TEST_CASE("CR, LF and CRLF end a line, also inside a cell") {
    for (std::string end : {"\n", "\r", "\r\n"}) {
        auto all = records("a,b" + end + end + "\"c" + end + "d\",e" + end + "f,g");
        REQUIRE(all.size() == 3);
        CHECK(all[0].line == 1);
        CHECK(all[1].line == 3);
        CHECK(all[1].lines == 2);
        CHECK(all[2].line == 5);
        CHECK(all[2].cells == Cells{"f", "g"});
    }
}

TEST_CASE("what was quoted is read back, whatever is in it and however the text is cut") {
    std::mt19937 dice(11);
    const std::vector<std::string> kBits{"a", "\"", ",",    "\n", "\r\n", "\r", " ",
                                         ";", "\t", "印章", "，", "\"\"", "x y"};
    for (char delimiter : {',', ';', '\t', '|'}) {
        std::vector<Cells> written;
        std::string text;
        for (int i = 0; i < 4000; ++i) {
            Cells row(2 + dice() % 5);
            for (auto& cell : row)
                for (auto n = dice() % 8; n > 0; --n)
                    cell += kBits[dice() % kBits.size()];
            row[0] = "k" + row[0];  // not an empty line
            for (std::size_t c = 0; c < row.size(); ++c)
                text += (c == 0 ? "" : std::string(1, delimiter)) + quote_csv(row[c], delimiter);
            text += i % 2 == 0 ? "\n" : "\r\n";
            written.push_back(std::move(row));
        }
        REQUIRE(text.size() > TextReader::kPiece);
        auto all = records(text, delimiter);
        REQUIRE(all.size() == written.size());
        for (std::size_t i = 0; i < all.size(); ++i)
            CHECK(all[i].cells == written[i]);
    }
}

TEST_CASE("a text cut anywhere is incomplete, and says the same once the rest is there") {
    const std::string text = "ab, \"c\r\nd\"\"e\" ,f\r\nnext";
    auto whole = scan_csv(text, {','});
    for (std::size_t cut = 0; cut < whole.size; ++cut) {
        INFO(cut);
        CHECK_FALSE(scan_csv(text.substr(0, cut), {',', false}).complete);
    }
    CHECK(scan_csv(text, {',', false}).record.cells == whole.record.cells);
}

TEST_CASE("a huge cell is one fault of its record; what follows is read") {
    for (bool quoted_cell : {true, false}) {
        std::string huge(10 << 20, 'x');
        if (quoted_cell) {
            for (std::size_t i = 1000; i < huge.size(); i += 1000)
                huge[i] = '\n';
            huge = "\"" + huge + "\"";
        }
        auto items = read(kHeadings + request_line() + "YY-2,E1,,,2026-11-14,," + huge +
                          ",x,1,否,,,,审批通过,\n" + request_line(0, "YY-3"));
        REQUIRE(items.size() == 3);
        CHECK(items[0].request);
        REQUIRE(items[1].fault);
        CHECK(items[1].fault->field == "印章编号");
        CHECK(items[1].key == "YY-2");
        CHECK(items[2].record == 3);
        CHECK(items[2].request->external_id == "YY-3");
        CHECK(items[2].line == 4 + std::count(huge.begin(), huge.end(), '\n'));
    }
}

TEST_CASE("a record of too many cells is one fault") {
    auto items = read(kHeadings + std::string(3'000'000, ',') + "\n" + request_line());
    REQUIRE(items.size() == 2);
    CHECK(items[0].fault);
    CHECK(items[1].request);
}

TEST_CASE("a quotation mark left open costs its own record only") {
    auto open = std::string("YY-1,E1,,,2026-11-14 9:21,,YZ-1,\"合同,1,否,,,,审批通过,\n");
    auto items = read(kHeadings + open + request_line(0, "YY-2") + request_line(0, "YY-3"));
    REQUIRE(items.size() == 3);
    REQUIRE(items[0].fault);
    CHECK(items[0].key == "YY-1");
    CHECK(items[0].fault->field == "文件名称");
    CHECK(items[1].request->external_id == "YY-2");
    CHECK(items[1].line == 3);
    CHECK(items[2].request->external_id == "YY-3");

    auto last = read(kHeadings + request_line() + open);
    REQUIRE(last.size() == 2);
    CHECK(last[0].request);
    CHECK(last[1].fault);

    std::string many = kHeadings + open;
    for (int i = 2; i < 3000; ++i)
        many += "YY-" + std::to_string(i) + ",E1,,,2026-11-14 9:21,,YZ-1,合同,1,否,,,,审批通过,\n";
    auto rest = read(many);  // nothing closes it before the limit of a cell
    REQUIRE(rest.size() == 2999);
    CHECK(rest[0].fault);
    for (std::size_t i = 1; i < rest.size(); ++i)
        CHECK(rest[i].request);
}

TEST_CASE("a separator in a cell without quotes is refused, not read shifted") {
    auto items = read(kHeadings + "YY-1,E1,,,2026-11-14 9:21,,YZ-1,合同,编号,1,否,,,,审批通过,\n" +
                      request_line());
    REQUIRE(items.size() == 2);
    CHECK(items[0].fault);
    CHECK(items[1].request);
}

TEST_CASE("200,000 lines are read in bounded memory") {
    class Endless : public ByteSource {
      public:
        Endless() {
            block_ = kHeadings;
            head_ = block_.size();
            line_ =
                "YY-202611-123456,E1038,何涵,人力资源部,2026-11-14T09:21:00+08:00,某公司合同专用章,"
                "YZ-0032,\"劳动合同(与某公司,编号2026-6146)\",2,否,,,甲>乙>丙,审批通过,加急\r\n";
        }
        Result<std::size_t> read_at(std::int64_t offset, std::span<char> into) const override {
            auto at = static_cast<std::size_t>(offset);
            std::size_t have = 0;
            while (have < into.size() && at < head_ + 200'000 * line_.size()) {
                bool in_head = at < head_;
                const auto& from = in_head ? block_ : line_;
                auto start = in_head ? at : (at - head_) % line_.size();
                auto got = from.copy(into.data() + have, into.size() - have, start);
                have += got, at += got;
            }
            return have;
        }

      private:
        std::string block_, line_;
        std::size_t head_ = 0;
    };
    std::int64_t good_ones = 0;
    auto done = read_export(Endless{}, job_for(Kind::requests), [&](wire::ImportItem item) {
        good_ones += item.request ? 1 : 0;
        return Status{};
    });
    REQUIRE(done);
    CHECK(*done == 200'000);
    CHECK(good_ones == 200'000);
}
