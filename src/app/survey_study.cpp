// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/survey_study.h"

#include <algorithm>
#include <charconv>

#include "source_table.h"
#include "survey_analysis.h"
#include "twinfirm/app/market_table.h"
#include "twinfirm/app/stages_table.h"
#include "twinfirm/app/technology_table.h"
#include "twinfirm/app/version.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/base/sha256.h"

namespace twinfirm::app {

namespace {

/// SHA-256 of a table's cells, whatever the order of its rows and columns.
std::string content_of(const stats::Frame& frame) {
    std::vector<const stats::Column*> columns;
    for (const stats::Column& column : frame.columns()) columns.push_back(&column);
    std::sort(columns.begin(), columns.end(), [](const auto* a, const auto* b) { return a->name() < b->name(); });
    std::vector<std::string> rows;
    for (std::size_t row = 0; row < frame.rows(); ++row) {
        Sha256 hash;
        for (const stats::Column* column : columns) {
            std::string cell;
            if (!column->missing(row)) {
                cell = column->kind() == stats::ColumnKind::number
                           ? shortest_text(column->values()[row])
                           : column->levels()[static_cast<std::size_t>(column->codes()[row])];
            }
            hash.update_integer(cell.size() + (column->missing(row) ? 1U << 30U : 0));
            hash.update(cell);
        }
        rows.push_back(hash.hex_digest());
    }
    std::sort(rows.begin(), rows.end());
    Sha256 all;
    for (const stats::Column* column : columns) {
        all.update_integer(column->name().size());
        all.update(column->name());
    }
    for (const std::string& row : rows) all.update(row);
    return all.hex_digest();
}

std::string base_text(const std::map<std::string, std::vector<std::string>>& base) {
    std::string text;
    for (const auto& [column, values] : base) {
        text += (text.empty() ? "" : ", ") + column + " = ";
        for (std::size_t i = 0; i < values.size(); ++i) text += (i == 0 ? "" : "/") + values[i];
    }
    return text;
}

const char* kind_text(const SurveyQuestion& question) {
    if (!question.columns.empty()) return "share";
    switch (question.kind) {
        case SurveyKind::mean:
            return "mean";
        case SurveyKind::total:
            return "total";
        case SurveyKind::ratio:
            return "ratio";
        case SurveyKind::quantile:
            return "quantile";
        case SurveyKind::proportion:
            break;
    }
    return "share";
}

class StudyRun {
  public:
    StudyRun(const SurveyStudy& study, const StudyPlace& place, const CancellationToken& token,
             const ProgressSink& progress)
        : study_(study), place_(place), token_(token), progress_(progress) {}

    [[nodiscard]] Result<survey::SurveyFindings> run() {
        findings_.title = study_.title;
        findings_.source = study_.source;
        findings_.confidence = study_.confidence;
        findings_.engine_version = version();
        findings_.specification_hash = study_.hash;
        if (study_.status) TWINFIRM_TRY(status(*study_.status));
        if (study_.stages) TWINFIRM_TRY(stages(*study_.stages));
        if (study_.technology) TWINFIRM_TRY(technology(*study_.technology));
        if (study_.market) TWINFIRM_TRY(market(*study_.market));
        if (study_.suppliers) TWINFIRM_TRY(suppliers(*study_.suppliers));
        if (study_.cases) TWINFIRM_TRY(cases(*study_.cases));
        return std::move(findings_);
    }

  private:
    [[nodiscard]] TableSource source(const StudyTable& table) const {
        if (!table.file.empty()) return {place_.folder / table.file, {}, {}};
        return {{}, place_.project, table.table};
    }

    /// Reads a table and notes what it held.
    [[nodiscard]] Result<SourceTable> read(const StudyTable& table) {
        TWINFIRM_TRY(token_.check());
        if (!table.table.empty() && place_.project.empty()) {
            return fail(ErrorKind::usage, "survey_study_project", {{"table", table.table}});
        }
        auto rows = read_source(source(table), token_, progress_, true);
        if (!rows) return rows;
        const std::string& name = table.file.empty() ? table.table : table.file;
        const bool noted = std::any_of(findings_.data.begin(), findings_.data.end(),
                                       [&](const survey::DataFile& file) { return file.name == name; });
        if (!noted) {
            findings_.data.push_back({name, static_cast<std::int64_t>(rows->frame.rows()), content_of(rows->frame)});
        }
        return rows;
    }

    [[nodiscard]] Status status(const StatusSection& section) {
        const auto table = read(section.source);
        if (!table) return tl::unexpected(table.error());
        survey::StatusFinding status;
        SurveyRequest sample = section.sample;
        sample.confidence = study_.confidence;
        sample.interval = survey::ProportionInterval::wilson;
        sample.skew = true;
        for (MarginFile& margin : sample.margins) {
            TWINFIRM_TRY(read({margin.file.string(), {}}).map([](const SourceTable&) {}));
            margin.file = place_.folder / margin.file;
            status.calibrated.push_back(margin.column);
        }
        status.columns = sample.by;
        status.finite_population = !sample.population.empty();
        for (const SurveyQuestion& question : section.questions) {
            TWINFIRM_TRY(ask(question, sample, *table, status));
            order_groups(status.questions.back(), section.order);
        }
        findings_.status = std::move(status);
        return {};
    }

    [[nodiscard]] Status ask(const SurveyQuestion& question, SurveyRequest request, const SourceTable& table,
                             survey::StatusFinding& status) {
        request.kind = question.kind;
        request.denominator = question.denominator;
        request.quantile = question.quantile;
        request.coding = question.coding;
        request.base = question.base;
        if (!question.divided) request.by.clear();
        if (question.columns.empty()) {
            request.items = {question.item};
        } else {
            request.multiple = {{question.key, question.columns}};
        }
        const auto result = estimate_survey(request, table, token_);
        if (!result) return tl::unexpected(result.error());
        survey::QuestionFinding finding;
        finding.key = question.key;
        finding.label = question.label;
        finding.kind = kind_text(question);
        finding.shares = finding.kind == "share";
        finding.multiple = !question.columns.empty();
        finding.unit = finding.shares ? "%" : question.unit;
        finding.interval = finding.shares ? "wilson" : finding.kind == "quantile" ? "woodruff" : "skew";
        finding.base = base_text(question.base);
        for (const SurveyRow& row : result->estimates) {
            const auto& wanted = question.levels;
            if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), row.level) == wanted.end()) continue;
            finding.rows.push_back({row.level, row.by_column, row.by, row.estimate, row.interval, row.margin});
        }
        if (!question.levels.empty()) order_levels(finding, question.levels);
        if (finding.rows.empty()) {
            return fail_at(ErrorKind::usage, "survey_study_level", {{"question", question.key}}, table.place);
        }
        status.rows = static_cast<std::int64_t>(result->rows);
        status.strata = static_cast<std::int64_t>(result->strata);
        status.units = static_cast<std::int64_t>(result->units);
        status.population = result->population;
        status.weight_effect = result->weight_effect;
        for (const Message& message : result->messages) add_message(message, finding, status.messages);
        status.questions.push_back(std::move(finding));
        return {};
    }

    /// Every question says the same of the file and of the sample, and counts estimates of its own, of which those of
    /// answers that nobody asked for are not shown.
    static void add_message(Message message, const survey::QuestionFinding& finding, Messages& messages) {
        const auto shown = [&](survey::Reliability reliability) {
            return std::count_if(finding.rows.begin(), finding.rows.end(), [&](const survey::QuestionRow& row) {
                return row.estimate.reliability() == reliability;
            });
        };
        if (message.code == "survey_caution") message.count = shown(survey::Reliability::caution);
        if (message.code == "survey_unreliable") message.count = shown(survey::Reliability::unreliable);
        const bool counts_estimates = message.code == "survey_caution" || message.code == "survey_unreliable" ||
                                      message.code == "survey_skewed" || message.code == "survey_few_carry";
        const auto known = std::find_if(messages.begin(), messages.end(), [&](const Message& other) {
            return counts_estimates ? other.code == message.code : other == message;
        });
        if (known == messages.end()) {
            if (!counts_estimates || message.count > 0) messages.push_back(std::move(message));
        } else if (counts_estimates) {
            known->count += message.count;
        }
    }

    /// Groups stand in the order of the specification; those that it does not name behind, as they were.
    static void order_groups(survey::QuestionFinding& finding,
                             const std::map<std::string, std::vector<std::string>>& order) {
        const auto place = [&](const survey::QuestionRow& row) {
            const auto found = order.find(row.column);
            if (found == order.end()) return std::ptrdiff_t{0};
            return std::find(found->second.begin(), found->second.end(), row.group) - found->second.begin();
        };
        for (auto begin = finding.rows.begin(); begin != finding.rows.end();) {
            const auto end = std::find_if(begin, finding.rows.end(),
                                          [&](const survey::QuestionRow& row) { return row.column != begin->column; });
            std::stable_sort(begin, end, [&](const auto& a, const auto& b) { return place(a) < place(b); });
            begin = end;
        }
    }

    /// Answers stand in the order of the specification, within each group.
    static void order_levels(survey::QuestionFinding& finding, const std::vector<std::string>& levels) {
        const auto place = [&](const survey::QuestionRow& row) {
            return std::find(levels.begin(), levels.end(), row.level) - levels.begin();
        };
        for (auto begin = finding.rows.begin(); begin != finding.rows.end();) {
            const auto end = std::find_if(begin, finding.rows.end(), [&](const survey::QuestionRow& row) {
                return row.column != begin->column || row.group != begin->group;
            });
            std::stable_sort(begin, end, [&](const auto& a, const auto& b) { return place(a) < place(b); });
            begin = end;
        }
    }

    [[nodiscard]] Status stages(const StagesSection& section) {
        TWINFIRM_TRY(read(section.source).map([](const SourceTable&) {}));
        auto result = analyse_stages({source(section.source), section.year, section.before, section.after,
                                      section.target, section.programme, study_.confidence},
                                     {}, token_, progress_);
        if (!result) return tl::unexpected(result.error());
        findings_.stages =
            survey::StagesFinding{result->events, std::move(result->shares), std::move(result->transitions),
                                  std::move(result->targets), std::move(result->messages)};
        return {};
    }

    [[nodiscard]] Status technology(const TechnologySection& section) {
        TWINFIRM_TRY(read(section.source).map([](const SourceTable&) {}));
        TechnologyRequest request;
        request.source = source(section.source);
        request.focus = section.focus;
        request.from = section.from;
        request.to = section.to;
        auto result = analyse_technology(request, {}, token_, progress_);
        if (!result) return tl::unexpected(result.error());
        findings_.technology = survey::TechnologyFinding{section.focus,
                                                         result->from,
                                                         result->to,
                                                         std::move(result->levels),
                                                         std::move(result->changes),
                                                         std::move(result->gaps),
                                                         std::move(result->messages)};
        return {};
    }

    [[nodiscard]] Status market(const MarketSection& section) {
        MarketRequest request;
        request.question = section.question;
        request.first_year = section.first_year;
        if (!section.sources.file.empty() || !section.sources.table.empty()) {
            TWINFIRM_TRY(read(section.sources).map([](const SourceTable&) {}));
            request.sources = source(section.sources);
        }
        auto result = analyse_market(request, {}, token_, progress_);
        if (!result) return tl::unexpected(result.error());
        findings_.market = survey::MarketFinding{section.unit,
                                                 std::move(result->growth),
                                                 section.first_year,
                                                 std::move(result->figures),
                                                 std::move(result->comparisons),
                                                 std::move(result->messages)};
        return {};
    }

    [[nodiscard]] Status suppliers(const SuppliersSection& section) {
        const auto given = [](const StudyTable& table) { return !table.file.empty() || !table.table.empty(); };
        SupplierRequest request;
        for (const StudyTable* table : {&section.events, &section.registered, &section.effects})
            if (given(*table)) TWINFIRM_TRY(read(*table).map([](const SourceTable&) {}));
        request.events = source(section.events);
        if (given(section.registered)) request.registered = source(section.registered);
        if (given(section.effects)) request.effects = source(section.effects);
        request.supplier = section.supplier;
        request.firm = section.firm;
        request.level = section.level;
        request.registered_supplier = section.registered_supplier;
        request.effect_firm = section.effect_firm;
        request.effect = section.effect;
        request.settings = {section.minimum_firms, study_.confidence};
        auto result = analyse_suppliers(request, {}, token_, progress_);
        if (!result) return tl::unexpected(result.error());
        survey::SupplierSection finding;
        finding.outcome = section.outcome;
        finding.unit = section.unit;
        finding.minimum_firms = section.minimum_firms;
        finding.registered = result->registered;
        finding.idle = result->idle;
        finding.unregistered = result->unregistered;
        finding.findings = std::move(result->findings);
        finding.messages = std::move(result->messages);
        findings_.suppliers = std::move(finding);
        return {};
    }

    [[nodiscard]] Status cases(const CasesSection& section) {
        const auto table = read(section.source);
        if (!table) return tl::unexpected(table.error());
        const auto texts = [&](std::initializer_list<std::string_view> usual) -> Result<std::vector<std::string>> {
            const auto name = table->name_of("", usual);
            if (!name) return tl::unexpected(name.error());
            if (name->empty()) return std::vector<std::string>(table->frame.rows());
            return table->texts(*name);
        };
        const auto firms = texts({"firm", "기업명", "도입기업", "firm_name"});
        const auto suppliers = texts({"supplier", "공급기업"});
        const auto awards = texts({"award", "수상", "상격"});
        const auto summaries = texts({"summary", "내용", "사례"});
        const auto years = texts({"year", "연도"});
        for (const auto* column : {&firms, &suppliers, &awards, &summaries, &years})
            if (!*column) return tl::unexpected(column->error());
        for (std::size_t row = 0; row < firms->size(); ++row) {
            survey::BestPractice item{(*firms)[row], (*suppliers)[row], (*awards)[row], (*summaries)[row], {}};
            const auto year = parse_integer((*years)[row]);
            if (year) item.year = *year;
            findings_.cases.push_back(std::move(item));
        }
        return {};
    }

    /// A whole year such as 2024, also where the column was read as real numbers.
    static std::optional<int> parse_integer(const std::string& text) {
        int value = 0;
        const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
        if (read.ec != std::errc{} || value < 1900 || value > 2200) return std::nullopt;
        return value;
    }

    const SurveyStudy& study_;
    const StudyPlace& place_;
    const CancellationToken& token_;
    const ProgressSink& progress_;
    survey::SurveyFindings findings_;
};

}  // namespace

Result<survey::SurveyFindings> run_survey_study(const SurveyStudy& study, const StudyPlace& place,
                                                const CancellationToken& token, const ProgressSink& progress) {
    return StudyRun(study, place, token, progress).run();
}

}  // namespace twinfirm::app
