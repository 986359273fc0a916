// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace twinfirm::ingest {

/// An address reduced to what old (지번) and new (도로명) addresses of one place have in common: the short name of the
/// 시도 under any of its names (강원도, 강원특별자치도 -> 강원) and the 시, 군, 구 behind it. A postcode before it is
/// left out. `(24341) 강원특별자치도 춘천시 퇴계로 12, 3층` -> `강원 춘천시`; `경기도 수원시 영통구 광교로 1` -> `경기
/// 수원시 영통구`.
///
/// What stands further back (road, number, storey) differs between spellings and is not compared: two firms of one name
/// in one 시군구 are told apart by nothing here. Empty if the first word is no 시도. O(length).
[[nodiscard]] std::string comparable_address(std::string_view address);

}  // namespace twinfirm::ingest
