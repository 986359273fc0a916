// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/validate.h"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>

#include "twinfirm/app/version.h"
#include "twinfirm/base/atomic_file.h"
#include "twinfirm/base/csv_writer.h"
#include "twinfirm/base/message_catalogue.h"
#include "twinfirm/base/number_text.h"

namespace twinfirm::app {

namespace {

using validation::Comparison;
using validation::Rule;
using validation::Validation;

const char* rule_code(Rule rule) {
    switch (rule) {
        case Rule::near:
            break;
        case Rule::equal:
            return "equal";
        case Rule::at_most:
            return "at_most";
    }
    return "near";
}

/// An exception's code without the part that all have in common.
std::string short_code(const std::string& code) {
    return code.substr(code.find('_') + 1);
}

std::string required_text(const Comparison& row) {
    if (row.rule == Rule::near) return fixed_text(row.required, 1);
    return row.rule == Rule::equal ? "=" : "≤";
}

std::string sentence(const MessageCatalogue& catalogue, std::string_view code) {
    return catalogue.text(code, {});
}

/// Ten digits: enough to know the number by; how many agree stands beside it.
std::string shown(double value) {
    return fmt::format("{:.10g}", value);
}

}  // namespace

std::vector<ValidatedFamily> validated_families(const Validation& validation) {
    std::vector<ValidatedFamily> families;
    const std::string* name = nullptr;
    for (const Comparison& row : validation.rows) {
        if (families.empty() || families.back().family != row.family) {
            families.push_back({row.family, 0, 0, 0, 0});
            name = nullptr;
        }
        ValidatedFamily& family = families.back();
        if (name == nullptr || *name != row.name) ++family.cases;
        name = &row.name;
        ++family.lines;
        family.numbers += row.numbers;
        family.failed += row.pass ? 0 : 1;
    }
    return families;
}

std::string validation_csv(const Validation& validation) {
    CsvWriter csv;
    for (const char* column : {"family", "case", "quantity", "reference", "ours", "digits", "required", "rule",
                               "numbers", "pass", "exception"}) {
        csv.text(column);
    }
    csv.end_row();
    for (const Comparison& row : validation.rows) {
        csv.text(row.family).text(row.name).text(row.quantity).number(row.reference).number(row.ours);
        csv.number(row.digits);
        row.rule == Rule::near ? csv.number(row.required) : csv.missing();
        csv.text(rule_code(row.rule)).integer(row.numbers).text(row.pass ? "true" : "false");
        csv.text(row.exception.empty() ? "" : short_code(row.exception));
        csv.end_row();
    }
    return csv.bytes();
}

std::string validation_json(const Validation& validation, Language language) {
    using Json = nlohmann::ordered_json;  // NaN is written as null
    const MessageCatalogue catalogue(language);
    Json json = {{"engine_version", version()}, {"passed", validation.passed()}};
    json["families"] = Json::array();
    for (const ValidatedFamily& family : validated_families(validation)) {
        json["families"].push_back({{"family", family.family},
                                    {"cases", family.cases},
                                    {"lines", family.lines},
                                    {"numbers", family.numbers},
                                    {"failed", family.failed}});
    }
    json["rows"] = Json::array();
    std::set<std::string> exceptions;
    for (const Comparison& row : validation.rows) {
        Json entry = {
            {"family", row.family},   {"case", row.name},     {"quantity", row.quantity}, {"reference", row.reference},
            {"ours", row.ours},       {"digits", row.digits}, {"required", nullptr},      {"rule", rule_code(row.rule)},
            {"numbers", row.numbers}, {"pass", row.pass},     {"exception", nullptr}};
        if (row.rule == Rule::near) entry["required"] = row.required;
        if (!row.exception.empty()) {
            entry["exception"] = short_code(row.exception);
            exceptions.insert(row.exception);
        }
        json["rows"].push_back(std::move(entry));
    }
    json["left_out"] = Json::array();
    for (const validation::LeftOutCase& left : validation.left_out) {
        json["left_out"].push_back(
            {{"family", left.family}, {"case", left.name}, {"reason", sentence(catalogue, left.reason)}});
    }
    json["exceptions"] = Json::object();
    for (const std::string& code : exceptions) json["exceptions"][short_code(code)] = sentence(catalogue, code);
    return json.dump(2) + "\n";
}

std::string validation_markdown(const Validation& validation, Language language) {
    const MessageCatalogue catalogue(language);
    std::string text =
        "# " + sentence(catalogue, "validation_title") + "\n\n" + sentence(catalogue, "validation_about") + "\n\n";
    text += sentence(catalogue, "validation_how_to_read") + "\n\n";
    text += "| family | source | cases | lines | numbers | failed |\n|---|---|---:|---:|---:|---:|\n";
    for (const ValidatedFamily& family : validated_families(validation)) {
        text += fmt::format("| [{0}](#{0}) | {1} | {2} | {3} | {4} | {5} |\n", family.family,
                            sentence(catalogue, "validation_source_" + family.family), family.cases, family.lines,
                            family.numbers, family.failed);
    }
    text += "\n## " + sentence(catalogue, "validation_exceptions") + "\n\n";
    std::set<std::string> exceptions;
    for (const Comparison& row : validation.rows) {
        if (!row.exception.empty()) exceptions.insert(row.exception);
    }
    for (const std::string& code : exceptions) {
        text += "- `" + short_code(code) + "`: " + sentence(catalogue, code) + "\n";
    }
    if (!validation.left_out.empty()) text += "\n## " + sentence(catalogue, "validation_left_out") + "\n\n";
    std::map<std::string, std::string> left_out;  // the cases by reason
    for (const validation::LeftOutCase& left : validation.left_out) {
        std::string& cases = left_out[left.reason];
        cases += (cases.empty() ? "`" : ", `") + left.family + "/" + left.name + "`";
    }
    for (const auto& [reason, cases] : left_out) text += "- " + sentence(catalogue, reason) + " " + cases + "\n";
    std::string family;
    for (const Comparison& row : validation.rows) {
        if (row.family != family) {
            family = row.family;
            text += "\n## " + family +
                    "\n\n| case | quantity | reference | ours | digits | required | numbers | pass | exception |\n"
                    "|---|---|---:|---:|---:|---:|---:|---|---|\n";
        }
        text += fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} | {} |\n", row.name, row.quantity,
                            shown(row.reference), shown(row.ours), fixed_text(row.digits, 1), required_text(row),
                            row.numbers, row.pass ? "yes" : "**no**",
                            row.exception.empty() ? "" : short_code(row.exception));
    }
    return text;
}

Result<Validation> run_validation(const ValidationRequest& request, const CancellationToken& token,
                                  const ProgressSink& progress) {
    const bool shipped = request.reference.empty();
    const auto folder =
        shipped ? validation::ReferenceFolder::shipped() : validation::ReferenceFolder(request.reference);
    auto result = validation::validate(folder, token, progress);
    if (!result) {
        if (result.error().code == "validation_nothing") {
            return fail(ErrorKind::input, "validation_nothing", {{"folder", request.reference.string()}});
        }
        return result;
    }
    if (request.out.empty()) return result;
    const std::string ending = request.out.extension().string();
    TWINFIRM_TRY(write_file_atomically(request.out, ending == ".md"     ? validation_markdown(*result, request.language)
                                                    : ending == ".json" ? validation_json(*result, request.language)
                                                                        : validation_csv(*result)));
    return result;
}

}  // namespace twinfirm::app
