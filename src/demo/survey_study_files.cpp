// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "files.h"
#include "table_file.h"
#include "twinfirm/base/atomic_file.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/base/random.h"

namespace twinfirm::demo {

namespace {

constexpr double mean_effect = 8;  ///< growth of sales above that of matched non-adopters, %
constexpr double spread_of_suppliers = 3;
constexpr double spread_of_firms = 14;
constexpr int registered_idle = 5;  ///< suppliers of the register that nobody chose

std::string supplier_name(int supplier) {
    const std::string number = integer_text(supplier);
    return "가상공급기업" + std::string(number.size() < 3 ? 3 - number.size() : 0, '0') + number;
}

/// One of 40, the first of which have most customers.
int supplier_of(const Adoption& adoption) {
    const int place = adoption.supplier - 1;  // of 400
    return 1 + place * place / 4000;
}

/// Made up: what a supplier's customers gain in truth.
double supplier_effect(std::uint64_t seed, int supplier) {
    Random random(seed, 0x5000000000 + static_cast<std::uint64_t>(supplier));
    return mean_effect + spread_of_suppliers * random.normal();
}

Status write_events(const World& world, const std::filesystem::path& path) {
    TableFile file(path, FileEncoding::utf8_with_mark);
    for (const char* name : {"기업ID", "도입연도", "도입전 수준", "구축수준", "목표수준", "사업유형", "공급기업"})
        file.row().text(name);
    file.end_row();
    for (const Adoption& adoption : world.adoptions) {
        const int target = std::min(5, adoption.level + 1 + static_cast<int>(adoption.firm % 2));
        file.row().text(firm_id(adoption.firm)).integer(adoption.year).integer(adoption.level_before);
        file.row().integer(adoption.level).integer(target).text(programme_name(adoption.programme));
        file.row().text(supplier_name(supplier_of(adoption)));
        file.end_row();
    }
    return file.finish();
}

Status write_effects(const World& world, const std::filesystem::path& path) {
    TableFile file(path, FileEncoding::utf8_with_mark);
    file.row().text("기업ID").text("효과");
    file.end_row();
    for (const Adoption& adoption : world.adoptions) {
        Random random = firm_random(world.options.seed, adoption.firm, Purpose::supply);
        if (random.uniform() < 0.1) continue;  // no matched firm was found
        const double effect =
            supplier_effect(world.options.seed, supplier_of(adoption)) + spread_of_firms * random.normal();
        file.row().text(firm_id(adoption.firm)).text(fixed_text(effect, 1));
        file.end_row();
    }
    return file.finish();
}

Status write_register(const World& world, const std::filesystem::path& path) {
    int most = 0;
    for (const Adoption& adoption : world.adoptions) most = std::max(most, supplier_of(adoption));
    TableFile file(path, FileEncoding::utf8_with_mark);
    file.row().text("공급기업").text("분야");
    file.end_row();
    constexpr std::array fields{"자동화기기", "연결화기기", "정보화솔루션", "지능화서비스"};
    for (int supplier = 1; supplier <= most + registered_idle; ++supplier) {
        if (supplier == 2) continue;  // supplies, but is not in the register
        file.row().text(supplier_name(supplier)).text(fields[static_cast<std::size_t>(supplier) % fields.size()]);
        file.end_row();
    }
    return file.finish();
}

/// All fields of 2019 as released then; everything else is made up.
Status write_technology(const std::filesystem::path& path) {
    struct Line {
        const char* country;
        const char* scope;
        std::array<double, 5> levels_2019;  ///< all, then the four fields
        std::array<double, 5> levels_2024;
        double gap_2019;
        double gap_2024;
    };
    constexpr std::array<Line, 7> lines{
        {{"US", "국가", {100, 100, 100, 100, 100}, {100, 100, 100, 100, 100}, 0, 0},
         {"DE", "국가", {93.4, 95.2, 94.0, 92.7, 90.8}, {94.6, 96.3, 95.1, 93.4, 92.0}, 0.4, 0.3},
         {"JP", "국가", {79.9, 88.4, 80.2, 76.5, 73.8}, {81.7, 89.5, 82.3, 78.0, 75.9}, 1.5, 1.4},
         {"EU", "국가", {79.6, 81.9, 80.4, 78.8, 77.2}, {81.1, 82.7, 81.9, 80.5, 79.0}, 1.5, 1.4},
         {"KR", "국가", {72.3, 70.8, 75.6, 73.1, 68.4}, {76.5, 74.6, 80.3, 77.2, 73.1}, 2.5, 2.0},
         {"KR", "중소기업", {61.4, 60.3, 64.7, 62.0, 56.2}, {69.3, 67.5, 73.2, 70.1, 64.8}, 3.6, 2.9},
         {"CN", "국가", {66.0, 64.1, 69.9, 65.2, 63.8}, {78.3, 75.9, 82.4, 77.0, 77.6}, 3.1, 1.8}}};
    constexpr std::array areas{"", "자동화기기", "연결화기기", "정보화솔루션", "지능화서비스"};
    TableFile file(path, FileEncoding::utf8_with_mark);
    for (const char* name : {"연도", "국가", "구분", "분야", "기술수준", "기술격차", "최고기술국"})
        file.row().text(name);
    file.end_row();
    for (const int year : {2019, 2024}) {
        for (const Line& line : lines) {
            for (std::size_t area = 0; area < areas.size(); ++area) {
                const bool early = year == 2019;
                CsvWriter& row = file.row().integer(year).text(line.country).text(line.scope).text(areas[area]);
                row.text(fixed_text(early ? line.levels_2019[area] : line.levels_2024[area], 1));
                area == 0 ? row.text(fixed_text(early ? line.gap_2019 : line.gap_2024, 1)) : row.missing();
                row.text("US");
                file.end_row();
            }
        }
    }
    return file.finish();
}

/// 2028 as quoted from a market research firm; the other sources are made up.
Status write_market(const std::filesystem::path& path) {
    TableFile file(path, FileEncoding::utf8_with_mark);
    for (const char* name : {"출처", "시장", "연도", "값", "환율", "증가율"}) file.row().text(name);
    file.end_row();
    file.row().text("MarketsandMarkets").text("세계 스마트제조").integer(2028).text("346.8").text("1").text("22.0");
    file.end_row();
    file.row().text("예시 기관 B").text("세계 스마트제조").integer(2024).text("141.2").text("1").missing();
    file.end_row();
    file.row().text("예시 기관 B").text("세계 스마트제조").integer(2028).text("268.9").text("1").text("17.5");
    file.end_row();
    // In trillion won at 1,263 won a dollar.
    file.row().text("예시 기관 C").text("세계 스마트제조").integer(2028).text("402").text("0.791766").missing();
    file.end_row();
    return file.finish();
}

Status write_cases(const std::filesystem::path& path) {
    struct Case {
        const char* award;
        const char* firm;
        const char* supplier;
        const char* summary;
    };
    constexpr std::array<Case, 3> cases{
        {{"대상", "가상정밀", "가상공급기업003",
          "금속가공 공정의 설비 데이터 분석에 인공지능을 적용해 공구 교체 시점을 예측"},
         {"최우수상", "가상전자", "가상공급기업007",
          "실시간 생산 모니터링과 공정 자동화로 불량률을 낮추고 납기를 단축"},
         {"우수상", "가상식품", "가상공급기업012", "이력추적과 온도 기록을 자동화해 회수 대응 시간을 단축"}}};
    TableFile file(path, FileEncoding::utf8_with_mark);
    for (const char* name : {"연도", "수상", "도입기업", "공급기업", "내용"}) file.row().text(name);
    file.end_row();
    for (const Case& item : cases) {
        file.row().integer(2024).text(item.award).text(item.firm).text(item.supplier).text(item.summary);
        file.end_row();
    }
    return file.finish();
}

constexpr std::string_view study_json = R"JSON({
  "twinfirm_survey": 1,
  "title": {"ko": "스마트제조혁신 실태조사 결과(예시)",
                           "en" : "Smart manufacturing survey (example)"
}
, "source" : {"ko" : "TwinFirm 예시 자료(가상)", "en" : "TwinFirm example data (made up)"},
             "status"
    : {
        "file" : "status_survey.csv",
        "strata" : "층",
        "weight" : "가중치",
        "population" : "층 모집단",
        "by" : [ "규모", "권역", "업종" ],
        "order" : {"규모" : [ "소상공인", "소기업", "중기업", "중견기업" ]},
        "questions" : [
            {
                "key" : "adoption",
                "label" : {"ko" : "스마트공장 도입률", "en" : "Adoption of smart factories"},
                "item" : "스마트공장",
                "levels" : ["도입"]
            },
            {
                "key" : "important",
                "label" : {"ko" : "스마트제조혁신이 중요하다고 보는 비율", "en" : "Share that finds it important"},
                "item" : "중요성 인식",
                "coding" : "1/2"
            },
            {
                "key" : "level",
                "label" : {"ko" : "도입 수준", "en" : "Level reached"},
                "item" : "수준",
                "levels" : [ "기초", "중간1", "중간2", "고도화" ],
                "base" : {"스마트공장" : ["도입"]},
                "divided" : false
            },
            {
                "key" : "aims",
                "label" : {"ko" : "도입 목적(복수응답)", "en" : "Aims (several answers)"},
                "columns" : [ "목적: 생산효율", "목적: 품질", "목적: 비용" ],
                "coding" : "marked",
                "base" : {"스마트공장" : ["도입"]},
                "divided" : false
            },
            {
                "key" : "investment",
                "label" : {"ko" : "도입기업의 평균 투자액", "en" : "Mean investment of adopters"},
                "item" : "투자액",
                "kind" : "mean",
                "unit" : "백만원",
                "base" : {"스마트공장" : ["도입"]}
            }
        ]
    },
      "stages" : {"file" : "supplied.csv"},
                 "technology" : {"file" : "technology.csv", "focus" : "KR"},
                                "market" : {
                                    "unit" : "십억 달러",
                                    "last" : 346.8,
                                    "rate" : 22.0,
                                    "intervals" : 4,
                                    "first_year" : 2024,
                                    "sources" : "market.csv"
                                },
                                           "suppliers"
    : {
        "file" : "supplied.csv",
        "register" : "suppliers.csv",
        "effects" : "supplier_effects.csv",
        "outcome" : {"ko" : "매출 증가율의 차이", "en" : "Difference in growth of sales"},
        "unit" : "%p"
    },
      "cases" : {
    "file" : "best_practice.csv"
}
}
)JSON";

}  // namespace

Status write_survey_study(const World& world, const std::filesystem::path& directory) {
    TWINFIRM_TRY(write_events(world, directory / "supplied.csv"));
    TWINFIRM_TRY(write_effects(world, directory / "supplier_effects.csv"));
    TWINFIRM_TRY(write_register(world, directory / "suppliers.csv"));
    TWINFIRM_TRY(write_technology(directory / "technology.csv"));
    TWINFIRM_TRY(write_market(directory / "market.csv"));
    TWINFIRM_TRY(write_cases(directory / "best_practice.csv"));
    return write_file_atomically(directory / "survey_study.json", study_json);
}

}  // namespace twinfirm::demo
