// SPDX-License-Identifier: GPL-3.0-or-later
#include "study_record_json.h"

#include <cmath>

namespace twinfirm::evaluation {

namespace {

using Json = nlohmann::ordered_json;

Json number(double value) {
    if (!std::isfinite(value)) return nullptr;
    return value;
}

Json tried_design(const TriedDesign& design) {
    Json headlines = Json::array();
    for (const Headline& headline : design.headlines) {
        headlines.push_back({{"outcome", headline.outcome},
                             {"metric", headline.metric},
                             {"estimate", number(headline.estimate)},
                             {"ci_low", number(headline.ci_low)},
                             {"ci_high", number(headline.ci_high)},
                             {"n_treated", headline.n_treated}});
    }
    return {{"specification_hash", design.specification_hash},
            {"data_hash", design.data_hash},
            {"time", design.time.empty() ? Json(nullptr) : Json(design.time)},
            {"changes", design.changes},
            {"headlines", headlines}};
}

}  // namespace

nlohmann::ordered_json study_record_to_json(const StudyRecord& record) {
    Json lock = nullptr;
    if (record.lock) {
        lock = Json{{"specification_hash", record.lock->specification_hash},
                    {"time", record.lock->time},
                    {"before_results", record.lock->before_results}};
    }
    Json designs = Json::array();
    for (const TriedDesign& design : record.designs) designs.push_back(tried_design(design));
    return {{"lock", lock},
            {"changed_since_lock", record.changed_since_lock},
            {"intact", record.intact},
            {"designs", designs}};
}

}  // namespace twinfirm::evaluation
