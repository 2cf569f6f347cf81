#pragma once

#include <functional>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

namespace bench {

/// One row of a group that is measured together.
struct candidate {
  std::string name;
  std::function<void(benchmark::State&)> loop;
  std::vector<double> ns{}; ///< per iteration, one for each repetition; what the run fills in
};

struct effort {
  int repetitions;
  double seconds; ///< of one repetition
};

/// Google Benchmark measures the candidates, their repetitions shuffled, so that what disturbs the machine disturbs
/// all. The time is the thread's own: what another process takes of the core does not count.
void run(std::vector<candidate>&, effort);

/// Seconds in all runs so far: that this thread had the core, and that passed. A quiet machine has the two equal.
struct time_spent {
  double processor = 0, real = 0;
};
time_spent spent();

/// To be called once before run.
void initialize_benchmark(const char* program);

} // namespace bench
