// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/stages_table.h"

#include <cmath>

#include "source_table.h"
#include "twinfirm/base/atomic_file.h"
#include "twinfirm/base/csv_writer.h"
#include "twinfirm/ingest/canonical_field.h"

namespace twinfirm::app {

namespace {

constexpr int highest_level = 9;

class EventReader {
  public:
    EventReader(const SourceTable& table, const StagesRequest& request, Messages& messages)
        : table_(table), request_(request), messages_(messages) {}

    [[nodiscard]] Result<std::vector<survey::StageEvent>> run() {
        const auto year_name = table_.name_of(request_.year, {"adopt_year", "year", "도입연도", "연도"});
        if (!year_name) return tl::unexpected(year_name.error());
        if (year_name->empty()) return missing_column("adopt_year");
        const auto after_name = table_.name_of(request_.after, {"level", "구축수준", "도입수준", "수준"});
        if (!after_name) return tl::unexpected(after_name.error());
        if (after_name->empty()) return missing_column("level");
        const auto years = table_.numbers(*year_name);
        if (!years) return tl::unexpected(years.error());
        auto after = levels(*after_name);
        if (!after) return tl::unexpected(after.error());
        auto before = optional_levels(request_.before, {"level_before", "도입전 수준"});
        if (!before) return tl::unexpected(before.error());
        auto target = optional_levels(request_.target, {"level_target", "목표수준"});
        if (!target) return tl::unexpected(target.error());
        const auto programme_name = table_.name_of(request_.programme, {"program", "programme", "사업유형"});
        if (!programme_name) return tl::unexpected(programme_name.error());
        std::vector<std::string> programmes(years->size());
        if (!programme_name->empty()) {
            auto texts = table_.texts(*programme_name);
            if (!texts) return tl::unexpected(texts.error());
            programmes = std::move(*texts);
        }
        std::vector<survey::StageEvent> events;
        std::int64_t without_year = 0;
        for (std::size_t row = 0; row < years->size(); ++row) {
            const double year = (*years)[row];
            if (!(year >= 1900) || !(year <= 2200)) {
                ++without_year;
                continue;
            }
            events.push_back({static_cast<int>(year), programmes[row], (*before)[row], (*after)[row], (*target)[row]});
        }
        if (without_year > 0) messages_.push_back({"stages_rows_without_year", Severity::info, {}, without_year});
        return events;
    }

  private:
    [[nodiscard]] tl::unexpected<Error> missing_column(const char* name) const {
        return fail_at(ErrorKind::usage, "survey_column_unknown", {{"column", name}}, table_.place);
    }

    [[nodiscard]] Result<std::vector<int>> optional_levels(const std::string& wanted,
                                                           std::initializer_list<std::string_view> usual) {
        const auto name = table_.name_of(wanted, usual);
        if (!name) return tl::unexpected(name.error());
        if (name->empty()) return std::vector<int>(table_.frame.rows(), 0);
        return levels(*name);
    }

    [[nodiscard]] Result<std::vector<int>> levels(const std::string& name) {
        const auto texts = table_.texts(name);
        if (!texts) return tl::unexpected(texts.error());
        const stats::Column* column = table_.find(name);
        std::vector<int> levels;
        std::int64_t unread = 0;
        std::string example;
        for (std::size_t row = 0; row < texts->size(); ++row) {
            int level = 0;
            bool read = (*texts)[row].empty();
            if (column->kind() == stats::ColumnKind::number) {
                const double value = column->values()[row];
                read = std::isnan(value) || (value >= 0 && value <= highest_level && value == std::floor(value));
                if (read && !std::isnan(value)) level = static_cast<int>(value);
            } else if (const auto word = ingest::level_of_word((*texts)[row])) {
                level = *word;
                read = true;
            }
            if (!read && ++unread == 1) example = (*texts)[row];
            levels.push_back(level);
        }
        if (unread > 0) {
            messages_.push_back({"levels_not_read",
                                 Severity::warning,
                                 {{"table", table_.place}, {"field", name}, {"value", example}},
                                 unread});
        }
        return levels;
    }

    const SourceTable& table_;
    const StagesRequest& request_;
    Messages& messages_;
};

std::string shares_csv(const StagesResult& result) {
    CsvWriter csv;
    csv.header({"year", "programme", "level", "count", "base", "share", "ci_low", "ci_high", "unknown"});
    for (const survey::StageShare& share : result.shares) {
        share.year ? csv.integer(*share.year) : csv.missing();
        share.programme ? csv.text(*share.programme) : csv.missing();
        csv.integer(share.level).integer(share.count).integer(share.base).number(share.share);
        csv.number(share.interval.low).number(share.interval.high).integer(share.unknown);
        csv.end_row();
    }
    return csv.bytes();
}

std::string transitions_csv(const StagesResult& result) {
    CsvWriter csv;
    csv.header({"step", "from", "to", "count", "from_total", "share", "ci_low", "ci_high"});
    const auto rows = [&](const char* step, const std::vector<survey::StageTransition>& transitions) {
        for (const survey::StageTransition& cell : transitions) {
            csv.text(step).integer(cell.from).integer(cell.to).integer(cell.count).integer(cell.from_total);
            csv.number(cell.share).number(cell.interval.low).number(cell.interval.high);
            csv.end_row();
        }
    };
    rows("before_to_after", result.transitions);
    rows("after_to_target", result.targets);
    return csv.bytes();
}

}  // namespace

Result<StagesResult> analyse_stages(const StagesRequest& request, const std::filesystem::path& folder,
                                    const CancellationToken& token, const ProgressSink& progress) {
    const auto table = read_source(request.source, token, progress);
    if (!table) return tl::unexpected(table.error());
    StagesResult result;
    result.messages = table->messages;
    const auto events = EventReader(*table, request, result.messages).run();
    if (!events) return tl::unexpected(events.error());
    result.events = static_cast<std::int64_t>(events->size());
    result.shares = survey::stage_shares(*events, request.confidence);
    std::int64_t unknown = 0;
    result.transitions =
        survey::stage_transitions(*events, survey::StageStep::before_to_after, unknown, request.confidence);
    if (unknown > 0) result.messages.push_back({"stages_unknown", Severity::info, {}, unknown});
    result.targets =
        survey::stage_transitions(*events, survey::StageStep::after_to_target, unknown, request.confidence);
    if (folder.empty()) return result;
    TWINFIRM_TRY(create_folders(folder));
    TWINFIRM_TRY(write_file_atomically(folder / "stage_shares.csv", shares_csv(result)));
    TWINFIRM_TRY(write_file_atomically(folder / "transitions.csv", transitions_csv(result)));
    return result;
}

}  // namespace twinfirm::app
