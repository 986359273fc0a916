// SPDX-License-Identifier: GPL-3.0-or-later
#include "firm.h"

#include <algorithm>
#include <cmath>

namespace twinfirm::demo {

namespace {

// Survey of 2024: micro, small, medium and middle-standing firms of 163,273 with a factory.
constexpr std::array<double, size_classes> country_mix{0.618, 0.272, 0.097, 0.013};
constexpr std::array<double, size_classes> sample_mix{0.36, 0.34, 0.27, 0.03};

struct Employment {
    double log_median;
    double log_sd;
    double low;
    double high;
};
constexpr std::array<Employment, size_classes> employment{
    {{1.45, 0.55, 1, 9.49}, {2.9, 0.45, 9.5, 49.49}, {4.3, 0.55, 49.5, 299.49}, {6.05, 0.4, 299.5, 1500}}};

constexpr std::array<double, 17> region_shares{0.110, 0.070, 0.060, 0.080, 0.025, 0.020, 0.018, 0.007, 0.330,
                                               0.015, 0.040, 0.045, 0.030, 0.030, 0.055, 0.080, 0.005};

template <class Shares>
std::uint8_t draw(const Shares& shares, double uniform) {
    double total = 0;
    for (const double share : shares) total += share;
    double left = uniform * total;
    for (std::size_t i = 0; i + 1 < shares.size(); ++i) {
        left -= shares[i];
        if (left < 0) return static_cast<std::uint8_t>(i);
    }
    return static_cast<std::uint8_t>(shares.size() - 1);
}

double truncated_log_normal(Random& random, const Employment& law) {
    while (true) {
        const double value = std::exp(law.log_median + law.log_sd * random.normal());
        if (value >= law.low && value <= law.high) return value;
    }
}

// The mix moves from the country's to the sample's as the share of adopters grows beyond the country's.
std::array<double, size_classes> size_mix(std::int64_t firms) {
    const double country_share = 5003.0 / 163273.0;
    const double share = static_cast<double>(adopter_count(firms)) / static_cast<double>(firms);
    const double weight = std::clamp((share - country_share) / (0.13 - country_share), 0.0, 1.0);
    std::array<double, size_classes> mix{};
    for (int c = 0; c < size_classes; ++c) mix[c] = (1 - weight) * country_mix[c] + weight * sample_mix[c];
    return mix;
}

}  // namespace

const std::array<Industry, 25>& industries() {
    static constexpr std::array<Industry, 25> table{{
        {"10", {"10301", "10712"}, "식료품 제조업", "식품", 0.105, 0.05, 0.4},
        {"11", {"11201", "11202"}, "음료 제조업", "음료", 0.006, 0.3, 0.1},
        {"12", {"12000", "12000"}, "담배 제조업", "담배", 0.0003, 0.6, -0.5},
        {"13", {"13213", "13402"}, "섬유제품 제조업; 의복 제외", "섬유", 0.045, -0.1, -0.1},
        {"14", {"14112", "14192"}, "의복, 의복 액세서리 및 모피제품 제조업", "의류", 0.035, -0.15, -0.5},
        {"15", {"15121", "15211"}, "가죽, 가방 및 신발 제조업", "제화", 0.010, -0.15, -0.3},
        {"16", {"16101", "16221"}, "목재 및 나무제품 제조업; 가구 제외", "목재", 0.020, 0.0, 0.1},
        {"17", {"17210", "17222"}, "펄프, 종이 및 종이제품 제조업", "제지", 0.025, 0.15, 0.0},
        {"18", {"18111", "18119"}, "인쇄 및 기록매체 복제업", "인쇄", 0.035, -0.3, -0.6},
        {"19", {"19210", "19229"}, "코크스, 연탄 및 석유정제품 제조업", "석유", 0.002, 0.9, 0.0},
        {"20", {"20202", "20423"}, "화학 물질 및 화학제품 제조업; 의약품 제외", "화학", 0.035, 0.4, 0.2},
        {"21", {"21210", "21300"}, "의료용 물질 및 의약품 제조업", "제약", 0.008, 0.2, 0.2},
        {"22", {"22212", "22241"}, "고무 및 플라스틱제품 제조업", "수지", 0.085, 0.0, 0.3},
        {"23", {"23311", "23322"}, "비금속 광물제품 제조업", "세라믹", 0.035, 0.15, -0.2},
        {"24", {"24121", "24311"}, "1차 금속 제조업", "금속", 0.035, 0.4, 0.3},
        {"25", {"25112", "25922"}, "금속 가공제품 제조업; 기계 및 가구 제외", "정밀", 0.165, -0.1, 0.1},
        {"26", {"26410", "26429"}, "전자 부품, 컴퓨터, 영상, 음향 및 통신장비 제조업", "전자", 0.050, 0.1, 0.4},
        {"27", {"27112", "27212"}, "의료, 정밀, 광학 기기 및 시계 제조업", "광학", 0.035, -0.05, 0.0},
        {"28", {"28111", "28121"}, "전기장비 제조업", "전기", 0.060, 0.05, 0.2},
        {"29", {"29133", "29294"}, "기타 기계 및 장비 제조업", "기계", 0.125, 0.0, 0.1},
        {"30", {"30320", "30399"}, "자동차 및 트레일러 제조업", "오토", 0.050, 0.15, 0.6},
        {"31", {"31111", "31114"}, "기타 운송장비 제조업", "조선", 0.020, 0.0, -0.2},
        {"32", {"32021", "32029"}, "가구 제조업", "가구", 0.025, -0.1, -0.3},
        {"33", {"33910", "33999"}, "기타 제품 제조업", "산업", 0.030, -0.2, -0.4},
        {"34", {"34011", "34019"}, "산업용 기계 및 장비 수리업", "정비", 0.010, -0.2, -0.7},
    }};
    return table;
}

const std::array<std::string_view, 17>& region_names() {
    static constexpr std::array<std::string_view, 17> names{"서울", "부산", "대구", "인천", "광주", "대전",
                                                            "울산", "세종", "경기", "강원", "충북", "충남",
                                                            "전북", "전남", "경북", "경남", "제주"};
    return names;
}

std::string_view size_class_name(SizeClass size_class) {
    constexpr std::array<std::string_view, size_classes> names{"소상공인", "소기업", "중기업", "중견기업"};
    return names[static_cast<std::size_t>(size_class)];
}

std::int64_t adopter_count(std::int64_t firms) {
    const std::int64_t proportional = (firms * 5003 + 163273 / 2) / 163273;
    return std::max(proportional, std::min<std::int64_t>(400, (firms * 13 + 50) / 100));
}

std::vector<Firm> make_register(const DemoOptions& options) {
    const std::array<double, size_classes> mix = size_mix(options.firms);
    std::array<double, 25> industry_shares{};
    for (std::size_t i = 0; i < industry_shares.size(); ++i) industry_shares[i] = industries()[i].share;
    constexpr std::array<double, size_classes> mean_age{9, 12, 17, 24};
    constexpr std::array<double, size_classes> exporters{0.04, 0.14, 0.36, 0.60};
    constexpr std::array<double, size_classes> performs_rnd{0.12, 0.35, 0.65, 0.85};

    std::vector<Firm> firms(static_cast<std::size_t>(options.firms));
    for (std::size_t i = 0; i < firms.size(); ++i) {
        Random random = firm_random(options.seed, i, Purpose::attributes);
        Firm& firm = firms[i];
        const std::uint8_t size_class = draw(mix, random.uniform());
        firm.size_class = static_cast<SizeClass>(size_class);
        firm.industry = draw(industry_shares, random.uniform());
        firm.code = static_cast<std::uint8_t>(random.below(2));
        firm.region = draw(region_shares, random.uniform());
        const double age = 5 - mean_age[size_class] * std::log(1 - random.uniform());
        firm.founded = static_cast<std::int16_t>(options.last_year - static_cast<int>(std::min(age, 70.0)));
        firm.founded_month = static_cast<std::int8_t>(1 + random.below(12));
        firm.founded_day = static_cast<std::int8_t>(1 + random.below(28));
        firm.base_employment = truncated_log_normal(random, employment[size_class]);
        firm.sales_per_worker = 5.15 + industries()[firm.industry].log_sales_per_worker +
                                0.06 * (std::log(firm.base_employment) - 3) + 0.5 * random.normal();
        const bool exports = random.uniform() < exporters[size_class];
        const double spread = random.uniform();
        firm.export_share = exports ? 0.03 + 0.5 * spread * spread : 0;
        const bool invests = random.uniform() < performs_rnd[size_class];
        firm.rnd_ratio = std::exp(-4.2 + 0.8 * random.normal()) * (invests ? 1 : 0);
        firm.margin = 0.045 + 0.03 * random.normal();
        firm.hidden_trait = random.normal();
    }
    return firms;
}

}  // namespace twinfirm::demo
