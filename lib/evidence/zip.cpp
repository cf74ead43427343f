#include "evidence/zip.hpp"

#include <algorithm>

#include <zip.h>

#include "leaf/hash.hpp"

namespace seals::evidence {
namespace {

constexpr std::size_t kPiece = 128U * 1024;
constexpr std::size_t kNameBytes = 200;
constexpr std::uint32_t kRegular = 0100000, kKind = 0170000;

Error wrong(const std::string& what) {
    return invalid("bundle", what);
}

std::string code_text(int code) {
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    std::string text = zip_error_strerror(&error);
    zip_error_fini(&error);
    return text;
}

Status add_file(zip_t* archive, const std::string& path, const std::string& name) {
    auto* source = zip_source_file(archive, path.c_str(), 0, -1);
    if (source == nullptr) return unavailable(path + ": " + zip_strerror(archive));
    auto at = zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (at < 0) {
        zip_source_free(source);
        return unavailable(path + ": " + zip_strerror(archive));
    }
    zip_file_set_external_attributes(archive, static_cast<zip_uint64_t>(at), 0, ZIP_OPSYS_UNIX,
                                     (0100644U) << 16);
    return {};
}

// A link or a device unpacked by a careless tool would reach where it should not.
bool is_regular(zip_t* archive, zip_uint64_t at) {
    zip_uint8_t system = 0;
    zip_uint32_t attributes = 0;
    if (zip_file_get_external_attributes(archive, at, 0, &system, &attributes) != 0) return false;
    auto kind = (attributes >> 16) & kKind;
    return system != ZIP_OPSYS_UNIX || kind == 0 || kind == kRegular;
}

}  // namespace

bool is_plain_name(std::string_view name) {
    constexpr std::string_view kPlain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-/";
    if (name.empty() || name.size() > kNameBytes) return false;
    if (name.find_first_not_of(kPlain) != std::string_view::npos) return false;
    for (std::size_t at = 0; at <= name.size();) {
        auto end = std::min(name.find('/', at), name.size());
        auto part = name.substr(at, end - at);
        if (part.empty() || part == "." || part == "..") return false;
        at = end + 1;
    }
    return true;
}

Status write_zip(const std::string& path, const std::string& folder,
                 const std::vector<std::string>& names) {
    int code = 0;
    auto* archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code);
    if (archive == nullptr) return unavailable(path + ": " + code_text(code));
    for (const auto& name : names)
        if (auto status = add_file(archive, folder + "/" + name, name); !status) {
            zip_discard(archive);
            return status;
        }
    if (zip_close(archive) == 0) return {};
    auto error = unavailable(path + ": " + zip_strerror(archive));
    zip_discard(archive);
    return error;
}

void ZipReader::Close::operator()(zip* archive) const {
    zip_discard(archive);
}

Result<ZipReader> ZipReader::open(const std::string& path, const ZipLimits& limits) {
    int code = 0;
    auto* archive = zip_open(path.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &code);
    if (archive == nullptr) return wrong(path + ": " + code_text(code));
    ZipReader reader(archive);
    if (auto status = reader.list(limits); !status) return status.error();
    return reader;
}

Status ZipReader::list(const ZipLimits& limits) {
    auto count = zip_get_num_entries(archive_.get(), 0);
    if (count < 0 || static_cast<std::size_t>(count) > limits.entries)
        return wrong("the archive has more than " + std::to_string(limits.entries) + " entries");
    std::uint64_t all = 0;
    for (zip_uint64_t at = 0; at < static_cast<zip_uint64_t>(count); ++at) {
        zip_stat_t info;
        constexpr auto kNeeded = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
        if (zip_stat_index(archive_.get(), at, 0, &info) != 0 || (info.valid & kNeeded) != kNeeded)
            return wrong("entry " + std::to_string(at) + " cannot be read");
        if (!is_plain_name(info.name) || !is_regular(archive_.get(), at))
            return wrong("entry " + std::to_string(at) + " is no plain file with a plain name");
        if (info.size > limits.entry_bytes || info.size > (info.comp_size + 1) * limits.ratio)
            return wrong(std::string(info.name) + " unpacks to more than can be meant");
        all += info.size;
        if (all > limits.all_bytes) return wrong("the archive unpacks to more than can be meant");
        entries_.push_back({info.name, info.size});
    }
    std::sort(entries_.begin(), entries_.end(),
              [](const auto& a, const auto& b) { return a.name < b.name; });
    for (std::size_t i = 1; i < entries_.size(); ++i)
        if (entries_[i].name == entries_[i - 1].name)
            return wrong("two entries are called " + entries_[i].name);
    return {};
}

bool ZipReader::has(const std::string& name) const {
    auto found =
        std::lower_bound(entries_.begin(), entries_.end(), name,
                         [](const auto& entry, const auto& wanted) { return entry.name < wanted; });
    return found != entries_.end() && found->name == name;
}

// Never more than the directory said, whatever the data would give.
Status ZipReader::each_piece(const std::string& name, const std::function<void(ByteView)>& take) {
    auto found =
        std::lower_bound(entries_.begin(), entries_.end(), name,
                         [](const auto& entry, const auto& wanted) { return entry.name < wanted; });
    if (found == entries_.end() || found->name != name)
        return Error{Code::not_found, "the archive has no " + name};
    std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(
        zip_fopen(archive_.get(), name.c_str(), 0), zip_fclose);
    if (!file) return wrong(name + ": " + zip_strerror(archive_.get()));
    Bytes piece(kPiece);
    std::uint64_t left = found->size;
    while (left > 0) {
        auto got = zip_fread(file.get(), piece.data(), std::min<std::uint64_t>(left, piece.size()));
        if (got <= 0) return wrong(name + " is damaged");
        take(ByteView(piece).first(static_cast<std::size_t>(got)));
        left -= static_cast<std::uint64_t>(got);
    }
    std::uint8_t more = 0;  // reading on to the end has libzip check the CRC
    if (zip_fread(file.get(), &more, 1) != 0) return wrong(name + " is damaged");
    return {};
}

Result<Bytes> ZipReader::read(const std::string& name, std::uint64_t most) {
    Bytes out;
    bool fits = true;
    auto status = each_piece(name, [&](ByteView piece) {
        fits = fits && out.size() + piece.size() <= most;
        if (fits) out.insert(out.end(), piece.begin(), piece.end());
    });
    if (!status) return status.error();
    if (!fits) return wrong(name + " is longer than " + std::to_string(most) + " bytes");
    return out;
}

Result<std::string> ZipReader::sha256(const std::string& name) {
    leaf::Sha256 hash;
    auto status = each_piece(name, [&](ByteView piece) { hash.add(piece); });
    if (!status) return status.error();
    return to_hex(hash.finish());
}

}  // namespace seals::evidence
