// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "twinfirm/base/pseudonym_key.h"

namespace twinfirm::ingest {

/// What of a text that names a firm is compared between tables.
struct FirmIdentity {
    std::string text;
    /// False where the text is no firm's own: 확인불가, 000-00-00000, a number cut short or damaged by a spreadsheet, a
    /// person's number, a name of nothing but a legal form, an address without a 시도. Such rows are never linked by
    /// it.
    bool usable = false;
};

/// @param field  brn, crn: the digits (a wrong check digit is a typing mistake and still the same number); firm_name:
///               comparable_firm_name; address: comparable_address; any other: the text without blanks around it
[[nodiscard]] FirmIdentity firm_identity(std::string_view field, std::string_view text);

/// The keyed hash that stands for a text of a field: 32 characters, the same for two spellings of one identity. Its
/// first character is an x where the identity is not usable, so that this is known without the key.
[[nodiscard]] std::string identity_pseudonym(const PseudonymKey& key, std::string_view field, std::string_view text);

/// True for what identity_pseudonym has made: an exported table comes in again as it was.
[[nodiscard]] bool is_pseudonym(std::string_view text);
/// Of a pseudonym: it stands for a text that is no firm's own.
[[nodiscard]] inline bool is_unusable_pseudonym(std::string_view text) {
    return is_pseudonym(text) && text.front() == 'x';
}

/// The field of the column of keyed hashes that is kept where a column of brn, crn, firm_name or address is dropped
/// (`firm_name_key`); empty for other fields.
[[nodiscard]] std::string join_key_field(std::string_view field);

}  // namespace twinfirm::ingest
