// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/stats/formula.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

namespace twinfirm::stats {
namespace {

constexpr std::size_t max_crossed = 6;

bool is_ascii_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

bool is_hangul(char32_t c) {
    return (c >= 0x1100 && c <= 0x11FF) || (c >= 0x3130 && c <= 0x318F) || (c >= 0xA960 && c <= 0xA97F) ||
           (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xD7B0 && c <= 0xD7FF);
}

/// Bytes of the name character at the start of `text`, 0 = none. Hangul has three bytes in UTF-8.
std::size_t name_character(std::string_view text) {
    if (text.empty()) return 0;
    if (is_ascii_name(text[0])) return 1;
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    if (text.size() < 3 || (byte(0) & 0xF0U) != 0xE0U || (byte(1) & 0xC0U) != 0x80U || (byte(2) & 0xC0U) != 0x80U) {
        return 0;
    }
    const char32_t c = (byte(0) & 0x0FU) << 12U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU);
    return is_hangul(c) ? 3 : 0;
}

bool is_number(std::string_view name) {
    return std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Term make_term(const std::vector<Factor>& factors) {
    Term term;
    for (const Factor& factor : factors) {
        if (std::find(term.factors.begin(), term.factors.end(), factor) != term.factors.end()) continue;
        if (!term.factors.empty()) term.text += ':';
        term.text += factor_text(factor);
        term.factors.push_back(factor);
    }
    return term;
}

bool same_factors(const Term& a, const Term& b) {
    return a.factors.size() == b.factors.size() && std::all_of(a.factors.begin(), a.factors.end(), [&](const auto& f) {
               return std::find(b.factors.begin(), b.factors.end(), f) != b.factors.end();
           });
}

/// Recursive descent over the text; `at_` is the byte the next token begins at. A fault leaves it where it stands.
class Parser {
  public:
    explicit Parser(std::string_view text) : text_(text) {}

    Result<Formula> parse() {
        Formula formula;
        skip_blanks();
        if (!take('~')) {
            auto response = name();
            if (!response || !take('~')) return fault();
            formula.response = std::move(*response);
        }
        do {
            auto terms = expression();
            if (!terms) return fault();
            for (Term& term : *terms) add(formula.terms, std::move(term));
        } while (take('+'));
        if (at_ != text_.size()) return fault();
        std::stable_sort(formula.terms.begin(), formula.terms.end(),
                         [](const Term& a, const Term& b) { return a.factors.size() < b.factors.size(); });
        return formula;
    }

  private:
    static void add(std::vector<Term>& terms, Term term) {
        const bool known =
            std::any_of(terms.begin(), terms.end(), [&](const Term& other) { return same_factors(other, term); });
        if (!known) terms.push_back(std::move(term));
    }

    void skip_blanks() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n')) ++at_;
    }

    bool take(char c) {
        if (at_ >= text_.size() || text_[at_] != c) return false;
        ++at_;
        skip_blanks();
        return true;
    }

    std::optional<std::string> name() {
        const std::size_t start = at_;
        std::string result;
        if (at_ < text_.size() && text_[at_] == '`') {
            for (++at_; at_ < text_.size() && text_[at_] != '`'; ++at_) {
                if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
                result += text_[at_];
            }
            if (at_ == text_.size() || result.empty()) {
                at_ = start;
                return std::nullopt;
            }
            ++at_;
        } else {
            while (const std::size_t bytes = name_character(text_.substr(at_))) at_ += bytes;
            result = text_.substr(start, at_ - start);
            if (is_number(result)) {
                at_ = start;
                return std::nullopt;
            }
        }
        skip_blanks();
        return result;
    }

    std::optional<Factor> factor() {
        const bool quoted = at_ < text_.size() && text_[at_] == '`';
        const std::size_t start = at_;
        auto word = name();
        if (!word) return std::nullopt;
        if (quoted || at_ >= text_.size() || text_[at_] != '(') return Factor{Factor::Kind::column, *word, 1};
        Factor result;
        if (*word == "I") {
            result.kind = Factor::Kind::power;
        } else if (*word == "log") {
            result.kind = Factor::Kind::log;
        } else if (*word == "factor") {
            result.kind = Factor::Kind::factor;
        } else {
            at_ = start;
            return std::nullopt;
        }
        take('(');
        auto column = name();
        if (!column) return std::nullopt;
        result.column = std::move(*column);
        if (result.kind == Factor::Kind::power) {
            if (!take('^') || at_ >= text_.size() || text_[at_] < '1' || text_[at_] > '9') return std::nullopt;
            result.exponent = text_[at_++] - '0';
            skip_blanks();
        }
        if (!take(')')) return std::nullopt;
        return result;
    }

    /// `a`, `a:b`, `a*b:c`: `:` binds closer than `*`. An intercept gives no term.
    std::optional<std::vector<Term>> expression() {
        if (text_.substr(at_, 1) == "1" && name_character(text_.substr(at_ + 1)) == 0) {
            ++at_;
            skip_blanks();
            return std::vector<Term>{};
        }
        std::vector<std::vector<Factor>> crossed;
        do {
            std::vector<Factor> joined;
            do {
                auto next = factor();
                if (!next) return std::nullopt;
                joined.push_back(std::move(*next));
            } while (take(':'));
            if (crossed.size() == max_crossed) return std::nullopt;
            crossed.push_back(std::move(joined));
        } while (take('*'));

        std::vector<Term> terms;
        for (std::uint32_t chosen = 1; chosen < (1U << crossed.size()); ++chosen) {
            std::vector<Factor> factors;
            for (std::size_t i = 0; i < crossed.size(); ++i) {
                if ((chosen >> i & 1U) != 0) factors.insert(factors.end(), crossed[i].begin(), crossed[i].end());
            }
            terms.push_back(make_term(factors));
        }
        return terms;
    }

    [[nodiscard]] tl::unexpected<Error> fault() const {
        const auto characters = std::count_if(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(at_),
                                              [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
        const std::int64_t column = characters + 1;
        auto error = fail(ErrorKind::usage, "formula_syntax",
                          {{"formula", std::string(text_)}, {"column", std::to_string(column)}});
        error.value().column = column;
        return error;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace

Result<Formula> parse_formula(std::string_view text) {
    return Parser(text).parse();
}

std::string factor_text(const Factor& factor) {
    const std::string name = formula_name(factor.column);
    switch (factor.kind) {
        case Factor::Kind::power:
            return "I(" + name + "^" + std::to_string(factor.exponent) + ")";
        case Factor::Kind::log:
            return "log(" + name + ")";
        case Factor::Kind::factor:
            return "factor(" + name + ")";
        case Factor::Kind::column:
            break;
    }
    return name;
}

std::string formula_name(std::string_view name) {
    std::size_t at = 0;
    while (const std::size_t bytes = name_character(name.substr(at))) at += bytes;
    if (at == name.size() && !is_number(name)) return std::string(name);
    std::string quoted = "`";
    for (const char c : name) {
        if (c == '`' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return quoted + '`';
}

}  // namespace twinfirm::stats
