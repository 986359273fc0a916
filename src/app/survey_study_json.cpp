// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "twinfirm/app/survey_study.h"
#include "twinfirm/base/atomic_file.h"
#include "twinfirm/base/sha256.h"

namespace twinfirm::app {

namespace {

using Json = nlohmann::json;

/// Leaves the reader with the first thing that is wrong; it stays within this file.
struct Wrong {
    Error error;
};

[[noreturn]] void wrong_key(const std::string& key) {
    throw Wrong{fail(ErrorKind::usage, "survey_study_key", {{"key", key}}).value()};
}

[[noreturn]] void wrong_value(const std::string& key, const Json& value) {
    throw Wrong{fail(ErrorKind::usage, "survey_study_value",
                     {{"key", key}, {"value", value.dump(-1, ' ', false, Json::error_handler_t::replace)}})
                    .value()};
}

/// An object of which every key must be taken.
class Section {
  public:
    Section(const Json& json, std::string place) : json_(json), place_(std::move(place)) {
        if (!json.is_object()) wrong_value(place_, json);
    }

    [[nodiscard]] const Json* find(const std::string& key) {
        taken_.insert(key);
        const auto entry = json_.find(key);
        return entry == json_.end() || entry->is_null() ? nullptr : &*entry;
    }
    [[nodiscard]] std::string path(const std::string& key) const { return place_.empty() ? key : place_ + "." + key; }

    void text(const std::string& key, std::string& to) {
        const Json* value = find(key);
        if (value == nullptr) return;
        if (!value->is_string()) wrong_value(path(key), *value);
        to = value->get<std::string>();
    }
    /// One text in both languages, or {"ko": .., "en": ..}.
    void label(const std::string& key, LocalizedText& to) {
        const Json* value = find(key);
        if (value == nullptr) return;
        if (value->is_string()) {
            to = {value->get<std::string>(), value->get<std::string>()};
            return;
        }
        Section both(*value, path(key));
        both.text("ko", to.ko);
        both.text("en", to.en);
        both.end();
        if (to.ko.empty()) to.ko = to.en;
        if (to.en.empty()) to.en = to.ko;
    }
    void number(const std::string& key, std::optional<double>& to) {
        const Json* value = find(key);
        if (value == nullptr) return;
        if (!value->is_number() || !std::isfinite(value->get<double>())) wrong_value(path(key), *value);
        to = value->get<double>();
    }
    void integer(const std::string& key, std::optional<int>& to) {
        const Json* value = find(key);
        if (value == nullptr) return;
        if (!value->is_number_integer() || value->get<double>() < 0 || value->get<double>() > 1e9) {
            wrong_value(path(key), *value);
        }
        to = value->get<int>();
    }
    void truth(const std::string& key, bool& to) {
        const Json* value = find(key);
        if (value == nullptr) return;
        if (!value->is_boolean()) wrong_value(path(key), *value);
        to = value->get<bool>();
    }
    void texts(const std::string& key, std::vector<std::string>& to) {
        const Json* value = find(key);
        if (value == nullptr) return;
        if (!value->is_array()) wrong_value(path(key), *value);
        for (const Json& item : *value) {
            if (!item.is_string()) wrong_value(path(key), item);
            to.push_back(item.get<std::string>());
        }
    }
    /// A file or a table; what is needed and missing is an error.
    StudyTable table(const std::string& file_key = "file", const std::string& table_key = "table", bool needed = true) {
        StudyTable source;
        text(file_key, source.file);
        text(table_key, source.table);
        const bool none = source.file.empty() && source.table.empty();
        if ((none && needed) || (!source.file.empty() && !source.table.empty())) wrong_key(path(file_key));
        return source;
    }
    void end() const {
        for (const auto& entry : json_.items())
            if (!taken_.contains(entry.key())) wrong_key(path(entry.key()));
    }

  private:
    const Json& json_;
    std::string place_;
    std::set<std::string> taken_;
};

template <class T>
T choice(Section& section, const std::string& key, const std::map<std::string, T>& choices, T otherwise) {
    std::string code;
    section.text(key, code);
    if (code.empty()) return otherwise;
    const auto found = choices.find(code);
    if (found == choices.end()) wrong_value(section.path(key), code);
    return found->second;
}

SurveyQuestion question_of(const Json& json, const std::string& place) {
    Section section(json, place);
    SurveyQuestion question;
    section.text("key", question.key);
    section.label("label", question.label);
    section.text("unit", question.unit);
    section.text("item", question.item);
    section.texts("columns", question.columns);
    section.texts("levels", question.levels);
    section.text("denominator", question.denominator);
    section.truth("divided", question.divided);
    question.kind = choice(section, "kind",
                           {{"share", SurveyKind::proportion},
                            {"mean", SurveyKind::mean},
                            {"total", SurveyKind::total},
                            {"ratio", SurveyKind::ratio},
                            {"quantile", SurveyKind::quantile}},
                           SurveyKind::proportion);
    std::optional<double> quantile;
    section.number("quantile", quantile);
    question.quantile = quantile.value_or(0.5);
    if (!(question.quantile > 0) || !(question.quantile < 1)) wrong_value(section.path("quantile"), question.quantile);
    std::string coding;
    section.text("coding", coding);
    if (!coding.empty()) {
        question.coding = survey::parse_answer_coding(coding);
        if (!question.coding) wrong_value(section.path("coding"), coding);
    }
    if (const Json* base = section.find("base")) {
        Section columns(*base, section.path("base"));
        for (const auto& entry : base->items()) columns.texts(entry.key(), question.base[entry.key()]);
        columns.end();
    }
    section.end();
    if (question.item.empty() == question.columns.empty()) wrong_key(section.path("item"));
    if (question.kind == SurveyKind::ratio && question.denominator.empty()) wrong_key(section.path("denominator"));
    if (question.key.empty()) question.key = question.item.empty() ? question.columns.front() : question.item;
    if (question.label.ko.empty()) question.label = {question.key, question.key};
    return question;
}

StatusSection status_of(const Json& json) {
    Section section(json, "status");
    StatusSection status;
    status.source = section.table();
    SurveyRequest& sample = status.sample;
    section.text("strata", sample.strata);
    section.text("weight", sample.weight);
    section.text("population", sample.population);
    section.text("cluster", sample.cluster);
    section.texts("by", sample.by);
    sample.lonely = choice(section, "lonely",
                           {{"fail", survey::LonelyPsu::fail},
                            {"certainty", survey::LonelyPsu::certainty},
                            {"adjust", survey::LonelyPsu::adjust},
                            {"average", survey::LonelyPsu::average}},
                           survey::LonelyPsu::fail);
    sample.df = choice(section, "df",
                       {{"domain", SurveyDf::domain}, {"design", SurveyDf::design}, {"normal", SurveyDf::normal}},
                       SurveyDf::domain);
    if (const Json* margins = section.find("margins")) {
        if (!margins->is_array()) wrong_value("status.margins", *margins);
        for (const Json& item : *margins) {
            Section margin(item, "status.margins");
            MarginFile file;
            std::string path;
            margin.text("column", file.column);
            margin.text("file", path);
            margin.end();
            if (file.column.empty()) wrong_key("status.margins.column");
            if (path.empty()) wrong_key("status.margins.file");
            file.file = path;
            sample.margins.push_back(std::move(file));
        }
    }
    if (const Json* order = section.find("order")) {
        Section columns(*order, section.path("order"));
        for (const auto& entry : order->items()) columns.texts(entry.key(), status.order[entry.key()]);
        columns.end();
    }
    const Json* questions = section.find("questions");
    if (questions == nullptr || !questions->is_array() || questions->empty()) wrong_key("status.questions");
    std::set<std::string> keys;
    for (std::size_t i = 0; i < questions->size(); ++i) {
        status.questions.push_back(question_of((*questions)[i], "status.questions[" + std::to_string(i) + "]"));
        if (!keys.insert(status.questions.back().key).second) {
            wrong_value("status.questions[" + std::to_string(i) + "].key", status.questions.back().key);
        }
    }
    section.end();
    return status;
}

StagesSection stages_of(const Json& json) {
    Section section(json, "stages");
    StagesSection stages;
    stages.source = section.table();
    section.text("year", stages.year);
    section.text("before", stages.before);
    section.text("after", stages.after);
    section.text("target", stages.target);
    section.text("programme", stages.programme);
    section.end();
    return stages;
}

TechnologySection technology_of(const Json& json) {
    Section section(json, "technology");
    TechnologySection technology;
    technology.source = section.table();
    section.text("focus", technology.focus);
    section.integer("from", technology.from);
    section.integer("to", technology.to);
    section.end();
    return technology;
}

MarketSection market_of(const Json& json) {
    Section section(json, "market");
    MarketSection market;
    section.text("unit", market.unit);
    section.integer("first_year", market.first_year);
    survey::GrowthQuestion question;
    section.number("first", question.first);
    section.number("last", question.last);
    section.number("intervals", question.intervals);
    section.number("rate", question.rate);
    if (question.rate) question.rate = *question.rate / 100;
    if (question.first || question.last || question.intervals || question.rate) market.question = question;
    market.sources = section.table("sources", "sources_table", !market.question);
    section.end();
    return market;
}

SuppliersSection suppliers_of(const Json& json) {
    Section section(json, "suppliers");
    SuppliersSection suppliers;
    suppliers.events = section.table();
    suppliers.registered = section.table("register", "register_table", false);
    suppliers.effects = section.table("effects", "effects_table", false);
    section.text("supplier", suppliers.supplier);
    section.text("firm", suppliers.firm);
    section.text("level", suppliers.level);
    section.text("effect_firm", suppliers.effect_firm);
    section.text("effect", suppliers.effect);
    section.text("register_supplier", suppliers.registered_supplier);
    section.label("outcome", suppliers.outcome);
    section.text("unit", suppliers.unit);
    std::optional<int> minimum;
    section.integer("minimum_firms", minimum);
    if (minimum && *minimum < 1) wrong_value("suppliers.minimum_firms", *minimum);
    suppliers.minimum_firms = minimum.value_or(3);
    section.end();
    return suppliers;
}

SurveyStudy study_of(const Json& json) {
    Section section(json, "");
    SurveyStudy study;
    std::optional<int> kind;
    section.integer("twinfirm_survey", kind);
    if (!kind) wrong_key("twinfirm_survey");
    if (*kind != 1) wrong_value("twinfirm_survey", *kind);
    section.label("title", study.title);
    section.label("source", study.source);
    std::optional<double> confidence;
    section.number("confidence", confidence);
    study.confidence = confidence.value_or(0.95);
    if (!(study.confidence >= 0.5) || !(study.confidence < 1)) wrong_value("confidence", study.confidence);
    if (const Json* status = section.find("status")) study.status = status_of(*status);
    if (const Json* stages = section.find("stages")) study.stages = stages_of(*stages);
    if (const Json* technology = section.find("technology")) study.technology = technology_of(*technology);
    if (const Json* market = section.find("market")) study.market = market_of(*market);
    if (const Json* suppliers = section.find("suppliers")) study.suppliers = suppliers_of(*suppliers);
    if (const Json* cases = section.find("cases")) {
        Section list(*cases, "cases");
        study.cases = CasesSection{list.table()};
        list.end();
    }
    section.end();
    if (!study.status && !study.stages && !study.technology && !study.market && !study.suppliers && !study.cases) {
        throw Wrong{fail(ErrorKind::usage, "survey_study_empty").value()};
    }
    study.json = json.dump(-1, ' ', false, Json::error_handler_t::replace);
    study.hash = sha256_hex(study.json);
    return study;
}

}  // namespace

Result<SurveyStudy> read_survey_study(std::string_view text) {
    try {
        return study_of(Json::parse(text));
    } catch (const Json::parse_error& error) {
        return fail(ErrorKind::usage, "survey_study_json", {{"place", std::to_string(error.byte)}});
    } catch (const Wrong& wrong) {
        return tl::unexpected(wrong.error);
    }
}

Result<SurveyStudy> load_survey_study(const std::filesystem::path& path) {
    const auto text = read_whole_file(path);
    if (!text) return tl::unexpected(text.error());
    auto study = read_survey_study(*text);
    if (!study) {
        Error error = study.error();
        error.file = path.string();
        return tl::unexpected(error);
    }
    return study;
}

}  // namespace twinfirm::app
