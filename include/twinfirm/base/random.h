// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

namespace twinfirm {

/// Random numbers that are the same on every machine and standard library: xoshiro256** (Blackman & Vigna 2021) seeded
/// by SplitMix64. The standard library's distributions differ between implementations and are not used.
class Random {
  public:
    explicit Random(std::uint64_t seed);
    /// A stream of its own for each (seed, stream) pair.
    Random(std::uint64_t seed, std::uint64_t stream);

    std::uint64_t next();
    /// Uniform in [0, 1), 53 bits.
    double uniform();
    /// Uniform in 0 .. bound-1, unbiased (by rejection). bound > 0.
    std::uint64_t below(std::uint64_t bound);
    /// Standard normal, by the inverse distribution function (one uniform for each draw).
    double normal();
    /// Poisson with that mean (>= 0): inversion below 30, else normal approximation rounded and cut at 0.
    std::int64_t poisson(double mean);

    template <class T>
    void shuffle(std::vector<T>& values) {
        for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[below(i)]);
    }

  private:
    std::array<std::uint64_t, 4> state_{};
};

}  // namespace twinfirm
