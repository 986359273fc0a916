// SPDX-License-Identifier: GPL-3.0-or-later
#include "group_settings_json.h"

namespace twinfirm::design {

namespace {

constexpr Choice<DerivedKind> derived_kinds[] = {{DerivedKind::ratio, "ratio"},
                                                 {DerivedKind::real, "real"},
                                                 {DerivedKind::above_zero, "above_zero"},
                                                 {DerivedKind::survival, "survival"}};
constexpr Choice<BandYear> band_years[] = {
    {BandYear::base, "base"}, {BandYear::lagged, "lagged"}, {BandYear::averaged, "averaged"}};
constexpr Choice<Delivery> deliveries[] = {
    {Delivery::as_listed, "as_listed"}, {Delivery::on_time, "on_time"}, {Delivery::lead_time, "lead_time"}};

Json derived_json(const DerivedVariable& variable) {
    return Json{{"name", variable.name},
                {"kind", name_of(variable.kind, derived_kinds)},
                {"of", variable.of},
                {"denominator", variable.denominator}};
}

Json threshold_json(const SizeThreshold& threshold) {
    return Json{{"division", threshold.division},
                {"from", threshold.from},
                {"sme", number_json(threshold.sme)},
                {"small", number_json(threshold.small)}};
}

/// The survey's delivery indicator stands for one of two columns.
void apply_delivery(Specification& specification) {
    const Delivery wanted = specification.before_after.delivery;
    for (ProcessKpi& kpi : specification.process_kpis) {
        if (wanted == Delivery::on_time && kpi.before == "lead_before" && kpi.after == "lead_after") {
            kpi = {kpi.key,      {"납기(준수율)", "Delivery (on-time rate)"},
                   "otd_before", "otd_after",
                   "%",          Direction::higher_is_better};
        } else if (wanted == Delivery::lead_time && kpi.before == "otd_before" && kpi.after == "otd_after") {
            kpi = {kpi.key,       {"납기(리드타임)", "Delivery (lead time)"},
                   "lead_before", "lead_after",
                   "일",          Direction::lower_is_better};
        }
    }
}

}  // namespace

std::string band_year_code(BandYear band_year) {
    return name_of(band_year, band_years);
}

void read_band_rules(JsonReader& reader, Breakdown& breakdown) {
    reader.read("band_year", breakdown.band_year, band_years);
    reader.read("within", breakdown.within);
    reader.read("cross", breakdown.cross);
    if (breakdown.cross.empty()) reader.require("variable");
}

void write_group_settings(const Specification& specification, Json& json) {
    json["derived"] = Json::array();
    for (const DerivedVariable& variable : specification.derived) json["derived"].push_back(derived_json(variable));
    const PriceIndex& prices = specification.prices;
    json["prices"] =
        Json{{"table", prices.table}, {"year", prices.year}, {"index", prices.index}, {"base_year", prices.base_year}};
    const BeforeAfterSettings& changes = specification.before_after;
    json["before_after"] = Json{{"trim", number_json(changes.trim)},
                                {"winsorise", number_json(changes.winsorise)},
                                {"delivery", name_of(changes.delivery, deliveries)}};
    const GroupSettings& groups = specification.groups;
    Json thresholds = Json::array();
    for (const SizeThreshold& threshold : groups.size_thresholds) thresholds.push_back(threshold_json(threshold));
    json["groups"] = Json{{"power", number_json(groups.power)},
                          {"draws", groups.draws},
                          {"top", groups.top},
                          {"support", groups.support},
                          {"support_unit", number_json(groups.support_unit)},
                          {"zero_outcomes", groups.zero_outcomes},
                          {"size_thresholds", thresholds}};
}

void read_group_settings(JsonReader& reader, Specification& specification) {
    reader.list("derived", specification.derived, [](JsonReader& item, DerivedVariable& variable) {
        item.require("name");
        item.require("kind");
        item.read("name", variable.name);
        item.read("kind", variable.kind, derived_kinds);
        item.read("of", variable.of);
        item.read("denominator", variable.denominator);
    });
    reader.object("prices", [&](JsonReader& prices) {
        prices.read("table", specification.prices.table);
        prices.read("year", specification.prices.year);
        prices.read("index", specification.prices.index);
        prices.read("base_year", specification.prices.base_year);
    });
    reader.object("before_after", [&](JsonReader& changes) {
        changes.read("trim", specification.before_after.trim);
        changes.read("winsorise", specification.before_after.winsorise);
        changes.read("delivery", specification.before_after.delivery, deliveries);
        apply_delivery(specification);
    });
    reader.object("groups", [&](JsonReader& groups) {
        groups.read("power", specification.groups.power);
        groups.read("draws", specification.groups.draws);
        groups.read("top", specification.groups.top);
        groups.read("support", specification.groups.support);
        groups.read("support_unit", specification.groups.support_unit);
        groups.read("zero_outcomes", specification.groups.zero_outcomes);
        groups.list("size_thresholds", specification.groups.size_thresholds,
                    [](JsonReader& item, SizeThreshold& threshold) {
                        for (const char* key : {"division", "from", "sme", "small"}) item.require(key);
                        item.read("division", threshold.division);
                        item.read("from", threshold.from);
                        item.read("sme", threshold.sme);
                        item.read("small", threshold.small);
                    });
    });
}

}  // namespace twinfirm::design
