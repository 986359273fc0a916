// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/type_decision.h"

#include <algorithm>
#include <array>

#include "twinfirm/ingest/cell_reading.h"
#include "twinfirm/ingest/header_name.h"
#include "twinfirm/ingest/region_name.h"

namespace twinfirm::ingest {

namespace {

/// Digits of one width from here on are codes, not amounts, unless a field or a unit says otherwise.
constexpr std::size_t code_width = 9;
constexpr std::int64_t code_rows = 10;

class Decision {
  public:
    Decision(const ColumnProfile& profile, std::size_t place, const std::map<std::string, std::string>& answers,
             ColumnPlan& column, std::vector<Problem>& problems, std::vector<Question>& questions,
             std::vector<Question>& offers)
        : profile_(profile),
          place_(static_cast<std::int64_t>(place) + 1),
          answers_(answers),
          column_(column),
          problems_(problems),
          questions_(questions),
          offers_(offers) {
        const CanonicalField* field = find_canonical_field(column.field);
        field_type_ = field == nullptr ? std::string() : field->type;
    }

    void decide() {
        column_.type = ValueType::text;
        if (!decide_region() && !decide_industry() && !decide_words() && !is_code()) decide_values();
        if (column_.type == ValueType::text) column_.unit.clear();
        if (column_.type != ValueType::text) {
            for (const auto& [word, count] : profile_.words) {
                if (missing_status(word) && !column_.labels.contains(word)) column_.missing.push_back(word);
            }
        }
        tell_oddities();
    }

  private:
    void warn(std::string code, MessageArguments arguments, std::int64_t count, std::int64_t line,
              Severity severity = Severity::warning) {
        arguments["column"] = column_.name;
        problems_.push_back({{std::move(code), severity, std::move(arguments), count}, line, place_});
    }

    /// The answer, or empty after having put the question.
    std::string ask(const std::string& code, const std::string& detail, MessageArguments arguments,
                    std::vector<std::string> choices) {
        std::string id = code + ":" + std::to_string(place_);
        if (!detail.empty()) id += ":" + detail;
        const auto found = answers_.find(id);
        std::string answer = found == answers_.end() ? std::string() : found->second;
        arguments["column"] = column_.name;
        questions_.push_back({std::move(id), code, std::move(arguments), std::move(choices), 0, place_});
        return answer;
    }

    /// 시도: by name, or by codes of which two systems collide.
    bool decide_region() {
        if (field_type_ != "region" || !profile_.words_complete || profile_.words.empty()) return false;
        std::int64_t named = 0;
        std::int64_t coded = 0;
        bool administrative = true;
        bool statistical = true;
        bool differ = false;
        for (const auto& [word, count] : profile_.words) {
            if (missing_status(word)) continue;
            if (region_of_name(word)) {
                ++named;
                continue;
            }
            const auto first = region_of_code(word, RegionCodes::administrative);
            const auto second = region_of_code(word, RegionCodes::statistical);
            if (!first && !second) return false;
            ++coded;
            administrative = administrative && first;
            statistical = statistical && second;
            differ = differ || first != second;
        }
        if (named + coded == 0 || (coded > 0 && !administrative && !statistical)) return false;
        if (coded > 0) {
            bool statistical_chosen = !administrative;
            if (administrative && statistical && differ) {
                const std::string answer = ask("region_codes", {}, {}, {"administrative", "statistical", "text"});
                if (answer == "text") return false;
                statistical_chosen = answer == "statistical";
            }
            column_.rules.push_back(statistical_chosen ? ConversionRule::statistical_codes
                                                       : ConversionRule::administrative_codes);
        }
        column_.type = ValueType::region;
        return true;
    }

    bool decide_industry() {
        if (field_type_ != "ksic" || profile_.industry_codes == 0 || profile_.industry_codes != profile_.values()) {
            return false;
        }
        column_.type = ValueType::ksic;
        if (profile_.several_codes > 0) {
            column_.rest_name = column_.name + " (나머지)";
            warn("industry_codes_several", {{"rest", column_.rest_name}}, profile_.several_codes, 0, Severity::info);
        }
        return true;
    }

    /// Truth values and levels.
    bool decide_words() {
        if (!profile_.words_complete || profile_.words.empty()) return false;
        const std::vector<std::string> words = profile_.word_list();
        if (field_type_ == "level") return decide_levels(words);
        const bool flag = field_type_ == "bool";
        if (!flag && !field_type_.empty() && field_type_ != "category") return false;
        auto labels = boolean_words(words);
        const bool both =
            std::any_of(labels.begin(), labels.end(), [](const auto& label) { return label.second == 1; }) &&
            std::any_of(labels.begin(), labels.end(), [](const auto& label) { return label.second == 0; });
        const bool digits = labels.contains("0") || labels.contains("1");
        if (!labels.empty() && (flag || (both && !digits))) {
            column_.type = ValueType::boolean;
            column_.labels = std::move(labels);
            return true;
        }
        return flag && decide_one_two(words);
    }

    /// 1 and 2 may be yes and no, or no and yes.
    bool decide_one_two(const std::vector<std::string>& words) {
        std::vector<std::string> codes;
        for (const std::string& word : words) {
            if (!missing_status(word)) codes.push_back(word);
        }
        if (codes != std::vector<std::string>{"1", "2"}) return false;
        const std::string yes = ask("boolean_codes", {}, {}, {"1", "2", "keep"});
        if (yes == "keep") return false;
        column_.type = ValueType::boolean;
        column_.labels = {{"1", yes == "2" ? 0 : 1}, {"2", yes == "2" ? 1 : 0}};
        return true;
    }

    bool decide_levels(const std::vector<std::string>& words) {
        std::map<std::string, std::int64_t> labels;
        for (const std::string& word : words) {
            if (const auto level = level_of_word(word)) {
                labels[word] = *level;
                continue;
            }
            const AmbiguousLevel ambiguous = ambiguous_level(word);
            if (ambiguous.levels.empty() && missing_status(word)) continue;
            if (ambiguous.levels.empty()) return false;
            labels[word] = ambiguous.levels.front();
        }
        if (labels.empty()) return false;
        for (auto& [word, level] : labels) {
            const AmbiguousLevel ambiguous = ambiguous_level(word);
            if (ambiguous.levels.empty()) continue;
            if (ambiguous.same_band) {
                warn("level_word_covers_several", {{"word", word}, {"level", std::to_string(level)}},
                     profile_.words.at(word), 0);
                continue;
            }
            std::vector<std::string> choices;
            for (const int choice : ambiguous.levels) choices.push_back(std::to_string(choice));
            const std::string answer = ask("level_word", word, {{"word", word}}, std::move(choices));
            if (answer.size() == 1) level = answer[0] - '0';
        }
        column_.type = ValueType::level;
        column_.labels = std::move(labels);
        return true;
    }

    [[nodiscard]] bool numeric_field() const {
        constexpr std::array<std::string_view, 4> types = {"number", "count", "money", "percent"};
        return std::find(types.begin(), types.end(), field_type_) != types.end();
    }

    /// Columns whose digits are names.
    [[nodiscard]] bool is_code() const {
        constexpr std::array<std::string_view, 7> types = {"id", "brn", "crn", "text", "region", "ksic", "category"};
        if (std::find(types.begin(), types.end(), field_type_) != types.end()) return true;
        const bool all_digits = profile_.digits_only == profile_.values();
        if (profile_.leading_zeros > 0 && all_digits) return true;
        if (numeric_field() || !column_.unit.empty()) return false;
        if (names_an_identifier(column_.source)) return true;
        if (profile_.resident_numbers > 0 || (all_digits && profile_.least_digits == 13)) return true;
        return all_digits && profile_.digits_only >= code_rows && profile_.least_digits == profile_.most_digits &&
               profile_.least_digits >= code_width;
    }

    [[nodiscard]] bool header_ends_with(std::initializer_list<std::string_view> ends) const {
        const std::string name = comparable_name(column_.source);
        return std::any_of(ends.begin(), ends.end(), [&](std::string_view end) { return name.ends_with(end); });
    }

    void decide_values() {
        const std::int64_t values = profile_.values();
        if (values == 0) {
            if (profile_.cells > 0 && numeric_field()) decide_number();
            return;
        }
        take_confirmed_rules();
        const bool all_digits = profile_.digits_only == values;
        const bool date_name =
            field_type_ == "date" || field_type_ == "year" || header_ends_with({"일", "일자", "date"});
        const std::int64_t days = profile_.days + confirmed(day_rules);
        if (days == values && !numeric_field() && (date_name || !all_digits)) {
            column_.type = field_type_ == "year" ? ValueType::year : ValueType::date;
            return;
        }
        const bool year_name =
            field_type_ == "year" || field_type_ == "date" || header_ends_with({"연도", "년도", "year"});
        const std::int64_t years = profile_.years + confirmed(year_rules);
        if (years == values && !numeric_field() && (year_name || profile_.numbers == 0)) {
            column_.type = ValueType::year;
            return;
        }
        if (field_type_ == "year" && years + profile_.months + days == values) {
            column_.type = ValueType::year;
            return;
        }
        if (profile_.numbers + profile_.percents + confirmed(number_rules) == values && field_type_ != "date") {
            decide_number();
            return;
        }
        if (profile_.decimal_commas > 0 && profile_.decimal_commas + profile_.numbers == values) {
            decide_decimal_comma();
            return;
        }
        tell_mixed();
    }

    void decide_number() {
        const bool whole = profile_.whole == profile_.numbers && profile_.percents == 0;
        const bool amounts = confirmed(number_rules) > 0;
        if (amounts && field_type_ == "money" && column_.unit.empty()) column_.unit = "원";
        const bool percent_unit = column_.unit == "%" || column_.unit == "%p";
        if (profile_.percents > 0 || percent_unit || field_type_ == "percent") {
            column_.type = ValueType::percent;
            if (column_.unit.empty()) column_.unit = "%";
            if (profile_.percents > 0 && profile_.numbers > 0 && !percent_unit) {
                warn("percent_sign_missing", {}, profile_.numbers, 0);
            }
        } else if (won_power(column_.unit) >= 0 && (field_type_ == "money" || field_type_.empty())) {
            column_.type = ValueType::money;
        } else if (field_type_ == "number" || !whole) {
            column_.type = ValueType::number;
        } else {
            column_.type = ValueType::integer;
        }
        if (field_type_ == "money" && column_.unit.empty()) {
            warn("money_unit_not_stated", {}, profile_.values(), 0, Severity::info);
        }
    }

    static constexpr std::array number_rules = {ConversionRule::korean_amount, ConversionRule::unit_in_cell,
                                                ConversionRule::grouped_digits};
    static constexpr std::array year_rules = {ConversionRule::two_digit_year, ConversionRule::fiscal_year,
                                              ConversionRule::year_and_month};
    static constexpr std::array day_rules = {ConversionRule::day_number, ConversionRule::year_first,
                                             ConversionRule::day_first, ConversionRule::month_first};

    [[nodiscard]] static std::string offer_id(std::int64_t place, ConversionRule rule) {
        return "convert:" + std::to_string(place) + ":" + std::string(conversion_rule_name(rule));
    }

    [[nodiscard]] std::int64_t proposed(ConversionRule rule) const {
        return profile_.proposals[static_cast<std::size_t>(rule)].count;
    }

    void take_confirmed_rules() {
        for (std::size_t i = first_confirmed_rule; i < conversion_rules; ++i) {
            const auto rule = static_cast<ConversionRule>(i);
            const auto answer = answers_.find(offer_id(place_, rule));
            if (proposed(rule) > 0 && answer != answers_.end() && answer->second == "yes") {
                column_.rules.push_back(rule);
            }
        }
    }

    /// Cells that the confirmed ones of some rules read. Where two rules read the same cells, the greater count.
    template <std::size_t n>
    [[nodiscard]] std::int64_t confirmed(const std::array<ConversionRule, n>& rules) const {
        std::int64_t cells = 0;
        std::int64_t ordered = 0;
        for (const ConversionRule rule : rules) {
            if (std::find(column_.rules.begin(), column_.rules.end(), rule) == column_.rules.end()) continue;
            const std::int64_t count = proposed(rule);
            if (rule >= ConversionRule::year_first) {
                ordered = std::max(ordered, count);
            } else {
                cells += count;
            }
        }
        return cells + ordered;
    }

    /// Offers the rules that would read more of the column's cells.
    template <std::size_t n>
    void offer(const std::array<ConversionRule, n>& rules) {
        for (const ConversionRule rule : rules) {
            const RuleUse& use = profile_.proposals[static_cast<std::size_t>(rule)];
            if (use.count == 0) continue;
            const auto reading = read_by_rule(use.first.text, rule);
            if (!reading) continue;
            const std::string name(conversion_rule_name(rule));
            offers_.push_back({offer_id(place_, rule),
                               "convert_" + name,
                               {{"column", column_.name},
                                {"rule", name},
                                {"text", use.first.text},
                                {"value", reading->text()},
                                {"count", std::to_string(use.count)}},
                               {"yes", "no"},
                               use.first.line,
                               place_});
        }
    }

    void decide_decimal_comma() {
        const std::string answer =
            ask("decimal_comma", {}, {{"text", profile_.first_not_number.text}}, {"decimal_comma", "text"});
        if (answer == "text") return;
        column_.type = ValueType::number;
        column_.decimal_comma = true;
    }

    /// Mostly numbers or dates, but not all: text, and the analyst is told where the first odd cell stands.
    void tell_mixed() {
        const std::int64_t values = profile_.values();
        const std::int64_t numbers = profile_.numbers + profile_.percents;
        const std::int64_t dates = profile_.days + profile_.months + profile_.years + profile_.doubtful_dates;
        const bool dated_field = field_type_ == "date" || field_type_ == "year";
        if (!dated_field && numbers >= dates && (numbers * 4 >= values || (numeric_field() && numbers > 0))) {
            warn("column_not_all_numbers", {{"text", profile_.first_not_number.text}}, values - numbers,
                 profile_.first_not_number.line);
            offer(number_rules);
        } else if (dates * 2 >= values || (dated_field && dates > 0)) {
            warn("column_not_all_dates", {{"text", profile_.first_not_date.text}},
                 std::max<std::int64_t>(values - profile_.days, 1), profile_.first_not_date.line);
            offer(year_rules);
            offer(day_rules);
        } else if (numeric_field() || field_type_ == "bool" || field_type_ == "level" || dated_field) {
            warn("column_is_text", {{"text", profile_.first_not_number.text}}, values, profile_.first_not_number.line);
            offer(number_rules);
            offer(year_rules);
            offer(day_rules);
        } else {
            offer_whole_column();
        }
    }

    /// A column without a field whose cells are all of one form that a rule reads.
    void offer_whole_column() {
        const std::int64_t values = profile_.values();
        std::int64_t numbers = profile_.numbers;
        for (const ConversionRule rule : number_rules) numbers += proposed(rule);
        std::int64_t years = profile_.years;
        for (const ConversionRule rule : year_rules) years += proposed(rule);
        if (numbers >= values) {
            warn("column_not_all_numbers", {{"text", profile_.first_not_number.text}}, values - profile_.numbers,
                 profile_.first_not_number.line);
            offer(number_rules);
        } else if (years >= values) {
            warn("column_not_all_dates", {{"text", profile_.first_not_date.text}}, values - profile_.years,
                 profile_.first_not_date.line);
            offer(year_rules);
        }
    }

    void tell_oddities() {
        if (profile_.invisible > 0) {
            warn("invisible_characters", {}, profile_.invisible, profile_.first_invisible.line);
        }
        if (profile_.nul_bytes > 0) warn("nul_in_cells", {}, profile_.nul_bytes, 0);
        const bool identifier = field_type_ == "id" || field_type_ == "brn" || field_type_ == "crn";
        if (identifier && profile_.scientific > 0) {
            warn("identifier_damaged", {{"text", profile_.first_scientific.text}}, profile_.scientific,
                 profile_.first_scientific.line);
        }
    }

    const ColumnProfile& profile_;
    std::int64_t place_;
    const std::map<std::string, std::string>& answers_;
    ColumnPlan& column_;
    std::vector<Problem>& problems_;
    std::vector<Question>& questions_;
    std::vector<Question>& offers_;
    std::string field_type_;
};

}  // namespace

bool names_an_identifier(std::string_view header) {
    const std::string name = comparable_name(header);
    for (const std::string_view end : {"번호", "코드", "code"}) {
        if (name.ends_with(end)) return true;
    }
    if (name == "id" || name == "no" || name == "key" || name.ends_with("아이디")) return true;
    // Short ends count only as words of their own: 기업ID, firm_id, BIZ.NO, but not 'valid' or 'casino'.
    const std::string shown = display_name(header);
    for (const std::string_view end : {"id", "ID", "Id", "no", "NO", "No"}) {
        std::string_view front = trim(shown);
        if (front.ends_with('.')) front.remove_suffix(1);
        if (!front.ends_with(end) || front.size() == end.size()) continue;
        const char before = front[front.size() - end.size() - 1];
        const bool letter = (before >= 'a' && before <= 'z') || (before >= 'A' && before <= 'Z');
        if (!letter) return true;
    }
    return false;
}

void decide_type(const ColumnProfile& profile, std::size_t place, const std::map<std::string, std::string>& answers,
                 ColumnPlan& column, std::vector<Problem>& problems, std::vector<Question>& questions,
                 std::vector<Question>& offers) {
    Decision(profile, place, answers, column, problems, questions, offers).decide();
}

}  // namespace twinfirm::ingest
