// sealctl use show: the scene of a use, on a terminal or as a page to print and sign.
#include <filesystem>
#include <fstream>

#include "base/bytes.hpp"
#include "commands/table.hpp"
#include "leaf/hash.hpp"
#include "reply.hpp"
#include "report/fields.hpp"
#include "report/scene.hpp"

namespace seals::sealctl {
namespace {

constexpr std::uintmax_t kMostPhoto = 32 * 1024 * 1024;

std::optional<std::string> bytes_in(const std::string& path) {
    std::error_code none;
    auto size = std::filesystem::file_size(path, none);
    if (none || size == 0 || size > kMostPhoto) return std::nullopt;
    std::ifstream file(path, std::ios::binary);
    std::string bytes(size, '\0');
    if (!file.read(bytes.data(), static_cast<std::streamsize>(size))) return std::nullopt;
    return bytes;
}

// By its first bytes; empty: nothing that a browser shows as a picture.
std::string type_of(std::string_view bytes) {
    if (bytes.starts_with("\xFF\xD8\xFF")) return "image/jpeg";
    if (bytes.starts_with("\x89PNG\r\n\x1a\n")) return "image/png";
    return bytes.starts_with("RIFF") && bytes.substr(8).starts_with("WEBP") ? "image/webp" : "";
}

// DIR/<sha256>[.jpg], or as sealsd keeps them: DIR/ab/<sha256>. Shown only when it is the file that
// was recorded.
report::Picture picture_in(const std::string& folder, const std::string& sha256) {
    report::Picture picture;
    if (folder.empty() || !hash_from_hex(sha256)) return picture;
    auto base = folder + "/" + sha256;
    for (const auto& path : {base, base + ".jpg", base + ".jpeg", base + ".png", base + ".webp",
                             folder + "/" + sha256.substr(0, 2) + "/" + sha256}) {
        auto bytes = bytes_in(path);
        if (!bytes) continue;
        leaf::Sha256 sum;
        sum.add(as_bytes(*bytes));
        picture.altered = to_hex(sum.finish()) != sha256;
        if (picture.altered) continue;
        picture.type = type_of(*bytes);
        if (!picture.type.empty()) picture.base64 = to_base64(as_bytes(*bytes));
        return picture;
    }
    return picture;
}

void print_groups(Context& context, const report::Scene& scene) {
    Table table({{}, {}, {{}, Align::left, true}});
    for (const auto& group : scene.groups) {
        auto title = group.title;
        for (const auto& fact : group.facts) {
            table.row({Cell(title, Style::bold), Cell(fact.name, Style::dim), fact.text});
            title.clear();
        }
    }
    auto photos = context.text("scene.photos");
    for (const auto& photo : scene.photos) {
        table.row({Cell(photos, Style::bold), Cell(photo.label, Style::dim), photo.sha256});
        photos.clear();
    }
    context.print.table(table);
}

void print_entries(Context& context, const report::Scene& scene) {
    context.print.line("");
    context.print.line(context.print.paint(
        Style::bold, context.text("scene.entries") + " (" +
                         context.text("scene.size", {std::to_string(scene.size)}) + ")"));
    Table table({{context.text("head.seq"), Align::right},
                 {context.text("head.time")},
                 {context.text("head.event"), Align::left, true},
                 {context.text("head.person")},
                 {context.text("head.note"), Align::left, true}});
    for (const auto& entry : scene.entries)
        table.row({Cell(std::to_string(entry.seq), Style::dim), entry.time, entry.event,
                   entry.person, entry.detail});
    context.print.table(table);
}

// What cannot be asked is not known to be real.
bool is_simulated(Context& context) {
    auto status = context.daemon.get("/v1/status");
    return !status || status->body.boolean_or("simulated", true);
}

void print_text(Context& context, const Value& body) {
    auto language = context.print.language();
    auto scene = report::scene_of(
        body, {language, [&](const std::string& id) { return context.names.person(id); },
               [&](Instant at) { return time_with_zone(at, language); }});
    context.print.line(context.print.paint(Style::bold, scene.title));
    if (is_simulated(context))
        context.print.line(context.print.paint(Style::warning, context.text("scene.simulated")));
    print_groups(context, scene);
    print_entries(context, scene);
}

// The form is Chinese, whoever prints it.
void print_html(Context& context, const Value& body) {
    auto scene = report::scene_of(
        body, {Language::zh_CN, [&](const std::string& id) { return context.names.person(id); },
               report::exact_moment_text});
    scene.simulated = is_simulated(context);
    auto folder = context.arguments.one("--photos");
    context.print.raw(report::scene_html(scene, Language::zh_CN, [&](const std::string& sha256) {
        return picture_in(folder, sha256);
    }));
}

int run_show(Context& context) {
    auto format = context.arguments.maybe("--format").value_or("text");
    if (format != "text" && format != "html") return wrong_usage(context, "usage.scene", {format});
    auto path = client::path_of("/v1/uses/{}", {context.arguments.one("ID")});
    return show_thing(context, context.daemon.get(path),
                      format == "html" ? print_html : print_text);
}

constexpr Option kShow[] = {{"ID", "", "opt.id.use", true},
                            {"--format", "text|html", "opt.scene_format"},
                            {"--photos", "DIR", "opt.scene_photos"}};
const Command kCommands[] = {{"use show", kShow, false, run_show}};

}  // namespace

std::span<const Command> use_show_commands() {
    return kCommands;
}

}  // namespace seals::sealctl
