// SPDX-License-Identifier: GPL-3.0-or-later
// Every number of every table of a report is one of the result, and stands in every format as the table shows it.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "evaluation/synthetic_study.h"
#include "report/package_contents.h"
#include "twinfirm/evaluation/evaluate.h"
#include "twinfirm/evaluation/evaluation_json.h"
#include "twinfirm/report/build_report.h"
#include "twinfirm/report/html_writer.h"
#include "twinfirm/report/hwpx_writer.h"
#include "twinfirm/report/table_csv.h"
#include "twinfirm/report/xlsx_writer.h"

namespace twinfirm::app {
namespace {

using report::Cell;
using report::CellKind;
using report::Document;
using report::Table;

const evaluation::Evaluation& study() {
    static const evaluation::Evaluation result =
        evaluate(evaluation::synthetic_specification(), evaluation::synthetic_study(1500, 0.2, 5)).value();
    return result;
}

std::vector<Document> documents() {
    std::vector<Document> list;
    for (const Language language : {Language::korean, Language::english}) {
        for (const auto kind : {report::ReportKind::evaluation, report::ReportKind::press_release}) {
            report::ReportOptions options;
            options.kind = kind;
            list.push_back(report::build_report(study(), language, options));
        }
    }
    return list;
}

std::vector<Table> tables_of(const Document& document) {
    std::vector<Table> list;
    for (const report::Section& section : document.sections) {
        for (const report::Block& block : section.blocks) {
            if (const auto* table = std::get_if<Table>(&block)) list.push_back(*table);
            if (const auto* row = std::get_if<report::SideBySide>(&block)) {
                list.insert(list.end(), row->tables.begin(), row->tables.end());
            }
        }
    }
    return list;
}

/// The sizes of all numbers of result.json, as they are and in the units that reports show.
class ResultNumbers {
  public:
    ResultNumbers() {
        collect(nlohmann::json::parse(evaluation::evaluation_to_json(study())));
        std::sort(sizes_.begin(), sizes_.end());
    }
    [[nodiscard]] bool hold(double value) const {
        const double size = std::abs(value);
        const auto from = std::lower_bound(sizes_.begin(), sizes_.end(), size * (1 - 1e-12));
        return size == 0 || (from != sizes_.end() && *from <= size * (1 + 1e-12));
    }

  private:
    void collect(const nlohmann::json& json) {
        if (json.is_structured()) {
            for (const auto& item : json) collect(item);
        } else if (json.is_number()) {
            const double size = std::abs(json.get<double>());
            for (const double unit : {1.0, 100.0, 1e-8}) sizes_.push_back(size * unit);
            // Effects on logarithms are shown in percent.
            if (size < 5) sizes_.push_back(std::abs(100 * std::expm1(json.get<double>())));
        }
    }
    std::vector<double> sizes_;
};

/// Tables with numbers that are counted from those of the result: firms lost as the difference of two steps, sums over
/// reasons, rows above a limit.
const std::set<std::string> counted{"flow", "reasons"};

TEST(EveryNumber, OfATableIsOneOfTheResult) {
    const ResultNumbers numbers;
    std::size_t walked = 0;
    for (const Document& document : documents()) {
        for (const Table& table : tables_of(document)) {
            if (counted.count(table.name) > 0) continue;
            for (const auto& row : table.rows) {
                for (const Cell& cell : row) {
                    for (const double value : cell.values) {
                        EXPECT_TRUE(!std::isfinite(value) || numbers.hold(value))
                            << table.name << ": " << value << " in " << cell.text;
                        ++walked;
                    }
                }
            }
        }
    }
    EXPECT_GT(walked, 1000u);
}

/// The text of an XML or HTML file without its marks, and without the spaces that writers may break lines at.
std::string bare(const std::string& markup) {
    static const std::map<std::string, std::string> entities{{"&lt;", "<"},    {"&gt;", ">"},  {"&amp;", "&"},
                                                             {"&quot;", "\""}, {"&#39;", "'"}, {"&apos;", "'"}};
    std::string text;
    for (std::size_t i = 0; i < markup.size(); ++i) {
        if (markup[i] == '<') {
            i = std::min(markup.find('>', i), markup.size() - 1);
            continue;
        }
        if (markup[i] == '&') {
            const std::string entity = markup.substr(i, markup.find(';', i) + 1 - i);
            if (const auto known = entities.find(entity); known != entities.end()) {
                text += known->second;
                i += entity.size() - 1;
                continue;
            }
        }
        if (static_cast<unsigned char>(markup[i]) > ' ') text += markup[i];
    }
    return text;
}

std::string without_spaces(const std::string& text) {
    std::string bare_text;
    for (const char c : text) {
        if (static_cast<unsigned char>(c) > ' ') bare_text += c;
    }
    return bare_text;
}

/// Each shown cell in the order of the tables, in the text from there on.
void expect_all_cells(const Document& document, const std::string& text, const std::string& what) {
    std::size_t at = 0;
    std::size_t walked = 0;
    for (const Table& table : tables_of(document)) {
        const std::size_t begins = text.find(without_spaces(report::full_caption(table, document.language)), at);
        ASSERT_NE(begins, std::string::npos) << what << " " << table.name;
        at = begins;
        for (const auto& row : table.rows) {
            for (const Cell& cell : row) {
                if (cell.covered || cell.text.empty()) continue;
                const std::size_t found = text.find(without_spaces(cell.text), at);
                ASSERT_NE(found, std::string::npos) << what << " " << table.name << ": " << cell.text;
                at = found + 1;
                ++walked;
            }
        }
    }
    EXPECT_GT(walked, 100u) << what;
}

TEST(EveryNumber, StandsInHtmlAndHwpxAsTheTableShowsIt) {
    for (const Document& document : documents()) {
        expect_all_cells(document, bare(report::document_to_html(document)), "html");
        const auto package = report::testing::unpacked(report::document_to_hwpx(document).value());
        expect_all_cells(document, bare(package.at("Contents/section0.xml")), "hwpx");
    }
}

TEST(EveryNumber, GoesToCsvUnrounded) {
    const ResultNumbers numbers;
    for (const Table& table : tables_of(documents().front())) {
        if (counted.count(table.name) > 0) continue;
        const std::string csv = report::table_to_csv(table);
        std::size_t line_begin = csv.find('\n') + 1;
        while (line_begin < csv.size()) {
            const std::size_t line_end = std::min(csv.find('\n', line_begin), csv.size());
            std::size_t field_begin = line_begin;
            while (field_begin < line_end) {
                const std::size_t field_end = std::min(csv.find(',', field_begin), line_end);
                const std::string field = csv.substr(field_begin, field_end - field_begin);
                if (field.find_first_not_of("0123456789.e-+") == std::string::npos &&
                    field.find('.') != std::string::npos) {
                    EXPECT_TRUE(numbers.hold(std::stod(field))) << table.name << ": " << field;
                }
                field_begin = field_end + 1;
            }
            line_begin = line_end + 1;
        }
    }
}

}  // namespace
}  // namespace twinfirm::app
