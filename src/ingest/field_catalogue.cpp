// SPDX-License-Identifier: GPL-3.0-or-later
#include "field_catalogue.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace twinfirm::embedded {
extern const std::string_view fields;
}

namespace twinfirm::ingest {

namespace {

std::string lower_ascii(std::string text) {
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

std::vector<std::string> words_of(const nlohmann::json& list) {
    std::vector<std::string> words;
    for (const auto& word : list) words.push_back(lower_ascii(word.get<std::string>()));
    return words;
}

FieldCatalogue read_catalogue() {
    const nlohmann::json root = nlohmann::json::parse(embedded::fields);
    FieldCatalogue catalogue;
    for (const auto& entry : root.at("fields")) {
        CanonicalField field;
        field.key = entry.at("key");
        field.name = {entry.at("ko"), entry.at("en")};
        field.type = entry.at("type");
        field.role = entry.at("role");
        field.unit = entry.at("unit");
        field.synonyms = entry.at("synonyms").get<std::vector<std::string>>();
        field.sensitive = entry.value("sensitive", false);
        catalogue.fields.push_back(std::move(field));
    }
    for (const auto& entry : root.at("levels")) {
        for (const auto& word : words_of(entry.at("words"))) catalogue.levels[word] = entry.at("level");
    }
    for (const auto& entry : root.at("ambiguous_levels")) {
        for (const auto& word : words_of(entry.at("words"))) {
            catalogue.ambiguous_levels[word] = {entry.at("choices").get<std::vector<int>>(),
                                                entry.at("same_band").get<bool>()};
        }
    }
    for (const auto& entry : root.at("booleans")) {
        catalogue.booleans.push_back({words_of(entry.at("yes")), words_of(entry.at("no"))});
    }
    const auto& codes = root.at("missing_codes");
    const auto add_codes = [&](const char* key, store::ValueStatus status) {
        for (const auto& entry : codes.at(key)) {
            const auto code = entry.get<std::string>();
            catalogue.missing_codes[code] = status;
            catalogue.begins_missing_code[static_cast<unsigned char>(code.at(0))] = true;
            catalogue.longest_missing_code = std::max(catalogue.longest_missing_code, code.size());
        }
    };
    add_codes("missing", store::ValueStatus::missing);
    add_codes("not_applicable", store::ValueStatus::not_applicable);
    add_codes("suppressed", store::ValueStatus::suppressed);
    for (const auto& [unit, power] : root.at("money_units").items()) catalogue.money_units[unit] = power;
    for (const auto& [field, endings] : root.at("personal_endings").items()) {
        for (const auto& ending : endings) catalogue.personal_endings.emplace_back(ending.get<std::string>(), field);
    }
    for (const auto& region : root.at("regions")) {
        const std::string name = region.at("name");
        for (const auto& spelling : region.at("names")) catalogue.region_names[lower_ascii(spelling)] = name;
        for (const auto& code : region.at("administrative")) catalogue.administrative_regions[code] = name;
        catalogue.statistical_regions[region.at("statistical")] = name;
    }
    catalogue.other_units = root.at("other_units").get<std::vector<std::string>>();
    return catalogue;
}

}  // namespace

const FieldCatalogue& field_catalogue() {
    static const FieldCatalogue catalogue = read_catalogue();
    return catalogue;
}

}  // namespace twinfirm::ingest
