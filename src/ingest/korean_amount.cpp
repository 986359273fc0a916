// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/korean_amount.h"

#include <string>
#include <utility>
#include <vector>

#include "twinfirm/base/decimal.h"
#include "twinfirm/base/text_encoding.h"
#include "twinfirm/ingest/header_name.h"

namespace twinfirm::ingest {

namespace {

constexpr std::size_t longest = 60;
constexpr int no_unit = 99;

class Parser {
  public:
    std::optional<KoreanAmount> parse(std::string_view text) {
        for (std::size_t i = 0; i < text.size();) {
            if (!take(next_code_point(text, i))) return std::nullopt;
        }
        if (!finish_number() || !finish()) return std::nullopt;
        if (negative_) out_.value = -out_.value;
        out_.single = numbers_ == 1;
        return out_;
    }

  private:
    bool take(char32_t c) {
        if (c >= 0xFF01 && c <= 0xFF5E) c = c - 0xFF01 + 0x21;
        if (out_.won && c != U' ') return false;
        if ((c >= U'0' && c <= U'9') || c == U',' || c == U'.') {
            if (pending_ && digits_.empty()) return false;
            digits_ += static_cast<char>(c);
            return true;
        }
        if (!finish_number()) return false;
        switch (c) {
            case U' ':
            case 0xA0:
            case 0x3000:
                return true;
            case U'-':
            case 0x2212:
            case U'△':
                if (numbers_ > 0 || negative_) return false;
                negative_ = true;
                return true;
            case U'십':
                return small_unit(1);
            case U'백':
                return small_unit(2);
            case U'천':
                return small_unit(3);
            case U'만':
                return large_unit(4);
            case U'억':
                return large_unit(8);
            case U'조':
                return large_unit(12);
            case U'원':
                out_.won = true;
                return numbers_ > 0;
            default:
                return false;
        }
    }

    /// The digits read so far become the pending number.
    bool finish_number() {
        if (digits_.empty()) return true;
        pending_ = parse_decimal(digits_);
        digits_.clear();
        ++numbers_;
        return pending_.has_value();
    }

    bool small_unit(int power) {
        if (!pending_ || power >= last_small_) return false;
        parts_.emplace_back(*pending_, power);
        pending_.reset();
        last_small_ = power;
        units_ = true;
        return true;
    }

    bool large_unit(int power) {
        if (power >= last_large_) return false;
        if (pending_) parts_.emplace_back(*pending_, 0);
        pending_.reset();
        if (parts_.empty() || !add_parts(power)) return false;
        last_large_ = power;
        last_small_ = no_unit;
        units_ = true;
        return true;
    }

    bool add_parts(int power) {
        for (const auto& [number, small] : parts_) {
            const auto scaled = scaled_integer(number, power + small);
            if (!scaled || scaled->rounded || __builtin_add_overflow(out_.value, scaled->value, &out_.value)) {
                return false;
            }
        }
        parts_.clear();
        return true;
    }

    bool finish() {
        if (!units_) return false;
        out_.thousands_only = last_large_ == no_unit;
        if (pending_) {
            if (!out_.won) return false;
            parts_.emplace_back(*pending_, 0);
        }
        return add_parts(0);
    }

    KoreanAmount out_;
    std::string digits_;
    std::optional<Decimal> pending_;
    std::vector<std::pair<Decimal, int>> parts_;  ///< of the present large unit: number and power of its small unit
    int last_small_ = no_unit;
    int last_large_ = no_unit;
    int numbers_ = 0;
    bool units_ = false;
    bool negative_ = false;
};

}  // namespace

std::optional<KoreanAmount> parse_korean_amount(std::string_view text) {
    text = trim(text);
    if (text.empty() || text.size() > longest) return std::nullopt;
    return Parser().parse(text);
}

}  // namespace twinfirm::ingest
