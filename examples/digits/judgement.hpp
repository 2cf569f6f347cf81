#pragma once

#include "samples.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>
#include <vector>

namespace digits {

struct mistake {
  std::size_t image, truth, guess;
  float margin; // how much more the net believed in its guess than in the truth, in logits
};

/// How a net does on samples it has not learned from.
struct judgement {
  std::array<std::array<std::size_t, classes>, classes> confusion{}; // [truth][guess]
  std::vector<mistake> mistakes;                                     // the most confident first
  std::size_t count = 0;

  double accuracy() const { return 1 - static_cast<double>(mistakes.size()) / static_cast<double>(count); }

  void print() const {
    std::printf("truth  guess:");
    for (std::size_t guess = 0; guess < classes; ++guess)
      std::printf("%5zu", guess);
    std::printf("   right\n");
    for (std::size_t truth = 0; truth < classes; ++truth) {
      std::size_t all = 0;
      std::printf("%5zu        ", truth);
      for (const auto n : confusion[truth])
        n > 0 ? std::printf("%5zu", n) : std::printf("    ."), all += n;
      std::printf("%7.1f %%\n", 100 * static_cast<double>(confusion[truth][truth]) /
                                    static_cast<double>(std::max<std::size_t>(all, 1)));
    }
  }
};

template <class Net>
judgement judge(const Net& net, const samples<Net::inputs>& held_out) {
  std::vector<typename Net::output_type> logits(held_out.images.size());
  net(held_out.images, logits);
  judgement result;
  result.count = logits.size();
  for (std::size_t i = 0; i < logits.size(); ++i) {
    const auto truth = held_out.labels[i];
    const auto best = std::max_element(logits[i].begin(), logits[i].end());
    const auto guess = static_cast<std::size_t>(best - logits[i].begin());
    ++result.confusion[truth][guess];
    if (guess != truth)
      result.mistakes.push_back({i, truth, guess, *best - logits[i][truth]});
  }
  std::ranges::sort(result.mistakes, std::ranges::greater{}, &mistake::margin);
  return result;
}

} // namespace digits
