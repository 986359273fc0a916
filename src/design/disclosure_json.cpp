// SPDX-License-Identifier: GPL-3.0-or-later
#include "disclosure_json.h"

namespace twinfirm::design {

Json disclosure_json(const DisclosureSettings& settings) {
    Json dominance = Json::array();
    for (const DominanceRule& rule : settings.dominance) {
        dominance.push_back({{"largest", rule.largest}, {"percent", number_json(rule.percent)}});
    }
    return Json{{"enabled", settings.enabled},
                {"reason", settings.reason},
                {"dominance", dominance},
                {"p_percent", number_json(settings.p_percent)},
                {"minimum_extremes", settings.minimum_extremes}};
}

void read_disclosure(JsonReader& reader, DisclosureSettings& settings) {
    reader.read("enabled", settings.enabled);
    reader.read("reason", settings.reason);
    reader.list("dominance", settings.dominance, [](JsonReader& item, DominanceRule& rule) {
        item.require("largest");
        item.require("percent");
        item.read("largest", rule.largest);
        item.read("percent", rule.percent);
    });
    reader.read("p_percent", settings.p_percent);
    reader.read("minimum_extremes", settings.minimum_extremes);
}

}  // namespace twinfirm::design
