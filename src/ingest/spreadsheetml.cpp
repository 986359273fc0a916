// SPDX-License-Identifier: GPL-3.0-or-later
#include "spreadsheetml.h"

#include <charconv>
#include <utility>

#include "markup_text.h"
#include "sheet_grid.h"
#include "twinfirm/ingest/workbook_xml.h"

namespace twinfirm::ingest {

namespace {

std::int64_t number_in(const XmlAttributes& attributes, std::string_view name, std::int64_t otherwise) {
    const auto text = attributes.find(name);
    if (!text) return otherwise;
    std::int64_t value = -1;
    const auto [end, status] = std::from_chars(text->data(), text->data() + text->size(), value);
    return status == std::errc{} && end == text->data() + text->size() ? value : -1;
}

/// Workbook > Worksheet > Table > Row > Cell > Data
class SpreadsheetHandler : public XmlHandler {
  public:
    void on_start(std::string_view name, const XmlAttributes& attributes, int depth) override {
        if (depth == 2 && name == "Worksheet") {
            sheets.push_back({std::string(attributes.value("Name")), false, false});
            grids.push_back(std::make_shared<SheetGrid>());
            row_ = 0;
        }
        if (grids.empty()) return;
        if (depth == 3) in_table_ = name == "Table";
        if (!in_table_) return;
        if (depth == 4 && name == "Row") begin_row(attributes);
        if (depth == 5 && name == "Cell") begin_cell(attributes);
        if (depth == 6) {
            in_data_ = name == "Data";
            if (in_data_) type_ = std::string(attributes.value("Type"));
        }
    }

    void on_end(std::string_view name, int depth) override {
        if (depth == 6) in_data_ = false;
        if (depth == 5 && in_table_ && name == "Cell") end_cell();
        if (depth == 3) in_table_ = false;
    }

    void on_text(std::string_view text) override {
        if (!in_data_) return;
        value_ += text;
        if (value_.size() + grids.back()->bytes() > grid_bytes_limit) stop(too_much_text().value());
    }

    std::vector<SheetInfo> sheets;
    std::vector<std::shared_ptr<SheetGrid>> grids;

  private:
    void bad_reference(const std::string& cell) {
        stop({ErrorKind::input, "workbook_bad_reference", {{"cell", cell}, {"sheet", sheets.back().name}}, {}, 0, 0});
    }

    void begin_row(const XmlAttributes& attributes) {
        const std::int64_t number = number_in(attributes, "Index", row_ + 1);
        if (number <= row_ || number > worksheet_rows) return bad_reference(std::to_string(number));
        row_ = number;
        column_ = 0;
        grids.back()->begin_row(row_);
        if (attributes.value("Hidden") == "1") {
            grids.back()->remarks.note("workbook_hidden_rows", Severity::info, {row_, 1});
        }
    }

    void begin_cell(const XmlAttributes& attributes) {
        const std::int64_t number = number_in(attributes, "Index", column_ + 1);
        if (row_ == 0 || number <= column_ || number > worksheet_columns) return bad_reference(std::to_string(number));
        const std::int64_t across = number_in(attributes, "MergeAcross", 0);
        const std::int64_t down = number_in(attributes, "MergeDown", 0);
        if (across < 0 || across > worksheet_columns || down < 0 || down > worksheet_rows) {
            return bad_reference(cell_name({row_, number}));
        }
        if (across > 0 || down > 0) {
            grids.back()->merged.push_back({{row_, number}, {row_ + down, number + across}});
        }
        place_ = number;
        column_ = number + across;
        value_.clear();
        type_.clear();
    }

    void end_cell() {
        SheetGrid& grid = *grids.back();
        const CellPlace place{row_, place_};
        if (value_.empty()) return;
        if (type_ == "Number") {
            const NumberText number = number_text(value_);
            if (!number.number) grid.remarks.note("workbook_bad_number", Severity::warning, place);
            if (number.too_long) grid.remarks.note("workbook_long_numbers", Severity::warning, place);
            grid.add(place_, number.text);
        } else if (type_ == "Boolean") {
            grid.add(place_, value_ == "1" ? "TRUE" : "FALSE");
        } else if (type_ == "DateTime") {
            const std::size_t time = value_.find("T00:00:00");
            grid.add(place_, std::string_view(value_).substr(0, time));
        } else {
            if (type_ == "Error") grid.remarks.note("workbook_error_cells", Severity::warning, place);
            grid.add(place_, value_);
        }
    }

    std::int64_t row_ = 0;
    std::int64_t column_ = 0;
    std::int64_t place_ = 0;
    bool in_table_ = false;
    bool in_data_ = false;
    std::string type_;
    std::string value_;
};

}  // namespace

Result<std::shared_ptr<Workbook>> open_spreadsheetml(const std::filesystem::path& path,
                                                     const CancellationToken& token) {
    const auto text = read_markup(path, token);
    if (!text) return tl::unexpected(text.error());
    SpreadsheetHandler handler;
    XmlReader reader(handler, path.filename().string(), XmlEncoding::utf8);
    constexpr std::size_t block = std::size_t{64} * 1024;
    for (std::size_t at = 0; at < text->size(); at += block) {
        TWINFIRM_TRY(token.check());
        TWINFIRM_TRY(reader.feed(std::string_view(*text).substr(at, block), at + block >= text->size()));
    }
    if (handler.sheets.empty()) return fail(ErrorKind::input, "workbook_no_sheet");
    return make_grid_workbook(path, std::move(handler.sheets), {handler.grids.begin(), handler.grids.end()});
}

}  // namespace twinfirm::ingest
