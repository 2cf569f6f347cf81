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

/// How quiet the machine was in all runs so far.
struct quietness {
  double processor = 0, real = 0; ///< seconds that this thread had the core, and that passed
  std::vector<double> idle{};     ///< ns of a loop that does nothing, once for each repetition of each run

  double taken() const; ///< the share of the time in which other processes had the core
  /// The rate at which the core issued instructions, of its fastest: less where its clock changes, or where another
  /// thread of the same core, which a virtual machine does not see, takes its share of each cycle.
  double speed() const;
};
const quietness& quiet();

/// To be called once before run.
void initialize_benchmark(const char* program);

} // namespace bench
