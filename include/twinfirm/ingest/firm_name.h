// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace twinfirm::ingest {

/// A firm's name reduced to what is compared: Hangul composed (NFC), full-width letters as ASCII, lower case; legal
/// forms
/// ((주), ㈜, 주식회사, 유한회사, (유), 농업회사법인 ...) and a branch ((지점), (서울지점), a last word 서울지점) left
/// out, then without spaces, brackets and punctuation. (주) 가나 정밀, 가나정밀 주식회사 -> 가나정밀.
///
/// What stands in other brackets stays: a second name tells firms apart. Foreign forms (Co., Ltd.) stay too. Empty if
/// nothing but a form is left. O(length).
[[nodiscard]] std::string comparable_firm_name(std::string_view name);

}  // namespace twinfirm::ingest
