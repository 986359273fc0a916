// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/personal_data.h"

#include <algorithm>
#include <functional>

#include "field_catalogue.h"
#include "twinfirm/ingest/header_name.h"

namespace twinfirm::ingest {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

}  // namespace

Protection default_protection(std::string_view field) {
    for (const std::string_view person : {"ceo", "phone", "email", "resident_number"}) {
        if (field == person) return Protection::drop;
    }
    for (const std::string_view perhaps : {"brn", "crn", "firm_name", "address"}) {
        if (field == perhaps) return Protection::pseudonym;
    }
    return Protection::none;
}

std::string personal_field_of(std::string_view header) {
    const std::string name = comparable_name(header);
    for (const auto& [ending, field] : field_catalogue().personal_endings) {
        if (name.ends_with(ending)) return field;
    }
    return {};
}

bool is_email(std::string_view text) {
    const std::size_t at = text.find('@');
    return at != std::string_view::npos && at > 0 && text.find('.', at) != std::string_view::npos &&
           text.find_first_of(" ,\t") == std::string_view::npos && text.find('@', at + 1) == std::string_view::npos;
}

bool is_phone_number(std::string_view text) {
    std::string digits;
    std::size_t marks = 0;
    for (const char c : text) {
        if (is_digit(c)) {
            digits += c;
        } else if (c == '-' || c == ')' || c == '.' || c == ' ') {
            ++marks;
        } else if (c != '(' && c != '+') {
            return false;
        }
    }
    if (digits.starts_with("82") && text.front() == '+') digits.replace(0, 2, "0");
    const bool area = digits.starts_with("02") && digits.size() >= 9 && digits.size() <= 10;
    const bool others = digits.starts_with("0") && digits.size() >= 10 && digits.size() <= 12 && digits[1] != '0';
    const bool service = digits.size() == 8 && digits[0] == '1' && digits[1] >= '5' && marks == 1;
    return marks > 0 ? area || others || service : digits.starts_with("01") && digits.size() == 11;
}

std::string mask_resident_numbers(std::string_view text) {
    std::string out;
    while (const auto found = find_resident_number(text)) {
        out += text.substr(0, found->begin);
        out += "******-*******";
        text.remove_prefix(found->begin + found->size);
    }
    out += text;
    return out;
}

PersonalData::PersonalData(const ImportPlan& plan, const PseudonymKey* key) : key_(key) {
    for (std::size_t i = 0; i < plan.columns.size(); ++i) {
        if (plan.columns[i].field == "brn") business_number_ = i;
    }
}

bool PersonalData::needs_key(const ImportPlan& plan) {
    return std::any_of(plan.columns.begin(), plan.columns.end(), [](const ColumnPlan& column) {
        return (column.keep && column.protection == Protection::pseudonym) || keeps_join_key(column);
    });
}

bool PersonalData::keeps_join_key(const ColumnPlan& column) {
    return column.keep && column.protection == Protection::drop && !join_key_field(column.field).empty();
}

void PersonalData::begin_row(const std::vector<std::string_view>& fields) {
    owner_ = Owner::unknown;
    if (!business_number_) return;
    const RegistrationNumber number = read_business_number(fields[*business_number_]);
    if (number.kind != RegistrationClass::valid && number.kind != RegistrationClass::wrong_check_digit) return;
    const BusinessKind kind = business_kind(number.digits);
    if (kind == BusinessKind::unassigned) owner_ = Owner::nobody;
    if (kind == BusinessKind::organisation && number.kind == RegistrationClass::valid) owner_ = Owner::organisation;
}

void PersonalData::protect(const ColumnPlan& column, CellValue& value, std::string& buffer) {
    if (value.status != store::ValueStatus::value || column.type != ValueType::text) return;
    if (column.protection == Protection::pseudonym) {
        const bool number = column.field == "brn" || column.field == "crn";
        if (is_pseudonym(value.text)) return;
        if (owner_ == Owner::nobody || (owner_ == Owner::organisation && !number)) return;
        replace(column.field, value, buffer);
    } else if (find_resident_number(value.text)) {
        buffer = mask_resident_numbers(value.text);
        value.text = buffer;
        value.use(ConversionRule::resident_number_masked);
    }
}

void PersonalData::make_join_key(std::string_view field, CellValue& value, std::string& buffer) {
    if (value.status != store::ValueStatus::value || is_pseudonym(value.text)) return;
    replace(field, value, buffer);
}

void PersonalData::replace(std::string_view field, CellValue& value, std::string& buffer) {
    if (replaced_.empty()) replaced_.resize(replaced_kept);
    Replaced& recent = replaced_[std::hash<std::string_view>()(value.text) % replaced_kept];
    if (recent.field != field || recent.text != value.text) {
        recent = {std::string(field), std::string(value.text), identity_pseudonym(*key_, field, value.text)};
    }
    buffer = recent.pseudonym;
    value.text = buffer;
    value.use(ConversionRule::pseudonym);
}

}  // namespace twinfirm::ingest
