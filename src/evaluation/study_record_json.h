// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>

#include "twinfirm/evaluation/study_record.h"

namespace twinfirm::evaluation {

[[nodiscard]] nlohmann::ordered_json study_record_to_json(const StudyRecord& record);

}  // namespace twinfirm::evaluation
