// SPDX-License-Identifier: GPL-3.0-or-later
#include "xlsx_sheet.h"

#include <algorithm>
#include <charconv>
#include <system_error>
#include <utility>

#include "twinfirm/base/decimal.h"
#include "twinfirm/base/sha256.h"

namespace twinfirm::ingest {

namespace {

std::int64_t parse_integer(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
    return status == std::errc{} && end == text.data() + text.size() ? value : -1;
}

constexpr std::string_view broken_reference = "#REF!";

}  // namespace

void SheetRows::fail_at_cell(std::string_view code, MessageArguments arguments) {
    arguments.emplace("sheet", contents_.sheets[sheet_].name);
    stop({ErrorKind::input, std::string(code), std::move(arguments), {}, row_, column_});
}

void SheetRows::on_start(std::string_view name, const XmlAttributes& attributes, int depth) {
    take_text_ = false;
    if (depth == 4 && in_data_) {
        if (name == "c") begin_cell(attributes);
    } else if (depth == 5 && in_data_) {
        take_text_ = name == "v" && type_ != Type::inline_text;
        if (name == "f") formula_ = true;
    } else if (depth > 5) {
        if (depth == 6) reading_aid_ = name == "rPh";
        take_text_ = in_data_ && name == "t" && type_ == Type::inline_text && !reading_aid_;
    } else if (depth == 3) {
        if (in_data_ && name == "row") begin_row(attributes);
        if (name == "col" && (attributes.value("hidden") == "1" || attributes.value("hidden") == "true")) {
            const std::int64_t first = std::max<std::int64_t>(parse_integer(attributes.value("min")), 1);
            const std::int64_t last = parse_integer(attributes.value("max"));
            // The rest of the sheet behind the table is often hidden as a whole.
            if (last >= first && last < worksheet_columns) {
                remarks_.note("workbook_hidden_columns", Severity::info, {1, first}, last - first + 1);
            }
        }
    } else if (depth == 2) {
        in_data_ = name == "sheetData";
    } else if (depth == 1 && name != "worksheet") {
        fail_at_cell("workbook_sheet_no_table", {});
    }
}

void SheetRows::on_end(std::string_view name, int depth) {
    take_text_ = false;
    if (!in_data_) return;
    if (depth == 4 && name == "c") end_cell();
    if (depth == 3 && name == "row") end_row();
    if (depth == 2) in_data_ = false;
}

void SheetRows::on_text(std::string_view text) {
    if (!take_text_) return;
    value_ += text;
    if (value_.size() + text_.size() - row_begin_ > CsvReader::record_limit) {
        fail_at_cell("workbook_row_too_long", {{"cell", cell_name({row_, column_})},
                                               {"limit", std::to_string(CsvReader::record_limit / (1024 * 1024))}});
    }
}

void SheetRows::begin_row(const XmlAttributes& attributes) {
    const auto stated = attributes.find("r");
    const std::int64_t number = stated ? parse_integer(*stated) : row_ + 1;
    if (number > worksheet_rows) {
        fail_at_cell("workbook_too_many_rows", {{"limit", std::to_string(worksheet_rows)}});
    } else if (number <= row_) {
        fail_at_cell("workbook_bad_reference", {{"cell", std::string(stated.value_or(""))}});
    }
    row_ = number;
    column_ = 0;
    row_first_cell_ = cells_.size();
    row_begin_ = text_.size();
    const std::string_view hidden = attributes.value("hidden");
    if (hidden == "1" || hidden == "true") remarks_.note("workbook_hidden_rows", Severity::info, {row_, 1});
}

void SheetRows::end_row() {
    if (cells_.size() > row_first_cell_) rows_.push_back({row_, row_first_cell_, cells_.size() - row_first_cell_});
    row_first_cell_ = cells_.size();
    row_begin_ = text_.size();
}

void SheetRows::begin_cell(const XmlAttributes& attributes) {
    value_.clear();
    formula_ = false;
    const auto reference = attributes.find("r");
    if (reference) {
        const auto place = parse_cell_name(*reference);
        if (!place || place->row != row_ || place->column <= column_) {
            return fail_at_cell("workbook_bad_reference", {{"cell", std::string(*reference)}});
        }
        column_ = place->column;
    } else if (++column_ > worksheet_columns) {
        return fail_at_cell("workbook_bad_reference", {{"cell", std::to_string(column_)}});
    }
    const std::string_view type = attributes.value("t");
    if (type == "s") {
        type_ = Type::shared;
    } else if (type == "str") {
        type_ = Type::text;
    } else if (type == "inlineStr") {
        type_ = Type::inline_text;
    } else if (type == "b") {
        type_ = Type::boolean;
    } else if (type == "e") {
        type_ = Type::error;
    } else {
        type_ = type == "d" ? Type::date : Type::number;
    }
    format_ = NumberFormat::number;
    if (type_ != Type::number) return;
    const std::int64_t style = parse_integer(attributes.value("s"));
    if (style >= 0 && static_cast<std::size_t>(style) < contents_.formats.size()) {
        format_ = contents_.formats[static_cast<std::size_t>(style)];
    }
}

void SheetRows::end_cell() {
    if (value_.empty()) {
        if (formula_ && type_ != Type::text) note("workbook_formula_without_value", Severity::warning);
        return;
    }
    switch (type_) {
        case Type::number:
            return end_number();
        case Type::shared:
            return end_shared();
        case Type::text:
        case Type::inline_text:
            return end_text();
        case Type::boolean:
            return add(value_ == "1" || value_ == "true" ? "TRUE" : "FALSE");
        case Type::error:
            note("workbook_error_cells", Severity::warning);
            return add(value_);
        case Type::date:
            return end_date();
    }
}

void SheetRows::end_number() {
    const NumberText number = number_text(value_);
    if (!number.number) {
        note("workbook_bad_number", Severity::warning);
        return add(number.text);
    }
    if (format_ == NumberFormat::date || format_ == NumberFormat::time) {
        double serial = 0;
        std::from_chars(number.text.data(), number.text.data() + number.text.size(), serial);
        if (const auto date = serial_date_text(serial, format_, contents_.from_1904)) return add(*date);
        note("workbook_bad_date", Severity::warning);
    }
    if (format_ == NumberFormat::percent) note("workbook_percent_cells", Severity::info);
    if (number.too_long) note("workbook_long_numbers", Severity::warning);
    add(number.text);
}

void SheetRows::end_shared() {
    const std::int64_t index = parse_integer(value_);
    if (index < 0 || static_cast<std::size_t>(index) >= contents_.strings.size()) {
        note("workbook_string_missing", Severity::warning);
        return add(broken_reference);
    }
    const std::string_view text = contents_.strings.at(static_cast<std::size_t>(index));
    if (text.empty()) return;
    note_number_as_text(text);
    cells_.push_back({column_, true, static_cast<std::size_t>(index), text.size()});
}

void SheetRows::end_text() {
    unescape_cell_text(value_);
    note_number_as_text(value_);
    add(value_);
}

/// ISO 8601; midnight is no time of day.
void SheetRows::end_date() {
    constexpr std::string_view midnight = "T00:00:00";
    std::string_view text = value_;
    if (const std::size_t time = text.find(midnight); time != std::string_view::npos) {
        const std::string_view rest = text.substr(time + midnight.size());
        if (rest.find_first_not_of(".0Z") == std::string_view::npos) text = text.substr(0, time);
    }
    add(text);
}

void SheetRows::note_number_as_text(std::string_view text) {
    constexpr std::size_t longest = 24;
    const bool digit = text.front() >= '0' && text.front() <= '9';
    if (row_ == 1 || text.size() > longest || !(digit || text.front() == '-')) return;
    // Leading zeros make an identifier, which is a text by right.
    if (text.front() == '0' && text.size() > 1 && text[1] != '.') return;
    if (parse_decimal(text)) note("workbook_numbers_as_text", Severity::info);
}

void SheetRows::add(std::string_view text) {
    cells_.push_back({column_, false, text_.size(), text.size()});
    text_ += text;
}

std::string_view SheetRows::text_of(std::size_t cell) const {
    const Cell& found = cells_[cell];
    if (found.shared) return contents_.strings.at(found.begin);
    return std::string_view(text_).substr(found.begin, found.size);
}

void SheetRows::clear() {
    rows_.clear();
    cells_.erase(cells_.begin(), cells_.begin() + static_cast<std::ptrdiff_t>(row_first_cell_));
    text_.erase(0, row_begin_);
    for (Cell& cell : cells_) {
        if (!cell.shared) cell.begin -= row_begin_;
    }
    row_first_cell_ = 0;
    row_begin_ = 0;
}

XlsxSheet::XlsxSheet(std::shared_ptr<const XlsxContents> contents, std::size_t sheet, MergedAreas merged,
                     PackagePart part)
    : contents_(std::move(contents)),
      sheet_(sheet),
      merged_(std::move(merged)),
      part_(std::move(part)),
      rows_(*contents_, sheet),
      reader_(rows_, contents_->sheet_parts[sheet]) {}

Status XlsxSheet::skip_lines(std::int64_t count) {
    skipped_ = count;
    return {};
}

/// More rows; false at the end.
Result<bool> XlsxSheet::fill() {
    rows_.clear();
    next_row_ = 0;
    while (rows_.rows().empty()) {
        const auto bytes = part_.next();
        if (!bytes) return tl::unexpected(bytes.error());
        TWINFIRM_TRY(reader_.feed(*bytes, bytes->empty()));
        if (bytes->empty()) return false;
    }
    return true;
}

void XlsxSheet::take(const SheetRows::Row& row, Record& record) {
    record.line = row.number;
    record.fields.clear();
    for (std::size_t i = 0; i < row.cells; ++i) {
        const auto place = static_cast<std::size_t>(rows_.column_of(row.first_cell + i)) - 1;
        record.fields.resize(place);
        record.fields.push_back(rows_.text_of(row.first_cell + i));
    }
    if (record.fields.size() < columns_) record.fields.resize(columns_);
    if (row.number <= fill_merged_to_) merged_.spread(record);
}

Result<bool> XlsxSheet::next(Record& record) {
    for (;;) {
        if (next_row_ >= rows_.rows().size()) {
            const auto more = fill();
            if (!more) {
                Error error = more.error();
                error.arguments.emplace("sheet", contents_->sheets[sheet_].name);
                return tl::unexpected(std::move(error));
            }
            if (!*more) return false;
        }
        const SheetRows::Row& row = rows_.rows()[next_row_++];
        if (row.number <= skipped_) continue;
        take(row, record);
        return true;
    }
}

std::int64_t XlsxSheet::bytes() const {
    std::error_code error;
    const auto size = std::filesystem::file_size(contents_->path, error);
    return error ? 0 : static_cast<std::int64_t>(size);
}

std::string XlsxSheet::hex_digest() {
    return sha256_of_file(contents_->path).value_or(std::string());
}

std::vector<SheetRemark> XlsxSheet::remarks() const {
    SheetRemarks all = rows_.remarks();
    merged_.remark(fill_merged_to_, all);
    return all.list();
}

Result<std::unique_ptr<Worksheet>> open_xlsx_sheet(std::shared_ptr<const XlsxContents> contents, std::size_t sheet,
                                                   const std::vector<MergedCells>& merged) {
    auto part = contents->package->open_part(contents->sheet_parts[sheet]);
    if (!part) return tl::unexpected(part.error());
    return std::unique_ptr<Worksheet>(
        std::make_unique<XlsxSheet>(std::move(contents), sheet, MergedAreas(merged), std::move(*part)));
}

Result<bool> xlsx_sheet_is_empty(const std::shared_ptr<const XlsxContents>& contents, std::size_t sheet) {
    // Shared strings are not there yet: any use of one is a value.
    class FirstValue : public XmlHandler {
      public:
        void on_start(std::string_view name, const XmlAttributes& /*attributes*/, int depth) override {
            inside_ = (depth == 5 && name == "v") || (depth > 5 && name == "t");
        }
        void on_end(std::string_view /*name*/, int /*depth*/) override { inside_ = false; }
        void on_text(std::string_view text) override { found = found || (inside_ && !text.empty()); }
        bool found = false;

      private:
        bool inside_ = false;
    };
    FirstValue handler;
    const std::string& part = contents->sheet_parts[sheet];
    auto stream = contents->package->open_part(part);
    if (!stream) return tl::unexpected(stream.error());
    XmlReader reader(handler, part);
    while (!handler.found) {
        const auto bytes = stream->next();
        if (!bytes) return tl::unexpected(bytes.error());
        TWINFIRM_TRY(reader.feed(*bytes, bytes->empty()));
        if (bytes->empty()) break;
    }
    return !handler.found;
}

}  // namespace twinfirm::ingest
