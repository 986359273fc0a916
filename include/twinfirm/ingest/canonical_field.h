// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "twinfirm/base/language.h"
#include "twinfirm/store/row_sink.h"

namespace twinfirm::ingest {

/// A meaning that a column can have, whatever its header says (data/fields.json).
struct CanonicalField {
    std::string key;  ///< "sales"
    LocalizedText name;
    std::string type;  ///< id brn crn text year region ksic category date number count money percent bool level
    std::string role;
    std::string unit;  ///< unit in which results are shown
    std::vector<std::string> synonyms;
    bool sensitive = false;  ///< identifies a person or firm
};

/// All fields in the file's order.
[[nodiscard]] const std::vector<CanonicalField>& canonical_fields();
/// Null if there is none.
[[nodiscard]] const CanonicalField* find_canonical_field(std::string_view key);

/// What a header says about the meaning of its column.
struct FieldMatch {
    std::string field;      ///< empty = none
    double confidence = 0;  ///< 1 the field's own name, .95 a synonym, .6 part of the header, .5 one letter off
    std::string reason;     ///< name, synonym, part, similar, conflict, year_in_header, none
    std::vector<std::string> candidates;  ///< of a conflict: all fields with that very name
};

/// Compares by comparable_name. Only matches of at least `accepted_confidence` are taken without asking.
[[nodiscard]] FieldMatch match_field(std::string_view header);
inline constexpr double accepted_confidence = 0.9;

/// Why a text means that there is no value (codes of data/fields.json); nothing if it is no such code.
[[nodiscard]] std::optional<store::ValueStatus> missing_status(std::string_view text);

/// Adoption level of a word (Lv.3, 중간1, 기초2); nothing if unknown or ambiguous (기초 alone is Lv1 or Lv2).
[[nodiscard]] std::optional<int> level_of_word(std::string_view text);
/// A word that stands for several levels.
struct AmbiguousLevel {
    std::vector<int> levels;  ///< likeliest first; empty = the word is not ambiguous
    bool same_band = false;   ///< all of them lie in one band (기초: Lv1 and Lv2), so that no breakdown is touched
};
[[nodiscard]] AmbiguousLevel ambiguous_level(std::string_view text);

/// The pair of words for yes and no (Y/N, O/X, 예/아니오, 도입/미도입 ...) that covers `words`: word -> 1 or 0. Words
/// that mean "no value" are left out. Empty if no pair does.
[[nodiscard]] std::map<std::string, std::int64_t> boolean_words(const std::vector<std::string>& words);

}  // namespace twinfirm::ingest
