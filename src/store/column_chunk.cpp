// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/store/row_sink.h"

namespace twinfirm::store {

void ColumnChunk::append(const ColumnChunk& more) {
    integers_.insert(integers_.end(), more.integers_.begin(), more.integers_.end());
    reals_.insert(reals_.end(), more.reals_.begin(), more.reals_.end());
    const std::size_t before = bytes_.size();
    bytes_ += more.bytes_;
    for (const std::size_t end : more.ends_) ends_.push_back(before + end);
    status_.insert(status_.end(), more.status_.begin(), more.status_.end());
}

}  // namespace twinfirm::store
