// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/design/specification.h"

#include <gtest/gtest.h>

#include <set>

#include "twinfirm/base/message_catalogue.h"
#include "twinfirm/design/industry_division.h"

namespace twinfirm::design {
namespace {

Specification recommended() {
    return preset("recommended").value();
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}

Error error_of(std::string_view json) {
    const Result<Specification> result = specification_from_json(json);
    EXPECT_FALSE(result.has_value()) << json;
    return result ? Error{} : result.error();
}

void expect_error(std::string_view json, const std::string& code, const std::string& key) {
    const Error error = error_of(json);
    EXPECT_EQ(error.kind, ErrorKind::usage);
    EXPECT_EQ(error.code, code) << json;
    EXPECT_EQ(error.arguments.count("key") != 0 ? error.arguments.at("key") : "", key) << json;
    for (const Language language : {Language::korean, Language::english}) {
        const MessageCatalogue catalogue(language);
        EXPECT_EQ(catalogue.text(error).find('{'), std::string::npos) << catalogue.text(error);
        EXPECT_EQ(catalogue.hint(error).find('{'), std::string::npos) << catalogue.hint(error);
        EXPECT_NE(catalogue.text(error), code);
    }
}

TEST(SpecificationJson, PresetsComeBackAsTheyWere) {
    for (const char* name : {"basic", "recommended", "full"}) {
        const Specification specification = preset(name).value();
        const std::string json = specification_to_json(specification);
        const Result<Specification> again = specification_from_json(json);
        ASSERT_TRUE(again) << again.error().code << " " << again.error().arguments.begin()->second;
        EXPECT_EQ(*again, specification);
        EXPECT_EQ(specification_to_json(*again), json);
    }
}

TEST(SpecificationJson, EveryFieldComesBack) {
    Specification s;
    s.title = {"제목 \"인용\"", "Title \\ / \n"};
    s.roles = {"f", "p", "s", "id", "y", "g", "lv", "x", "brn", "crn", "a", "name"};
    s.covariates = {"log(sales)", "I(age^2)", "`총 자산`"};
    s.matching = {Estimand::atc,
                  ScoreKind::logit,
                  3,
                  true,
                  0.1,
                  CaliperUnit::raw,
                  CaliperSd::all,
                  MatchOrder::random,
                  Discard::both,
                  {"sido"},
                  18446744073709551615ULL,
                  MatchMethod::optimal,
                  "risk",
                  Separation::firth,
                  MissingCovariates::indicator,
                  "w",
                  true,
                  4,
                  1,
                  5,
                  {{"age", 0.5, CaliperUnit::sd}, {"sales", 1e9, CaliperUnit::raw}},
                  {"group"},
                  {"assets", "sales"},
                  MetricCovariance::total,
                  true,
                  5,
                  2,
                  {{"age", Coarsening::Rule::cutpoints, 0, {1.5, 20}}, {"sales", Coarsening::Rule::quantiles, 4, {}}},
                  {{"size", {"small", "micro"}}},
                  true,
                  Kernel::gaussian,
                  0.25,
                  Weighting::entropy};
    s.effects = {OutcomeAdjustment::ipwra, StandardError::m_estimation, 499};
    s.sensitivity = {true, {"o"}, {1, 1.25}, {"log(sales)"}, {0.5, 2}};
    s.outcomes = {{"o", {"가", "a"}, "v", "d", "%", 0.001, Direction::lower_is_better, ChangeMetric::points}};
    s.process_kpis = {{"k", {"나", "b"}, "before", "after", "PPM", Direction::lower_is_better}};
    s.breakdowns = {{"b", {"다", "c"}, "v", {-1.5, 0.25, 1e300}, {{"1", "1"}, {"2", "2"}, {"3", "3"}}, {}, 0},
                    {"c", {"라", "d"}, "w", {}, {{"x", "x"}}, {"값"}, 4}};
    s.leads = 5;
    s.lags = 0;
    s.confidence_level = 0.9;
    s.minimum_cell = 10;
    s.disclosure = {false, "요청", {{2, 90.5}}, 12.5, 20};
    s.seed = 9007199254740993ULL;
    const Result<Specification> again = specification_from_json(specification_to_json(s));
    ASSERT_TRUE(again) << again.error().code;
    EXPECT_EQ(*again, s);
}

TEST(SpecificationJson, AbsentKeysKeepTheValuesOfTheNamedPreset) {
    const Result<Specification> result =
        specification_from_json(R"({"preset": "recommended", "matching": {"caliper": null, "ratio": 2}})");
    ASSERT_TRUE(result);
    Specification expected = recommended();
    expected.matching.caliper.reset();
    expected.matching.ratio = 2;
    EXPECT_EQ(*result, expected);
}

TEST(SpecificationJson, OneTextServesBothLanguages) {
    const Result<Specification> result = specification_from_json(R"({"title": "분석"})");
    ASSERT_TRUE(result);
    EXPECT_EQ(result->title, (LocalizedText{"분석", "분석"}));
}

TEST(SpecificationJson, NamesTheFaultyKey) {
    const std::string json = specification_to_json(recommended());
    expect_error(R"({"calliper": 1})", "specification_key_unknown", "/calliper");
    expect_error(replaced(json, "\"caliper_sd\"", "\"caliper sd/~\""), "specification_key_unknown",
                 "/matching/caliper sd~1~0");
    expect_error(replaced(json, "\"better\": \"lower\"", "\"better\": \"down\""), "specification_value",
                 "/outcomes/3/better");
    expect_error(R"({"matching": {"ratio": 1.5}})", "specification_not_whole_number", "/matching/ratio");
    expect_error(R"({"matching": {"ratio": 4294967297}})", "specification_not_whole_number", "/matching/ratio");
    expect_error(R"({"minimum_cell": 18446744073709551615})", "specification_not_whole_number", "/minimum_cell");
    expect_error(R"({"seed": -1})", "specification_not_whole_number", "/seed");
    expect_error(R"({"matching": {"replace": "yes"}})", "specification_not_boolean", "/matching/replace");
    expect_error(R"({"matching": {"caliper": "0.2"}})", "specification_not_number", "/matching/caliper");
    expect_error(R"({"matching": []})", "specification_not_object", "/matching");
    expect_error(R"([])", "specification_not_object", "/");
    expect_error(R"({"covariates": "emp"})", "specification_not_list", "/covariates");
    expect_error(R"({"covariates": ["a", 1]})", "specification_not_text", "/covariates/1");
    expect_error(R"({"title": {"ko": "가"}})", "specification_key_missing", "/title/en");
    expect_error(R"({"outcomes": [{"key": "a", "label": "b"}]})", "specification_key_missing", "/outcomes/0/variable");
    expect_error(R"({"preset": "best"})", "preset_unknown", "/preset");
    expect_error(R"({"leads": 1, "leads": 2})", "specification_key_duplicate", "leads");
}

TEST(SpecificationJson, SaysWhereTheTextIsNoJson) {
    const Error error = error_of("{\n  \"leads\": 3,\n}\n");
    EXPECT_EQ(error.code, "specification_not_json");
    EXPECT_EQ(error.line, 3);
    EXPECT_EQ(error.column, 1);
    EXPECT_EQ(error_of("").code, "specification_not_json");
    EXPECT_EQ(error_of("{\"title\": \"\xff\"}").code, "specification_not_json");
}

TEST(StudyJson, ComesBackAndNamesKeysBelowTheSpecification) {
    const Study study{{{"firms.csv", "firms", ""}, {"자료/panel.csv", "panel", "plan.json"}}, recommended()};
    const Result<Study> again = study_from_json(study_to_json(study));
    ASSERT_TRUE(again) << again.error().code;
    EXPECT_EQ(again->files, study.files);
    EXPECT_EQ(again->specification, study.specification);

    const Result<Study> faulty = study_from_json(R"({"specification": {"matching": {"rato": 1}}})");
    ASSERT_FALSE(faulty);
    EXPECT_EQ(faulty.error().arguments.at("key"), "/specification/matching/rato");
    EXPECT_EQ(study_from_json("{}").error().code, "specification_key_missing");
    EXPECT_EQ(study_from_json(R"({"files": [{"path": "a"}], "specification": {}})").error().arguments.at("key"),
              "/files/0/table");
}

TEST(SpecificationHash, DependsOnEveryKeyAndOnNothingElse) {
    Specification specification = recommended();
    const std::string hash = specification_hash(specification);
    EXPECT_EQ(hash.size(), 64U);
    EXPECT_EQ(hash, specification_hash(recommended()));
    specification.lags = 2;
    EXPECT_NE(hash, specification_hash(specification));
}

TEST(Preset, BasicIsPlainNearestNeighbour) {
    const MatchingSettings matching = preset("basic").value().matching;
    EXPECT_EQ(matching.score, ScoreKind::logit);
    EXPECT_EQ(matching.ratio, 1);
    EXPECT_EQ(matching.order, MatchOrder::largest);
    EXPECT_FALSE(matching.replace);
    EXPECT_FALSE(matching.caliper.has_value());
    EXPECT_TRUE(matching.exact.empty());
}

TEST(Preset, CohortsThatACovariateSeparatesAreFittedByFirth) {
    for (const char* name : {"basic", "recommended", "full"}) {
        EXPECT_EQ(preset(name).value().matching.separation, Separation::firth) << name;
    }
}

TEST(Preset, FullIsValidAndAsksEverything) {
    const Specification full = preset("full").value();
    const Validation validation = validate(full);
    EXPECT_TRUE(validation.errors.empty());
    EXPECT_EQ(full.matching, recommended().matching);
    EXPECT_GE(full.outcomes.size(), 9U);
    EXPECT_GE(full.breakdowns.size(), 10U);
    EXPECT_TRUE(full.staggered.enabled && full.over_time.tests && full.over_time.alternatives &&
                full.over_time.attrition);
    EXPECT_GT(full.over_time.placebo_years, 0);
}

TEST(Preset, RecommendedHasCaliperAndExactStrata) {
    const MatchingSettings matching = recommended().matching;
    EXPECT_EQ(matching.score, ScoreKind::linear_logit);
    EXPECT_EQ(matching.caliper, 0.2);
    EXPECT_EQ(matching.caliper_unit, CaliperUnit::sd);
    EXPECT_EQ(matching.caliper_sd, CaliperSd::pooled);
    EXPECT_EQ(matching.exact, (std::vector<std::string>{"industry", "size"}));
}

TEST(Preset, UnknownNameIsNamed) {
    const Result<Specification> result = preset("best");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, "preset_unknown");
    EXPECT_EQ(result.error().arguments.at("value"), "best");
}

TEST(IndustryDivision, ManufacturingHasTwentyFive) {
    const std::vector<IndustryDivision> divisions = manufacturing_divisions();
    ASSERT_EQ(divisions.size(), 25U);
    EXPECT_EQ(divisions.front().code, "10");
    EXPECT_EQ(divisions.front().name.ko, "식료품 제조업");
    EXPECT_EQ(divisions[4].name.ko, "의복, 의복 액세서리 및 모피제품 제조업");
    EXPECT_EQ(divisions.back().code, "34");
    EXPECT_EQ(divisions.back().name.en, "Maintenance and repair services of industrial machinery and equipment");
}

TEST(ReadBack, SaysEverySettingInBothLanguages) {
    const std::string korean = read_back(recommended(), Language::korean);
    const std::string english = read_back(recommended(), Language::english);
    for (const char* part : {"매출액(로그)", "0.2배", "업종, 기업규모", "비복원", "95%"}) {
        EXPECT_NE(korean.find(part), std::string::npos) << part << "\n" << korean;
    }
    for (const char* part : {"logit of the propensity score", "0.2 pooled", "without replacement", "Sales", "95%"}) {
        EXPECT_NE(english.find(part), std::string::npos) << part << "\n" << english;
    }
    EXPECT_NE(read_back(preset("basic").value(), Language::english).find("no caliper"), std::string::npos);
    EXPECT_NE(english.find("by matched set and firm"), std::string::npos) << english;
    for (const std::string& text : {korean, english}) {
        EXPECT_EQ(text.find('{'), std::string::npos) << text;
        EXPECT_EQ(text.find("read_back"), std::string::npos) << text;
    }
}

TEST(ReadBack, EveryMethodHasItsSentence) {
    std::set<std::string> sentences;
    for (const MatchMethod method :
         {MatchMethod::nearest, MatchMethod::full, MatchMethod::quick, MatchMethod::subclass, MatchMethod::cem,
          MatchMethod::exact, MatchMethod::kernel, MatchMethod::weighting, MatchMethod::none}) {
        Specification specification = recommended();
        specification.matching.method = method;
        const std::string text = read_back(specification, Language::english);
        EXPECT_EQ(text.find("read_back"), std::string::npos) << text;
        EXPECT_EQ(text.find('{'), std::string::npos) << text;
        EXPECT_NE(text.find("ATT"), std::string::npos) << text;
        EXPECT_TRUE(sentences.insert(text).second) << text;
        EXPECT_EQ(text.find("matched non-adopters") == std::string::npos, compares_without_sets(specification.matching))
            << text;
    }
}

}  // namespace
}  // namespace twinfirm::design
