// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "twinfirm/base/pseudonym_key.h"
#include "twinfirm/ingest/cell_reader.h"
#include "twinfirm/ingest/firm_identity.h"
#include "twinfirm/ingest/import_plan.h"
#include "twinfirm/ingest/registration_number.h"

namespace twinfirm::ingest {

/// What is done by default to a column of a field: names of persons, telephone numbers, addresses of mail and resident
/// numbers are dropped; registration numbers, firm names and addresses are replaced where they are a person's. In a
/// table without business numbers nothing tells persons' firms from others: firm names then stay (Protection::none).
[[nodiscard]] Protection default_protection(std::string_view field);

/// The personal field that a header names by its ending (사업장주소, 담당자 연락처); empty = none.
[[nodiscard]] std::string personal_field_of(std::string_view header);

/// 홍길동@… or 010-1234-5678 as a whole cell.
[[nodiscard]] bool is_email(std::string_view text);
[[nodiscard]] bool is_phone_number(std::string_view text);

/// Keeps persons out of the store. Under Protection::pseudonym a text becomes the keyed hash of its identity
/// (firm_identity: the digits of a number, the bare name, region and district), so that two spellings still join,
/// unless the row's business number shows that it is no person's: then names and addresses (of organisations and of
/// unassigned, synthetic numbers) and unassigned numbers stay as read. In all other texts resident numbers are masked.
class PersonalData {
  public:
    /// @param key  may be null if no column is to be replaced (needs_key)
    PersonalData(const ImportPlan& plan, const PseudonymKey* key);

    [[nodiscard]] static bool needs_key(const ImportPlan& plan);
    /// True for a dropped column of registration numbers, firm names or addresses: a column of keyed hashes of all its
    /// texts (identity_pseudonym) is stored in its place, so that the table still joins. Not if the plan does not keep
    /// the column at all.
    [[nodiscard]] static bool keeps_join_key(const ColumnPlan& column);

    /// Looks at whose row it is. `fields` are all of the record's.
    void begin_row(const std::vector<std::string_view>& fields);
    /// Changes the text of a cell; `buffer` holds the new one.
    void protect(const ColumnPlan& column, CellValue& value, std::string& buffer);
    /// Replaces a text by its keyed hash, whoever's it is.
    void make_join_key(std::string_view field, CellValue& value, std::string& buffer);

  private:
    enum class Owner { unknown, organisation, nobody };

    /// A text replaced a short while ago: the rows of a firm often stand together.
    struct Replaced {
        std::string field;
        std::string text;
        std::string pseudonym;
    };
    static constexpr std::size_t replaced_kept = 64;

    void replace(std::string_view field, CellValue& value, std::string& buffer);

    const PseudonymKey* key_;
    std::optional<std::size_t> business_number_;  ///< place of the column
    Owner owner_ = Owner::unknown;
    std::vector<Replaced> replaced_;  ///< by a hash of the text
};

/// `text` with each resident number as ******-*******.
[[nodiscard]] std::string mask_resident_numbers(std::string_view text);

}  // namespace twinfirm::ingest
