// SPDX-License-Identifier: GPL-3.0-or-later
#include "report_json.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

namespace twinfirm::design {

namespace {

Json localized(const LocalizedText& value) {
    return Json{{"ko", value.ko}, {"en", value.en}};
}

Json rewritten(const RewrittenText& value) {
    return Json{{"text", value.text}, {"replaces", value.replaces}};
}

/// YYYY-MM-DD of the Gregorian calendar.
bool is_date(const std::string& text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    const auto number = [&](std::size_t first, std::size_t length) {
        int value = 0;
        for (std::size_t i = first; i < first + length; ++i) {
            if (text[i] < '0' || text[i] > '9') return -1;
            value = 10 * value + (text[i] - '0');
        }
        return value;
    };
    const int year = number(0, 4);
    const int month = number(5, 2);
    const int day = number(8, 2);
    if (year < 1 || month < 1 || month > 12 || day < 1) return false;
    constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return day <= days[month - 1] + (month == 2 && leap ? 1 : 0);
}

void read_rewritten(JsonReader& reader, RewrittenText& value) {
    reader.read("text", value.text);
    reader.read("replaces", value.replaces);
}

Json chart_edit(const ChartEdit& edit) {
    Json ranges = Json::array();
    for (const AxisRange& range : edit.ranges) {
        ranges.push_back({{"panel", range.panel}, {"low", number_json(range.low)}, {"high", number_json(range.high)}});
    }
    Json rows = Json::array();
    for (const RowLabel& row : edit.rows) rows.push_back({{"row", row.row}, {"label", localized(row.label)}});
    Json series = Json::array();
    for (const SeriesLabel& one : edit.series) {
        series.push_back({{"series", one.series}, {"label", localized(one.label)}});
    }
    return Json{{"chart", edit.chart},
                {"title", localized(edit.title)},
                {"decimals", edit.decimals ? Json(*edit.decimals) : Json(nullptr)},
                {"palette", edit.palette},
                {"ranges", ranges},
                {"order", edit.order},
                {"rows", rows},
                {"series", series}};
}

void read_chart_edit(JsonReader& reader, ChartEdit& edit) {
    reader.require("chart");
    reader.read("chart", edit.chart);
    reader.read("title", edit.title);
    std::optional<double> decimals;
    reader.read("decimals", decimals);
    if (decimals) edit.decimals = static_cast<int>(std::clamp(std::floor(*decimals), -1.0, 99.0));
    reader.read("palette", edit.palette);
    reader.list("ranges", edit.ranges, [](JsonReader& item, AxisRange& range) {
        item.require("low");
        item.require("high");
        item.read("panel", range.panel);
        item.read("low", range.low);
        item.read("high", range.high);
    });
    std::vector<double> order;
    reader.read("order", order);
    for (const double row : order) edit.order.push_back(static_cast<int>(std::clamp(std::floor(row), -1.0, 1e6)));
    reader.list("rows", edit.rows, [](JsonReader& item, RowLabel& row) {
        item.require("row");
        item.read("row", row.row);
        item.read("label", row.label);
    });
    reader.list("series", edit.series, [](JsonReader& item, SeriesLabel& series) {
        item.require("series");
        item.read("series", series.series);
        item.read("label", series.label);
    });
}

}  // namespace

Json report_json(const ReportSettings& settings) {
    Json sentences = Json::array();
    for (const RewrittenSentence& sentence : settings.sentences) {
        sentences.push_back({{"key", sentence.key}, {"ko", rewritten(sentence.ko)}, {"en", rewritten(sentence.en)}});
    }
    Json charts = Json::array();
    for (const ChartEdit& edit : settings.charts) charts.push_back(chart_edit(edit));
    return Json{{"title", localized(settings.title)},
                {"organisation", localized(settings.organisation)},
                {"author", localized(settings.author)},
                {"date", settings.date},
                {"only", settings.only},
                {"leave_out", settings.leave_out},
                {"sentences", sentences},
                {"charts", charts}};
}

void read_report(JsonReader& reader, ReportSettings& settings) {
    reader.read("title", settings.title);
    reader.read("organisation", settings.organisation);
    reader.read("author", settings.author);
    reader.read("date", settings.date);
    reader.read("only", settings.only);
    reader.read("leave_out", settings.leave_out);
    reader.list("sentences", settings.sentences, [](JsonReader& item, RewrittenSentence& sentence) {
        item.require("key");
        item.read("key", sentence.key);
        item.object("ko", [&](JsonReader& text) { read_rewritten(text, sentence.ko); });
        item.object("en", [&](JsonReader& text) { read_rewritten(text, sentence.en); });
    });
    reader.list("charts", settings.charts, read_chart_edit);
}

namespace {

Status check(const ReportSettings& settings) {
    if (!settings.date.empty() && !is_date(settings.date)) {
        return fail(ErrorKind::usage, "specification_report_date", {{"key", "/report/date"}, {"date", settings.date}});
    }
    std::set<std::string> keys;
    for (const RewrittenSentence& sentence : settings.sentences) {
        if (keys.insert(sentence.key).second) continue;
        return fail(ErrorKind::usage, "specification_report_sentence_twice", {{"key", sentence.key}});
    }
    keys.clear();
    for (const ChartEdit& edit : settings.charts) {
        if (keys.insert(edit.chart).second) continue;
        return fail(ErrorKind::usage, "specification_report_chart_twice", {{"chart", edit.chart}});
    }
    return {};
}

}  // namespace

Result<ReportSettings> report_settings_of_study(std::string_view json) {
    const Result<Json> document = parse_json_document(json);
    if (!document) return tl::unexpected<Error>(document.error());
    ReportSettings settings;
    if (!document->is_object() || !document->contains("report")) return settings;
    std::optional<Error> error;
    const Json member{{"report", (*document)["report"]}};
    JsonReader reader(member, "", error);
    reader.object("report", [&](JsonReader& inner) { read_report(inner, settings); });
    if (error) return tl::unexpected<Error>(std::move(*error));
    TWINFIRM_TRY(check(settings));
    return settings;
}

std::string report_settings_to_json(const ReportSettings& settings) {
    return report_json(settings).dump(2) + "\n";
}

}  // namespace twinfirm::design
