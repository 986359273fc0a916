// SPDX-License-Identifier: GPL-3.0-or-later
#include "json_reader.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "twinfirm/base/number_text.h"

namespace twinfirm::design {

Json number_json(double value) {
    constexpr double exactly_whole = 9007199254740992.0;
    if (std::abs(value) < exactly_whole && value == std::floor(value)) return static_cast<std::int64_t>(value);
    return value;
}

Result<Json> parse_json_document(std::string_view text) {
    std::vector<std::set<std::string>> open_objects;
    std::string twice;
    const auto watch_keys = [&](int, Json::parse_event_t event, Json& value) {
        if (event == Json::parse_event_t::object_start) open_objects.emplace_back();
        if (event == Json::parse_event_t::object_end) open_objects.pop_back();
        if (event == Json::parse_event_t::key && twice.empty() &&
            !open_objects.back().insert(value.get<std::string>()).second) {
            twice = value.get<std::string>();
        }
        return true;
    };
    try {
        Json document = Json::parse(text, watch_keys);
        if (!twice.empty()) return fail(ErrorKind::usage, "specification_key_duplicate", {{"key", twice}});
        return document;
    } catch (const Json::parse_error& fault) {
        const std::string_view before = text.substr(0, fault.byte == 0 ? 0 : fault.byte - 1);
        const auto line = std::count(before.begin(), before.end(), '\n') + 1;
        const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0: the first line
        const auto column = static_cast<std::int64_t>(before.size() - line_start) + 1;
        return fail_at(ErrorKind::usage, "specification_not_json",
                       {{"line", integer_text(line)}, {"column", integer_text(column)}}, {}, line, column);
    }
}

std::string pointer_step(std::string_view key) {
    std::string step;
    for (const char c : key) {
        if (c == '~') {
            step += "~0";
        } else if (c == '/') {
            step += "~1";
        } else {
            step += c;
        }
    }
    return step;
}

JsonReader::JsonReader(const Json& object, std::string pointer, std::optional<Error>& error)
    : object_(object), pointer_(std::move(pointer)), error_(error) {
    if (!object_.is_object()) reject("specification_not_object", {{"key", pointer_.empty() ? "/" : pointer_}});
}

void JsonReader::reject(std::string code, MessageArguments arguments) {
    if (!error_) error_ = Error{ErrorKind::usage, std::move(code), std::move(arguments), {}, 0, 0};
}

const Json* JsonReader::find(std::string_view key) {
    if (error_) return nullptr;
    known_.emplace_back(key);
    const auto found = object_.find(std::string(key));
    return found == object_.end() ? nullptr : &*found;
}

const Json* JsonReader::find_list(std::string_view key) {
    const Json* value = find(key);
    if (value != nullptr && !value->is_array()) {
        reject("specification_not_list", {{"key", pointer(key)}});
        return nullptr;
    }
    return value;
}

bool JsonReader::read_text(std::string_view key, std::string& value) {
    const Json* found = find(key);
    if (found == nullptr) return false;
    if (!found->is_string()) {
        reject("specification_not_text", {{"key", pointer(key)}});
        return false;
    }
    value = found->get<std::string>();
    return true;
}

bool JsonReader::read_whole(std::string_view key, std::int64_t& value, std::int64_t low, std::int64_t high) {
    const Json* found = find(key);
    if (found == nullptr) return false;
    const bool fits = found->is_number_integer() &&
                      !(found->is_number_unsigned() && found->get<std::uint64_t>() > static_cast<std::uint64_t>(high));
    if (!fits || found->get<std::int64_t>() < low || found->get<std::int64_t>() > high) {
        reject("specification_not_whole_number",
               {{"key", pointer(key)}, {"low", integer_text(low)}, {"high", integer_text(high)}});
        return false;
    }
    value = found->get<std::int64_t>();
    return true;
}

void JsonReader::read(std::string_view key, std::string& value) {
    read_text(key, value);
}

void JsonReader::read(std::string_view key, double& value) {
    const Json* found = find(key);
    if (found == nullptr) return;
    if (!found->is_number()) return reject("specification_not_number", {{"key", pointer(key)}});
    value = found->get<double>();
}

void JsonReader::read(std::string_view key, std::optional<double>& value) {
    const Json* found = find(key);
    if (found == nullptr) return;
    if (found->is_null()) {
        value.reset();
        return;
    }
    if (!found->is_number()) return reject("specification_not_number", {{"key", pointer(key)}});
    value = found->get<double>();
}

void JsonReader::read(std::string_view key, int& value) {
    std::int64_t whole = 0;
    if (read_whole(key, whole, std::numeric_limits<int>::min(), std::numeric_limits<int>::max())) {
        value = static_cast<int>(whole);
    }
}

void JsonReader::read(std::string_view key, std::int64_t& value) {
    read_whole(key, value, std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max());
}

void JsonReader::read(std::string_view key, std::uint64_t& value) {
    const Json* found = find(key);
    if (found == nullptr) return;
    if (found->is_number_unsigned()) {
        value = found->get<std::uint64_t>();
    } else {
        reject(
            "specification_not_whole_number",
            {{"key", pointer(key)}, {"low", "0"}, {"high", std::to_string(std::numeric_limits<std::uint64_t>::max())}});
    }
}

void JsonReader::read(std::string_view key, bool& value) {
    const Json* found = find(key);
    if (found == nullptr) return;
    if (!found->is_boolean()) return reject("specification_not_boolean", {{"key", pointer(key)}});
    value = found->get<bool>();
}

void JsonReader::read_localized(const Json& json, const std::string& place, LocalizedText& value) {
    if (json.is_string()) {
        value = LocalizedText{json.get<std::string>(), json.get<std::string>()};
        return;
    }
    member(json, place, [&](JsonReader& reader) {
        reader.require("ko");
        reader.require("en");
        reader.read("ko", value.ko);
        reader.read("en", value.en);
    });
}

void JsonReader::read(std::string_view key, LocalizedText& value) {
    if (const Json* found = find(key)) read_localized(*found, pointer(key), value);
}

void JsonReader::read(std::string_view key, std::vector<LocalizedText>& value) {
    const Json* array = find_list(key);
    if (array == nullptr) return;
    value.clear();
    for (std::size_t i = 0; i < array->size() && !error_; ++i) {
        LocalizedText text;
        read_localized((*array)[i], pointer(key) + "/" + std::to_string(i), text);
        value.push_back(std::move(text));
    }
}

void JsonReader::read(std::string_view key, std::vector<std::string>& value) {
    const Json* array = find_list(key);
    if (array == nullptr) return;
    value.clear();
    for (std::size_t i = 0; i < array->size(); ++i) {
        if (!(*array)[i].is_string()) {
            return reject("specification_not_text", {{"key", pointer(key) + "/" + std::to_string(i)}});
        }
        value.push_back((*array)[i].get<std::string>());
    }
}

void JsonReader::read(std::string_view key, std::vector<double>& value) {
    const Json* array = find_list(key);
    if (array == nullptr) return;
    value.clear();
    for (std::size_t i = 0; i < array->size(); ++i) {
        if (!(*array)[i].is_number()) {
            return reject("specification_not_number", {{"key", pointer(key) + "/" + std::to_string(i)}});
        }
        value.push_back((*array)[i].get<double>());
    }
}

void JsonReader::require(std::string_view key) {
    if (!error_ && !object_.contains(std::string(key))) {
        reject("specification_key_missing", {{"key", pointer(key)}});
    }
}

void JsonReader::finish() {
    if (error_) return;
    for (const auto& [key, value] : object_.items()) {
        if (std::find(known_.begin(), known_.end(), key) != known_.end()) continue;
        std::string known;
        for (const std::string& name : known_) known += (known.empty() ? "" : ", ") + name;
        return reject("specification_key_unknown", {{"key", pointer(key)}, {"known", known}});
    }
}

}  // namespace twinfirm::design
