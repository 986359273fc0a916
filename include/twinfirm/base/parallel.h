// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>

namespace twinfirm {

/// Runs `work(begin, end)` over [0, count) in pieces of `chunk`, on up to `threads` threads (0 = as many as the machine
/// has). The pieces are the same for every number of threads: a caller that keeps one partial result a piece and adds
/// them in order gets the same bits with any number of threads. An exception of a piece is thrown again here.
void parallel_chunks(std::size_t count, std::size_t chunk, unsigned threads,
                     const std::function<void(std::size_t begin, std::size_t end)>& work);

}  // namespace twinfirm
