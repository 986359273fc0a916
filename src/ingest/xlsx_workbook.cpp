// SPDX-License-Identifier: GPL-3.0-or-later
#include "xlsx_workbook.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <utility>

#include "twinfirm/ingest/workbook_xml.h"

namespace twinfirm::ingest {

namespace {

constexpr std::size_t merged_limit = 100'000;

bool is_true(std::string_view text) {
    return text == "1" || text == "true";
}

std::optional<std::size_t> parse_count(std::string_view text) {
    std::size_t value = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (status != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::string_view folder_of(std::string_view part) {
    const std::size_t slash = part.rfind('/');
    return slash == std::string_view::npos ? std::string_view() : part.substr(0, slash + 1);
}

/// Where a relationship of `part` leads: absolute, or beside the part.
std::string resolve(std::string_view part, std::string_view target) {
    if (target.starts_with('/')) return std::string(target.substr(1));
    std::string folder(folder_of(part));
    while (target.starts_with("../")) {
        target.remove_prefix(3);
        folder =
            folder.empty() ? folder : std::string(folder_of(std::string_view(folder).substr(0, folder.size() - 1)));
    }
    return folder + std::string(target);
}

struct Relationship {
    std::string type;  ///< the last word of its address
    std::string target;
};

class RelationshipHandler : public XmlHandler {
  public:
    explicit RelationshipHandler(std::string part) : part_(std::move(part)) {}

    void on_start(std::string_view name, const XmlAttributes& attributes, int /*depth*/) override {
        if (name != "Relationship" || attributes.value("TargetMode") == "External") return;
        const std::string_view type = attributes.value("Type");
        found[std::string(attributes.value("Id"))] = {std::string(type.substr(type.rfind('/') + 1)),
                                                      resolve(part_, attributes.value("Target"))};
    }
    void on_end(std::string_view /*name*/, int /*depth*/) override {}
    void on_text(std::string_view /*text*/) override {}

    std::map<std::string, Relationship> found;

  private:
    std::string part_;
};

/// The relationships of a part; none if it has no such list.
Result<std::map<std::string, Relationship>> relationships(const XlsxPackage& package, const std::string& part) {
    const std::string folder(folder_of(part));
    const std::string list = folder + "_rels/" + part.substr(folder.size()) + ".rels";
    RelationshipHandler handler(part);
    if (package.has(list)) TWINFIRM_TRY(read_xml_part(package, list, handler));
    return std::move(handler.found);
}

class WorkbookHandler : public XmlHandler {
  public:
    struct Sheet {
        SheetInfo info;
        std::string relationship;
    };

    void on_start(std::string_view name, const XmlAttributes& attributes, int depth) override {
        if (depth == 1) is_workbook = name == "workbook";
        if (depth == 2 && name == "workbookPr") from_1904 = is_true(attributes.value("date1904"));
        if (depth == 3 && name == "sheet") {
            const std::string_view state = attributes.value("state");
            sheets.push_back(
                {{std::string(attributes.value("name")), state == "hidden" || state == "veryHidden", false},
                 std::string(attributes.value("id"))});
        }
    }
    void on_end(std::string_view /*name*/, int /*depth*/) override {}
    void on_text(std::string_view /*text*/) override {}

    bool is_workbook = false;
    bool from_1904 = false;
    std::vector<Sheet> sheets;
};

class StyleHandler : public XmlHandler {
  public:
    void on_start(std::string_view name, const XmlAttributes& attributes, int depth) override {
        if (depth == 2) list_ = name;
        if (depth != 3) return;
        if (list_ == "numFmts" && name == "numFmt") {
            if (const auto id = parse_count(attributes.value("numFmtId"))) {
                custom_[*id] = custom_number_format(attributes.value("formatCode"));
            }
        }
        if (list_ == "cellXfs" && name == "xf")
            styles_.push_back(parse_count(attributes.value("numFmtId")).value_or(0));
    }
    void on_end(std::string_view /*name*/, int /*depth*/) override {}
    void on_text(std::string_view /*text*/) override {}

    [[nodiscard]] std::vector<NumberFormat> formats() const {
        std::vector<NumberFormat> out;
        out.reserve(styles_.size());
        for (const std::size_t id : styles_) {
            const auto found = custom_.find(id);
            constexpr std::size_t last_builtin = 163;
            out.push_back(found != custom_.end() ? found->second
                                                 : builtin_number_format(static_cast<int>(std::min(id, last_builtin))));
        }
        return out;
    }

  private:
    std::string list_;
    std::map<std::size_t, NumberFormat> custom_;
    std::vector<std::size_t> styles_;
};

/// <sst><si><t>..</t> or <r><t>..</t></r>, with <rPh> for the reading aid, which is no text of the cell.
class StringsHandler : public XmlHandler {
  public:
    explicit StringsHandler(SharedStrings& strings) : strings_(strings) {}

    void on_start(std::string_view name, const XmlAttributes& /*attributes*/, int depth) override {
        if (depth == 2) text_.clear();
        if (depth == 3) aid_ = name == "rPh";
        in_text_ = name == "t" && !aid_ && depth >= 3;
    }
    void on_end(std::string_view name, int depth) override {
        in_text_ = false;
        if (depth != 2 || name != "si") return;
        unescape_cell_text(text_);
        strings_.add(text_);
        if (strings_.bytes() > SharedStrings::bytes_limit) too_much();
    }
    void on_text(std::string_view text) override {
        if (!in_text_) return;
        text_ += text;
        if (text_.size() > SharedStrings::bytes_limit) too_much();
    }

  private:
    void too_much() {
        stop({ErrorKind::input,
              "workbook_strings_too_large",
              {{"limit", std::to_string(SharedStrings::bytes_limit / (1024 * 1024))}},
              {},
              0,
              0});
    }

    SharedStrings& strings_;
    std::string text_;
    bool in_text_ = false;
    bool aid_ = false;
};

class MergedHandler : public XmlHandler {
  public:
    void on_start(std::string_view name, const XmlAttributes& attributes, int depth) override {
        if (depth != 3 || name != "mergeCell" || found.size() == merged_limit) return;
        const std::string_view range = attributes.value("ref");
        const std::size_t colon = range.find(':');
        if (colon == std::string_view::npos) return;
        const auto first = parse_cell_name(range.substr(0, colon));
        const auto last = parse_cell_name(range.substr(colon + 1));
        if (first && last && first->row <= last->row && first->column <= last->column) found.push_back({*first, *last});
    }
    void on_end(std::string_view /*name*/, int /*depth*/) override {}
    void on_text(std::string_view /*text*/) override {}

    std::vector<MergedCells> found;
};

/// The part that the package calls its main document.
Result<std::string> main_part(const XlsxPackage& package) {
    if (!package.has("[Content_Types].xml")) {
        const bool other = package.has("mimetype") || !package.has("xl/workbook.xml");
        return other ? fail(ErrorKind::input, "workbook_not_xlsx")
                     : fail(ErrorKind::input, "workbook_part_missing", {{"part", "[Content_Types].xml"}});
    }
    const auto roots = relationships(package, "");
    if (!roots) return tl::unexpected(roots.error());
    std::string part = "xl/workbook.xml";
    for (const auto& [id, relationship] : *roots) {
        if (relationship.type == "officeDocument") part = relationship.target;
    }
    if (part.ends_with(".bin")) return fail(ErrorKind::input, "workbook_binary");
    if (!package.has(part)) return fail(ErrorKind::input, "workbook_not_xlsx");
    return part;
}

}  // namespace

Result<std::shared_ptr<XlsxContents>> read_xlsx_contents(const std::filesystem::path& path) {
    auto contents = std::make_shared<XlsxContents>();
    auto package = XlsxPackage::open(path);
    if (!package) return tl::unexpected(package.error());
    contents->package = std::move(*package);
    contents->path = path;
    const auto part = main_part(*contents->package);
    if (!part) return tl::unexpected(part.error());
    WorkbookHandler workbook;
    TWINFIRM_TRY(read_xml_part(*contents->package, *part, workbook));
    if (!workbook.is_workbook) return fail(ErrorKind::input, "workbook_not_xlsx");
    contents->from_1904 = workbook.from_1904;
    const auto links = relationships(*contents->package, *part);
    if (!links) return tl::unexpected(links.error());
    std::string styles_part;
    for (const auto& [id, link] : *links) {
        if (link.type == "sharedStrings") contents->strings_part = link.target;
        if (link.type == "styles") styles_part = link.target;
    }
    for (WorkbookHandler::Sheet& sheet : workbook.sheets) {
        const auto link = links->find(sheet.relationship);
        // Sheets of charts and dialogs hold no cells.
        if (link != links->end() && link->second.type != "worksheet") continue;
        contents->sheets.push_back(std::move(sheet.info));
        contents->sheet_parts.push_back(link == links->end() ? std::string() : link->second.target);
    }
    if (contents->sheets.empty()) return fail(ErrorKind::input, "workbook_no_sheet");
    if (!styles_part.empty() && contents->package->has(styles_part)) {
        StyleHandler styles;
        TWINFIRM_TRY(read_xml_part(*contents->package, styles_part, styles));
        contents->formats = styles.formats();
    }
    return contents;
}

Status read_shared_strings(XlsxContents& contents, const CancellationToken& token) {
    if (contents.strings_part.empty() || !contents.package->has(contents.strings_part)) return {};
    auto stream = contents.package->open_part(contents.strings_part);
    if (!stream) return tl::unexpected(stream.error());
    StringsHandler handler(contents.strings);
    XmlReader reader(handler, contents.strings_part);
    for (;;) {
        TWINFIRM_TRY(token.check());
        const auto bytes = stream->next();
        if (!bytes) return tl::unexpected(bytes.error());
        TWINFIRM_TRY(reader.feed(*bytes, bytes->empty()));
        if (bytes->empty()) return {};
    }
}

Result<std::vector<MergedCells>> find_merged_cells(const XlsxContents& contents, std::size_t sheet,
                                                   const CancellationToken& token) {
    constexpr std::string_view needle = "mergeCell";
    const std::string& part = contents.sheet_parts[sheet];
    auto stream = contents.package->open_part(part);
    if (!stream) return tl::unexpected(stream.error());
    bool found = false;
    std::string edge;
    for (bool first = true;; first = false) {
        TWINFIRM_TRY(token.check());
        const auto bytes = stream->next();
        if (!bytes) return tl::unexpected(bytes.error());
        if (bytes->empty()) break;
        // A part in UTF-16 is searched by the parser.
        if (first && (bytes->starts_with("\xFF\xFE") || bytes->starts_with("\xFE\xFF"))) found = true;
        if (found) continue;
        edge += bytes->substr(0, needle.size());
        found = bytes->find(needle) != std::string_view::npos || edge.find(needle) != std::string::npos;
        edge = bytes->substr(bytes->size() - std::min(bytes->size(), needle.size()));
    }
    MergedHandler handler;
    if (found) TWINFIRM_TRY(read_xml_part(*contents.package, part, handler));
    return std::move(handler.found);
}

namespace {

class XlsxWorkbook : public Workbook {
  public:
    explicit XlsxWorkbook(std::shared_ptr<XlsxContents> contents)
        : contents_(std::move(contents)), merged_(contents_->sheets.size()) {}

    [[nodiscard]] const std::vector<SheetInfo>& sheets() const override { return contents_->sheets; }

    [[nodiscard]] Result<std::unique_ptr<Worksheet>> open_sheet(std::size_t sheet,
                                                                const CancellationToken& token) override {
        auto opened = open(sheet, token);
        if (!opened) opened.error().arguments.emplace("sheet", contents_->sheets[sheet].name);
        return opened;
    }

  private:
    [[nodiscard]] Result<std::unique_ptr<Worksheet>> open(std::size_t sheet, const CancellationToken& token) {
        if (!contents_->package->has(contents_->sheet_parts[sheet])) {
            return fail(ErrorKind::input, "workbook_sheet_missing");
        }
        if (!strings_read_) {
            TWINFIRM_TRY(read_shared_strings(*contents_, token));
            strings_read_ = true;
        }
        if (!merged_[sheet]) {
            auto found = find_merged_cells(*contents_, sheet, token);
            if (!found) return tl::unexpected(found.error());
            merged_[sheet] = std::move(*found);
        }
        return open_xlsx_sheet(contents_, sheet, *merged_[sheet]);
    }

    std::shared_ptr<XlsxContents> contents_;
    std::vector<std::optional<std::vector<MergedCells>>> merged_;
    bool strings_read_ = false;
};

}  // namespace

Result<std::shared_ptr<Workbook>> open_xlsx_workbook(const std::filesystem::path& path) {
    auto contents = read_xlsx_contents(path);
    if (!contents) return tl::unexpected(contents.error());
    for (std::size_t sheet = 0; (*contents)->sheets.size() > 1 && sheet < (*contents)->sheets.size(); ++sheet) {
        if (!(*contents)->package->has((*contents)->sheet_parts[sheet])) continue;
        const auto empty = xlsx_sheet_is_empty(*contents, sheet);
        if (!empty) {
            Error error = empty.error();
            error.arguments.emplace("sheet", (*contents)->sheets[sheet].name);
            return tl::unexpected(std::move(error));
        }
        (*contents)->sheets[sheet].empty = *empty;
    }
    return std::shared_ptr<Workbook>(std::make_shared<XlsxWorkbook>(std::move(*contents)));
}

}  // namespace twinfirm::ingest
