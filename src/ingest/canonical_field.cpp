// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/canonical_field.h"

#include <algorithm>
#include <utility>

#include "field_catalogue.h"
#include "twinfirm/base/text_encoding.h"
#include "twinfirm/ingest/header_name.h"

namespace twinfirm::ingest {

namespace {

struct Spelling {
    std::string comparable;
    std::u32string letters;  ///< of `comparable`
    std::string field;
    bool own_name = false;
};

std::u32string code_points(std::string_view text) {
    std::u32string out;
    for (std::size_t i = 0; i < text.size();) out.push_back(next_code_point(text, i));
    return out;
}

std::vector<Spelling> read_spellings() {
    std::vector<Spelling> spellings;
    const auto add = [&](const std::string& name, const std::string& field, bool own_name) {
        std::string comparable = comparable_name(name);
        std::u32string letters = code_points(comparable);
        spellings.push_back({std::move(comparable), std::move(letters), field, own_name});
    };
    for (const CanonicalField& field : canonical_fields()) {
        for (const std::string* name : {&field.name.ko, &field.name.en, &field.key}) add(*name, field.key, true);
        for (const std::string& synonym : field.synonyms) add(synonym, field.key, false);
    }
    return spellings;
}

const std::vector<Spelling>& spellings() {
    static const std::vector<Spelling> all = read_spellings();
    return all;
}

std::string lower_compact(std::string_view text) {
    std::string out;
    for (const char c : display_name(text)) {
        if (c != ' ') out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return out;
}

/// The name without a year (2014, 2014년, 14년) at either end; unchanged if there is none.
std::string without_year(const std::string& name) {
    const auto digits_at = [&](std::size_t from) {
        std::size_t count = 0;
        while (from + count < name.size() && name[from + count] >= '0' && name[from + count] <= '9') ++count;
        return count;
    };
    constexpr std::string_view year_word = "년";
    const std::size_t front = digits_at(0);
    if ((front == 4 && (name.starts_with("19") || name.starts_with("20"))) || front == 2) {
        std::size_t end = front;
        const bool word = name.compare(end, year_word.size(), year_word) == 0;
        if (word) end += year_word.size();
        if (front == 4 || word) return name.substr(end);
    }
    std::size_t end = name.size();
    if (name.ends_with(year_word)) end -= year_word.size();
    if (end >= 4 && digits_at(end - 4) >= 4 &&
        (name.compare(end - 4, 2, "19") == 0 || name.compare(end - 4, 2, "20") == 0)) {
        return name.substr(0, end - 4);
    }
    return name;
}

/// One letter added, left out or changed.
bool one_letter_off(const std::u32string& a, const std::u32string& b) {
    const std::u32string& shorter = a.size() <= b.size() ? a : b;
    const std::u32string& longer = a.size() <= b.size() ? b : a;
    if (longer.size() - shorter.size() > 1) return false;
    std::size_t i = 0;
    while (i < shorter.size() && shorter[i] == longer[i]) ++i;
    const std::size_t skip = longer.size() == shorter.size() ? 1 : 0;
    return shorter.compare(i + skip, std::u32string::npos, longer, i + 1, std::u32string::npos) == 0;
}

FieldMatch exact_match(const std::string& name) {
    FieldMatch match;
    for (const Spelling& spelling : spellings()) {
        if (spelling.comparable != name) continue;
        auto& candidates = match.candidates;
        if (std::find(candidates.begin(), candidates.end(), spelling.field) == candidates.end()) {
            candidates.push_back(spelling.field);
        }
        if (spelling.own_name && match.confidence < 1) {
            match.field = spelling.field;
            match.confidence = 1;
            match.reason = "name";
        } else if (match.confidence == 0) {
            match.field = spelling.field;
            match.confidence = 0.95;
            match.reason = "synonym";
        }
    }
    if (match.confidence == 1) {
        match.candidates.clear();
    } else if (match.candidates.size() > 1) {
        match.field.clear();
        match.confidence = 0.5;
        match.reason = "conflict";
    } else {
        match.candidates.clear();
    }
    return match;
}

/// A field whose name is the beginning or end of the header, or one letter away from it; the longest name wins.
FieldMatch near_match(const std::string& name) {
    FieldMatch match;
    std::size_t longest = 0;
    const std::u32string letters = code_points(name);
    for (const Spelling& spelling : spellings()) {
        const std::string& known = spelling.comparable;
        const std::size_t size = spelling.letters.size();
        if (size >= 3 && size > longest && (name.starts_with(known) || name.ends_with(known))) {
            match = {spelling.field, 0.6, "part", {}};
            longest = size;
        } else if (longest == 0 && size >= 4 && match.field.empty() && one_letter_off(letters, spelling.letters)) {
            match = {spelling.field, 0.5, "similar", {}};
        }
    }
    return match;
}

}  // namespace

const std::vector<CanonicalField>& canonical_fields() {
    return field_catalogue().fields;
}

const CanonicalField* find_canonical_field(std::string_view key) {
    const auto& fields = canonical_fields();
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const auto& field) { return field.key == key; });
    return found == fields.end() ? nullptr : &*found;
}

FieldMatch match_field(std::string_view header) {
    const std::string name = comparable_name(header);
    FieldMatch match;
    if (!name.empty()) {
        match = exact_match(name);
        if (!match.reason.empty()) return match;
        const std::string yearless = without_year(name);
        if (yearless != name && !yearless.empty()) {
            match = exact_match(yearless);
            match.candidates.clear();
            match.confidence = 0.6;
            match.reason = "year_in_header";
            if (!match.field.empty()) return match;
            match = {};
        }
        match = near_match(name);
    }
    if (match.reason.empty()) match.reason = "none";
    return match;
}

std::optional<store::ValueStatus> missing_status(std::string_view text) {
    const FieldCatalogue& catalogue = field_catalogue();
    if (text.empty() || text.size() > catalogue.longest_missing_code ||
        !catalogue.begins_missing_code[static_cast<unsigned char>(text.front())]) {
        return std::nullopt;
    }
    const auto& codes = catalogue.missing_codes;
    const auto found = codes.find(text);
    if (found == codes.end()) return std::nullopt;
    return found->second;
}

std::optional<int> level_of_word(std::string_view text) {
    const auto& levels = field_catalogue().levels;
    const auto found = levels.find(lower_compact(text));
    if (found == levels.end()) return std::nullopt;
    return found->second;
}

AmbiguousLevel ambiguous_level(std::string_view text) {
    const auto& levels = field_catalogue().ambiguous_levels;
    const auto found = levels.find(lower_compact(text));
    return found == levels.end() ? AmbiguousLevel{} : found->second;
}

std::map<std::string, std::int64_t> boolean_words(const std::vector<std::string>& words) {
    const auto holds = [](const std::vector<std::string>& list, const std::string& word) {
        return std::find(list.begin(), list.end(), word) != list.end();
    };
    for (const auto& pair : field_catalogue().booleans) {
        std::map<std::string, std::int64_t> labels;
        bool covered = true;
        for (const std::string& word : words) {
            const std::string folded = lower_compact(word);
            if (holds(pair.yes, folded)) {
                labels[word] = 1;
            } else if (holds(pair.no, folded)) {
                labels[word] = 0;
            } else if (!word.empty() && !missing_status(word)) {
                covered = false;
            }
        }
        if (covered && !labels.empty()) return labels;
    }
    return {};
}

}  // namespace twinfirm::ingest
