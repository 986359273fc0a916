// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/evaluation/definition_difference.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>

namespace twinfirm::evaluation {

namespace {

using Json = nlohmann::ordered_json;

/// Members of the specification that the headline numbers rest on; of `over_time` three settings alone.
constexpr std::array<std::string_view, 8> plain_parts = {"roles",  "covariates",   "matching", "effects",
                                                         "prices", "before_after", "lags",     "confidence_level"};
constexpr std::array<std::string_view, 3> over_time_settings = {"control_pool", "pre_growth", "fixed_composition"};
constexpr std::array<std::string_view, 4> keyed_parts = {"outcomes", "process_kpis", "breakdowns", "derived"};

const Json* at(const Json& object, std::string_view key) {
    const auto found = object.is_object() ? object.find(key) : object.end();
    return found == object.end() ? nullptr : &*found;
}

std::string dumped(const Json* value) {
    return value == nullptr ? std::string() : value->dump();
}

/// Lists and single values are compared as a whole, objects member by member; labels are no definition.
void compare(const Json* first, const Json* second, DefinitionDifference place,
             std::vector<DefinitionDifference>& differences) {
    if (first != nullptr && second != nullptr && *first == *second) return;
    if (first != nullptr && second != nullptr && first->is_object() && second->is_object()) {
        for (const auto& [key, value] : first->items()) {
            if (key == "label" || key == "labels") continue;
            DefinitionDifference below = place;
            below.setting += (below.setting.empty() ? "" : "/") + key;
            compare(&value, at(*second, key), below, differences);
        }
        return;
    }
    place.first = dumped(first);
    place.second = dumped(second);
    differences.push_back(std::move(place));
}

const Json* entry(const Json& list, std::string_view name_key, const std::string& name) {
    for (const Json& item : list) {
        if (item.at(std::string(name_key)) == name) return &item;
    }
    return nullptr;
}

}  // namespace

std::vector<DefinitionDifference> definition_differences(const design::Specification& first,
                                                         const design::Specification& second) {
    const Json left = Json::parse(design::specification_to_json(first));
    const Json right = Json::parse(design::specification_to_json(second));
    std::vector<DefinitionDifference> differences;
    for (const std::string_view part : plain_parts) {
        DefinitionDifference place;
        place.setting = part;
        compare(at(left, part), at(right, part), place, differences);
    }
    for (const std::string_view setting : over_time_settings) {
        DefinitionDifference place;
        place.setting = std::string("over_time/").append(setting);
        compare(at(left["over_time"], setting), at(right["over_time"], setting), place, differences);
    }
    std::set<std::string> exact(first.matching.exact.begin(), first.matching.exact.end());
    exact.insert(second.matching.exact.begin(), second.matching.exact.end());
    for (const std::string_view part : keyed_parts) {
        const char* name_key = part == "derived" ? "name" : "key";
        std::vector<std::string> names;
        for (const Json* list : {at(left, part), at(right, part)}) {
            for (const Json& item : *list) {
                auto name = item.at(name_key).get<std::string>();
                if (part == "breakdowns" && !exact.contains(name)) continue;
                if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
            }
        }
        for (const std::string& name : names) {
            const DefinitionDifference place{std::string(part), name, {}, {}, {}};
            const Json* one = entry(*at(left, part), name_key, name);
            const Json* other = entry(*at(right, part), name_key, name);
            if (one != nullptr && other != nullptr) {
                compare(one, other, place, differences);
                continue;
            }
            DefinitionDifference whole = place;
            (one != nullptr ? whole.first : whole.second) = Json(name).dump();
            differences.push_back(std::move(whole));
        }
    }
    return differences;
}

}  // namespace twinfirm::evaluation
