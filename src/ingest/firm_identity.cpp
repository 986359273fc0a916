// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/firm_identity.h"

#include "twinfirm/ingest/canonical_field.h"
#include "twinfirm/ingest/firm_address.h"
#include "twinfirm/ingest/firm_name.h"
#include "twinfirm/ingest/header_name.h"
#include "twinfirm/ingest/registration_number.h"

namespace twinfirm::ingest {

namespace {

constexpr std::size_t pseudonym_size = 32;

FirmIdentity number_identity(RegistrationNumber number, std::string_view text) {
    const bool whole = number.kind == RegistrationClass::valid || number.kind == RegistrationClass::leading_zero_lost ||
                       number.kind == RegistrationClass::wrong_check_digit;
    return {number.digits.empty() ? std::string(trim(text)) : std::move(number.digits), whole};
}

}  // namespace

FirmIdentity firm_identity(std::string_view field, std::string_view text) {
    if (field == "brn") return number_identity(read_business_number(text), text);
    if (field == "crn") {
        RegistrationNumber number = read_corporate_number(text);
        // Thirteen digits that look like a birthday are a person's, unless the check digit says otherwise.
        const bool person = number.kind != RegistrationClass::valid && find_resident_number(text);
        FirmIdentity identity = number_identity(std::move(number), text);
        identity.usable = identity.usable && !person;
        return identity;
    }
    FirmIdentity identity;
    if (field == "firm_name") identity.text = comparable_firm_name(text);
    if (field == "address") identity.text = comparable_address(text);
    if (field != "firm_name" && field != "address") identity.text = std::string(trim(text));
    identity.usable = !identity.text.empty() && !missing_status(trim(text));
    if (identity.text.empty()) identity.text = comparable_name(text);
    return identity;
}

std::string identity_pseudonym(const PseudonymKey& key, std::string_view field, std::string_view text) {
    const FirmIdentity identity = firm_identity(field, text);
    std::string pseudonym = key.pseudonym(field, identity.text);
    if (!identity.usable) pseudonym.front() = 'x';
    return pseudonym;
}

bool is_pseudonym(std::string_view text) {
    if (text.size() != pseudonym_size) return false;
    if (text.front() == 'x') text.remove_prefix(1);
    return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string join_key_field(std::string_view field) {
    for (const std::string_view kept : {"brn", "crn", "firm_name", "address"}) {
        if (field == kept) return std::string(field) + "_key";
    }
    return {};
}

}  // namespace twinfirm::ingest
