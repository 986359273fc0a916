// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/inspection.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <set>
#include <utility>

#include "column_profiler.h"
#include "encoding_choice.h"
#include "line_range.h"
#include "sheet_choice.h"
#include "table_follower.h"
#include "text_sample.h"
#include "twinfirm/base/sha256.h"
#include "twinfirm/ingest/canonical_field.h"
#include "twinfirm/ingest/column_profile.h"
#include "twinfirm/ingest/csv_reader.h"
#include "twinfirm/ingest/file_format.h"
#include "twinfirm/ingest/header_name.h"
#include "twinfirm/ingest/open_records.h"
#include "twinfirm/ingest/personal_data.h"
#include "twinfirm/ingest/registration_number.h"
#include "twinfirm/ingest/row_shape.h"
#include "twinfirm/ingest/table_layout.h"
#include "twinfirm/ingest/type_decision.h"

namespace twinfirm::ingest {

namespace {

constexpr std::size_t column_limit = 20'000;
constexpr std::size_t preview_rows = 100;

class Inspector {
  public:
    Inspector(const std::filesystem::path& path, const std::map<std::string, std::string>& answers,
              const CancellationToken& token, const ProgressSink& progress)
        : path_(path), answers_(answers), token_(token), progress_(progress) {
        out_.file = path.string();
        out_.plan.answers = answers;
    }

    [[nodiscard]] Result<Inspection> run() {
        const auto format = recognize_format(path_);
        if (!format) return tl::unexpected(format.error());
        out_.plan.format = *format;
        if (auto problem = misleading_name(path_, *format)) out_.problems.push_back(std::move(*problem));
        auto decided = *format == FileFormat::text ? decide_encoding() : choose_worksheet();
        if (!decided) return tl::unexpected(decided.error());
        if (*decided) {
            TWINFIRM_TRY(take_line_range());
            TWINFIRM_TRY(workbook_ ? find_sheet_layout() : find_layout());
            TWINFIRM_TRY(name_columns());
            TWINFIRM_TRY(scan_rows());
            decide_columns();
            find_periods();
        }
        TWINFIRM_TRY(check_answers());
        return std::move(out_);
    }

  private:
    void tell(std::string code, Severity severity, MessageArguments arguments, std::int64_t count, std::int64_t line,
              std::int64_t column = 0) {
        out_.problems.push_back({{std::move(code), severity, std::move(arguments), count}, line, column});
    }

    /// Puts a question and returns its answer, the first choice as long as there is none.
    std::string ask(const std::string& code, MessageArguments arguments, std::vector<std::string> choices,
                    std::int64_t line, std::int64_t column = 0) {
        std::string id = column == 0 ? code : code + ":" + std::to_string(column);
        const auto found = answers_.find(id);
        std::string answer = found == answers_.end() ? choices.front() : found->second;
        out_.questions.push_back({std::move(id), code, std::move(arguments), std::move(choices), line, column});
        return answer;
    }

    /// False: the encoding must be asked for before anything can be read.
    [[nodiscard]] Result<bool> decide_encoding() {
        auto choice = choose_encoding(path_, answers_, token_, progress_);
        if (!choice) return tl::unexpected(choice.error());
        out_.bytes = choice->bytes;
        out_.sha256 = std::move(choice->sha256);
        out_.byte_order_mark = choice->byte_order_mark;
        std::move(choice->problems.begin(), choice->problems.end(), std::back_inserter(out_.problems));
        if (choice->question) out_.questions.push_back(std::move(*choice->question));
        if (choice->encoding) out_.plan.encoding = *choice->encoding;
        return choice->encoding.has_value();
    }

    [[nodiscard]] Result<bool> choose_worksheet() {
        auto workbook = Workbook::open(path_, out_.plan.format, token_);
        if (!workbook) return tl::unexpected(workbook.error());
        workbook_ = std::move(*workbook);
        auto choice = choose_sheet(workbook_->sheets(), answers_);
        if (!choice) return tl::unexpected(choice.error());
        sheet_ = choice->sheet;
        out_.plan.sheet = workbook_->sheets()[sheet_].name;
        std::move(choice->problems.begin(), choice->problems.end(), std::back_inserter(out_.problems));
        if (choice->question) out_.questions.push_back(std::move(*choice->question));
        auto hash = sha256_of_file(path_);
        if (!hash) return tl::unexpected(hash.error());
        out_.sha256 = std::move(*hash);
        std::error_code unknown_size;
        out_.bytes = static_cast<std::int64_t>(std::filesystem::file_size(path_, unknown_size));
        return true;
    }

    /// The lines of the table to be read, where a file holds several.
    [[nodiscard]] Status take_line_range() {
        const auto answer = answers_.find("further_table");
        if (answer == answers_.end() || answer->second == "all") return {};
        const auto lines = parse_line_range(answer->second);
        if (!lines) return unknown_answer("further_table", answer->second);
        lines_ = *lines;
        out_.plan.last_line = lines_.last;
        return {};
    }

    [[nodiscard]] Status find_sheet_layout() {
        auto layout = detect_sheet_layout(*workbook_, sheet_, lines_, token_);
        if (!layout) return tl::unexpected(layout.error());
        layout_ = std::move(*layout);
        out_.plan.header = layout_.header;
        return use_layout();
    }

    [[nodiscard]] Status find_layout() {
        auto file = TextFile::open(path_, out_.plan.encoding, Digest::none);
        if (!file) return tl::unexpected(file.error());
        auto text = text_sample(**file, lines_);
        if (!text) return tl::unexpected(text.error());
        const std::string& sample = *text;
        layout_ = detect_layout(sample);
        const auto quoted = answers_.find("unclosed_quote");
        if (quoted != answers_.end() && quoted->second == "literal") layout_ = detect_layout(sample, '\0');
        layout_.preamble_lines += lines_.first - 1;
        for (std::int64_t& line : layout_.header_row_lines) line += lines_.first - 1;
        return use_layout();
    }

    [[nodiscard]] Status use_layout() {
        if (layout_.header_cells.empty()) return fail(ErrorKind::input, "file_no_data");
        if (layout_.columns > column_limit) {
            return fail(ErrorKind::input, "too_many_columns",
                        {{"count", std::to_string(layout_.columns)}, {"limit", std::to_string(column_limit)}});
        }
        ImportPlan& plan = out_.plan;
        if (layout_.unusual_delimiter) {
            ask("delimiter", {{"delimiter", std::string(1, layout_.dialect.delimiter)}},
                {std::string(1, layout_.dialect.delimiter)}, 0);
        }
        plan.delimiter = layout_.dialect.delimiter;
        plan.quote = layout_.dialect.quote;
        plan.escape = layout_.dialect.escape;
        plan.padded = layout_.dialect.padded;
        plan.preamble_lines = layout_.preamble_lines;
        const std::int64_t header_line = layout_.preamble_lines + 1;
        if (layout_.header_doubtful) plan.header = ask("header", {}, {"yes", "no"}, header_line) != "no";
        if (layout_.header_rows > 1) decide_header_rows(header_line);
        out_.preamble = layout_.preamble;
        if (!layout_.preamble.empty()) {
            tell("preamble", Severity::info, {{"text", layout_.preamble.front()}},
                 static_cast<std::int64_t>(layout_.preamble.size()), 1);
        }
        return {};
    }

    void decide_header_rows(std::int64_t header_line) {
        const auto& rows = layout_.header_row_cells;
        // The same names twice are one header and a repetition.
        if (std::all_of(rows.begin(), rows.end(), [&](const auto& row) { return row == rows.front(); })) return;
        const std::vector<std::string> merged = merged_header(rows);
        const std::string answer = layout_.header_rows_stated ? "merged"
                                                              : ask("header_rows",
                                                                    {{"rows", std::to_string(rows.size())},
                                                                     {"merged", display_name(merged.back())},
                                                                     {"lower", display_name(rows.back().back())}},
                                                                    {"merged", "lower_row"}, header_line);
        if (answer == "lower_row") {
            out_.plan.preamble_lines = layout_.header_row_lines.back() - 1;
            return;
        }
        out_.plan.header_rows = static_cast<std::int64_t>(rows.size());
        layout_.header_cells = merged;
        layout_.columns = std::max(layout_.columns, merged.size());
    }

    [[nodiscard]] Status name_columns() {
        std::set<std::string> taken;
        std::int64_t repeated = 0;
        std::int64_t unnamed = 0;
        std::int64_t first_repeated = 0;
        std::int64_t first_unnamed = 0;
        for (std::size_t i = 0; i < layout_.columns; ++i) {
            const auto place = static_cast<std::int64_t>(i) + 1;
            ColumnPlan column;
            if (out_.plan.header && i < layout_.header_cells.size()) column.source = layout_.header_cells[i];
            std::string name = display_name(column.source);
            if (has_invisible_characters(column.source)) {
                tell("invisible_in_header", Severity::warning, {{"column", name}}, 1, layout_.preamble_lines + 1,
                     place);
            }
            if (name.empty()) {
                name = "열" + std::to_string(place);
                if (++unnamed == 1) first_unnamed = place;
            }
            std::string unique = name;
            for (int copy = 2; !taken.insert(comparison_key(unique)).second; ++copy) {
                if (copy == 2 && ++repeated == 1) first_repeated = place;
                unique = name + " (" + std::to_string(copy) + ")";
            }
            column.name = unique;
            const std::string unit = unit_in_header(column.source);
            column.unit = unit;
            out_.plan.columns.push_back(std::move(column));
        }
        if (repeated > 0)
            tell("header_repeated", Severity::warning, {}, repeated, layout_.preamble_lines + 1, first_repeated);
        if (unnamed > 0 && out_.plan.header) {
            tell("header_unnamed", Severity::warning, {}, unnamed, layout_.preamble_lines + 1, first_unnamed);
        }
        match_columns();
        return {};
    }

    /// Names that differ only in case are one name to SQLite.
    [[nodiscard]] static std::string comparison_key(const std::string& name) {
        std::string key = name;
        for (char& c : key) {
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        }
        return key;
    }

    void match_columns() {
        std::map<std::string, std::size_t> holders;
        out_.columns.resize(out_.plan.columns.size());
        for (std::size_t i = 0; i < out_.plan.columns.size(); ++i) {
            ColumnPlan& column = out_.plan.columns[i];
            const auto place = static_cast<std::int64_t>(i) + 1;
            FieldMatch match = match_field(column.source);
            if (match.reason == "conflict") {
                std::vector<std::string> choices = match.candidates;
                choices.emplace_back("none");
                const std::string id = "field_conflict:" + std::to_string(place);
                const bool answered = answers_.contains(id);
                const std::string choice = ask("field_conflict", {{"column", column.name}}, std::move(choices),
                                               layout_.preamble_lines + 1, place);
                match.field = choice == "none" ? std::string() : choice;
                match.confidence = answered ? 1 : match.confidence;
            }
            protect_by_header(match, column);
            InspectedColumn& seen = out_.columns[i];
            seen.suggested_field = match.field;
            seen.confidence = match.confidence;
            seen.reason = match.reason;
            if (match.confidence >= accepted_confidence && !match.field.empty()) {
                const auto [holder, first] = holders.emplace(match.field, i);
                if (!first && out_.columns[holder->second].confidence < match.confidence) {
                    give_up_field(holder->second);
                    holder->second = i;
                } else if (!first) {
                    give_up_field(i);
                    continue;
                }
                column.field = match.field;
            }
            const bool in_header = match.reason == "year_in_header";
            if (column.unit.empty() && is_money(in_header ? match.field : column.field)) column.unit = layout_.unit;
        }
    }

    /// A second telephone column is as personal as the first, whatever becomes of its field.
    static void protect_by_header(const FieldMatch& match, ColumnPlan& column) {
        column.protection = default_protection(match.field);
        if (match.field.empty()) column.protection = default_protection(personal_field_of(column.source));
    }

    void give_up_field(std::size_t i) {
        out_.plan.columns[i].field.clear();
        out_.columns[i].suggested_field.clear();
        out_.columns[i].confidence = 0;
        out_.columns[i].reason = "taken";
    }

    [[nodiscard]] static bool is_money(const std::string& key) {
        const CanonicalField* field = find_canonical_field(key);
        return field != nullptr && field->type == "money";
    }

    [[nodiscard]] Status scan_rows() {
        profiler_.begin(out_.plan);
        std::unique_ptr<Worksheet> sheet;
        std::unique_ptr<RecordSource> text;
        if (workbook_) {
            auto opened = open_planned_sheet(*workbook_, out_.plan, token_);
            if (!opened) return tl::unexpected(opened.error());
            sheet = std::move(*opened);
        } else {
            auto opened = open_records(path_, out_.plan, token_, Digest::none);
            if (!opened) return tl::unexpected(opened.error());
            text = std::move(*opened);
        }
        RecordSource& reader = sheet ? *sheet : *text;
        TWINFIRM_TRY(reader.skip_lines(out_.plan.preamble_lines));
        Record record;
        std::vector<std::string> header;
        if (out_.plan.header) {
            auto found = read_header(reader, out_.plan.header_rows);
            if (!found) return unreadable_rest(found.error());
            header = std::move(*found);
        }
        TableFollower follower(reader, header, out_.plan.columns.size(), sheet != nullptr);
        const bool one_table = answers_.contains("further_table");
        const RowClassifier classifier(std::move(header), out_.plan);
        for (std::size_t records = 0;; ++records) {
            if (records % 1024 == 0) {
                TWINFIRM_TRY(token_.check());
                report_progress(progress_, "ingest_scan", reader.progress());
            }
            const auto more = follower.next(record);
            if (!more) return unreadable_rest(more.error());
            if (!*more) break;
            if (follower.further_table() && !one_table) further_tables_.push_back(record.line);
            take(record, further_tables_.empty() ? classifier.classify(record) : RowShape::other_table);
        }
        report_progress(progress_, "ingest_scan", 1);
        if (sheet) {
            for (const SheetRemark& remark : sheet->remarks()) {
                tell(remark.code, remark.severity, {}, remark.count, remark.first.row, remark.first.column);
            }
        }
        ask_for_table();
        tell_shapes();
        return {};
    }

    /// Which of several tables is meant; the first as long as there is no answer.
    void ask_for_table() {
        if (further_tables_.empty()) return;
        std::vector<std::string> choices;
        std::int64_t first = 1;
        for (const std::int64_t line : further_tables_) {
            choices.push_back(line_range_text({first, line - 1}));
            first = line;
        }
        choices.push_back(line_range_text({first, 0}));
        choices.emplace_back("all");
        const std::int64_t line = further_tables_.front();
        out_.plan.last_line = line - 1;
        ask("further_table", {{"line", std::to_string(line)}, {"count", std::to_string(further_tables_.size() + 1)}},
            std::move(choices), line);
    }

    /// A quote that is never closed is the analyst's to judge; everything else ends the reading.
    [[nodiscard]] Status unreadable_rest(const Error& error) {
        if (error.code != "csv_unclosed_quote") return tl::unexpected<Error>(error);
        if (ask("unclosed_quote", error.arguments, {"literal", "stop"}, error.line) == "stop" &&
            answers_.contains("unclosed_quote")) {
            return tl::unexpected<Error>(error);
        }
        tell("csv_unclosed_quote", Severity::warning, error.arguments, 1, error.line);
        tell_shapes();
        return {};
    }

    void take(const Record& record, RowShape shape) {
        if (shape == RowShape::blank) return;
        if (shape != RowShape::row) {
            ++out_.listed_rows;
            auto& [count, line] = shapes_[shape];
            if (++count == 1) line = record.line;
            return;
        }
        ++out_.rows;
        profiler_.add(record);
        if (out_.preview.size() < preview_rows) {
            out_.preview.emplace_back(record.fields.begin(), record.fields.end());
        }
    }

    void tell_shapes() {
        for (const auto& [shape, found] : shapes_) {
            tell("rows_" + std::string(row_shape_name(shape)), Severity::warning, {}, found.first, found.second);
        }
        const bool unread = std::any_of(out_.questions.begin(), out_.questions.end(),
                                        [](const Question& question) { return question.code == "unclosed_quote"; });
        if (out_.rows == 0 && !unread) tell("no_data_rows", Severity::warning, {}, 0, layout_.preamble_lines + 1);
    }

    [[nodiscard]] bool has_field(std::string_view field) const {
        const auto& columns = out_.plan.columns;
        return std::any_of(columns.begin(), columns.end(),
                           [&](const ColumnPlan& column) { return column.field == field; });
    }

    /// A column whose header says nothing, but whose cells do.
    void recognise_content(const ColumnProfile& profile, std::size_t i) {
        constexpr double most = 0.9;
        ColumnPlan& column = out_.plan.columns[i];
        InspectedColumn& seen = out_.columns[i];
        const auto nearly_all = [&](std::int64_t count) {
            return count > 0 && static_cast<double>(count) >= most * static_cast<double>(profile.values());
        };
        const char* field = nearly_all(profile.business_numbers)    ? "brn"
                            : nearly_all(profile.resident_cells)    ? "resident_number"
                            : nearly_all(profile.corporate_numbers) ? "crn"
                            : nearly_all(profile.emails)            ? "email"
                            : nearly_all(profile.phones)            ? "phone"
                                                                    : nullptr;
        if (field != nullptr && column.field.empty()) {
            column.protection = default_protection(field);
            if (!has_field(field)) column.field = field;
            seen.suggested_field = field;
            seen.confidence = accepted_confidence;
            seen.reason = "content";
        }
        const auto place = static_cast<std::int64_t>(i) + 1;
        if (profile.resident_numbers > 0 && column.protection != Protection::drop) {
            tell("resident_numbers_masked", Severity::warning, {{"column", column.name}}, profile.resident_numbers, 0,
                 place);
        }
        if (column.protection == Protection::drop) {
            tell("personal_column_dropped", Severity::info, {{"column", column.name}}, profile.values(), 0, place);
        } else if (column.protection == Protection::pseudonym) {
            tell("personal_column_replaced", Severity::info, {{"column", column.name}}, profile.values(), 0, place);
        }
        for (std::size_t kind = 1; kind < registration_classes; ++kind) {
            if (profile.registrations[kind] == 0) continue;
            const std::string name(registration_class_name(static_cast<RegistrationClass>(kind)));
            tell("registration_" + name, Severity::warning, {{"column", column.name}}, profile.registrations[kind],
                 profile.first_registrations[kind].line, place);
        }
    }

    void decide_columns() {
        const std::vector<ColumnProfile> profiles = profiler_.finish();
        for (std::size_t i = 0; i < out_.plan.columns.size(); ++i) {
            ColumnPlan& column = out_.plan.columns[i];
            const ColumnProfile& profile = profiles[i];
            recognise_content(profile, i);
            if (column.field == "firm_name" && !has_field("brn")) column.protection = Protection::none;
            decide_type(profile, i, answers_, column, out_.problems, out_.questions, out_.offers);
            InspectedColumn& seen = out_.columns[i];
            seen.values = profile.values();
            if (column.type == ValueType::text && profile.numbers + profile.days + profile.years > 0) {
                seen.odd_cells = profile.odd_cells;
            }
            if (profile.empty > 0) seen.missing[""] = profile.empty;
            for (const std::string& code : column.missing) seen.missing[code] = profile.words.at(code);
            if (column.source.empty() && out_.plan.header && profile.cells > 0 && profile.empty == profile.cells) {
                column.keep = false;
                tell("column_empty_dropped", Severity::warning, {{"column", column.name}}, 1, 0,
                     static_cast<std::int64_t>(i) + 1);
            }
        }
    }

    /// Offers to turn columns of years into rows.
    void find_periods() {
        std::vector<std::string> names;
        std::vector<std::string> fields;
        for (std::size_t i = 0; i < out_.plan.columns.size(); ++i) {
            const ColumnPlan& column = out_.plan.columns[i];
            const bool stored = column.keep && column.protection != Protection::drop;
            names.push_back(stored && column.field.empty() ? column.name : std::string());
            fields.push_back(out_.columns[i].reason == "year_in_header" ? out_.columns[i].suggested_field
                                                                        : std::string());
        }
        out_.reshape = detect_reshape(names, fields);
        if (out_.reshape.empty()) return;
        const auto answer = answers_.find("reshape");
        if (answer != answers_.end() && answer->second == "yes") {
            out_.plan.reshape = out_.reshape;
            return;
        }
        const WideVariable& first = out_.reshape.variables.front();
        out_.offers.push_back({"reshape",
                               "reshape",
                               {{"name", first.name},
                                {"first", std::to_string(first.columns.begin()->first)},
                                {"last", std::to_string(first.columns.rbegin()->first)},
                                {"count", std::to_string(out_.reshape.variables.size())}},
                               {"yes", "no"},
                               0,
                               0});
    }

    /// Each answer must belong to a question and be one of its choices.
    [[nodiscard]] Status check_answers() const {
        for (const auto& [id, choice] : answers_) {
            const auto& questions = out_.questions;
            const auto found = std::find_if(questions.begin(), questions.end(),
                                            [&, &key = id](const Question& question) { return question.id == key; });
            if ((id == "reshape" || id.starts_with("convert:")) && (choice == "yes" || choice == "no")) continue;
            // These change the reading so that the question no longer comes up.
            if (found == questions.end() && (id == "unclosed_quote" || id == "encoding" || id == "further_table")) {
                continue;
            }
            if (found == questions.end() ||
                std::find(found->choices.begin(), found->choices.end(), choice) == found->choices.end()) {
                return unknown_answer(id, choice);
            }
        }
        return {};
    }

    const std::filesystem::path& path_;
    const std::map<std::string, std::string>& answers_;
    const CancellationToken& token_;
    const ProgressSink& progress_;
    Inspection out_;
    std::shared_ptr<Workbook> workbook_;  ///< none for delimited text
    std::size_t sheet_ = 0;
    LineRange lines_;
    std::vector<std::int64_t> further_tables_;  ///< lines on which they begin
    TableLayout layout_;
    ColumnProfiler profiler_;
    std::map<RowShape, std::pair<std::int64_t, std::int64_t>> shapes_;
};

}  // namespace

std::vector<Question> Inspection::open_questions() const {
    std::vector<Question> open;
    for (const Question& question : questions) {
        if (!plan.answers.contains(question.id)) open.push_back(question);
    }
    return open;
}

Result<Inspection> inspect_file(const std::filesystem::path& path, const std::map<std::string, std::string>& answers,
                                const CancellationToken& token, const ProgressSink& progress) {
    auto inspection = Inspector(path, answers, token, progress).run();
    if (!inspection && inspection.error().file.empty()) inspection.error().file = path.string();
    return inspection;
}

}  // namespace twinfirm::ingest
