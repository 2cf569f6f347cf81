#include "timing/run.hpp"

#include "machine/loops.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>

namespace bench {
namespace {

class collector : public benchmark::BenchmarkReporter {
public:
  collector(std::vector<candidate>& candidates, quietness& total) : candidates_(candidates), total_(total) {}
  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>& runs) override {
    for (const auto& run : runs)
      if (run.run_type == Run::RT_Iteration && run.iterations > 0) {
        const auto i = std::stoul(run.run_name.function_name);
        auto& ns = i < candidates_.size() ? candidates_[i].ns : total_.idle;
        ns.push_back(run.cpu_accumulated_time * 1e9 / static_cast<double>(run.iterations));
        total_.processor += run.cpu_accumulated_time;
        total_.real += run.real_accumulated_time;
      }
  }

private:
  std::vector<candidate>& candidates_;
  quietness& total_;
};

quietness total;

} // namespace

void initialize_benchmark(const char* program) {
  std::string name = program, interleave = "--benchmark_enable_random_interleaving=true";
  char* arguments[]{name.data(), interleave.data(), nullptr};
  int count = 2;
  benchmark::Initialize(&count, arguments);
}

double quietness::taken() const { return real > 0 ? 1 - processor / real : 0; }
double quietness::speed() const {
  if (idle.empty()) return 1;
  const double mean = std::accumulate(idle.begin(), idle.end(), 0.0) / static_cast<double>(idle.size());
  return *std::ranges::min_element(idle) / mean;
}
const quietness& quiet() { return total; }

void run(std::vector<candidate>& candidates, effort effort) {
  for (std::size_t i = 0; i < candidates.size(); ++i) // named by its number: names need not be unique, numbers are
    benchmark::RegisterBenchmark(std::to_string(i).c_str(), candidates[i].loop)
        ->Repetitions(effort.repetitions)
        ->MinTime(effort.seconds);
  benchmark::RegisterBenchmark(std::to_string(candidates.size()).c_str(), [](benchmark::State& state) {
    for (auto _ : state) bench_nothing(64);
  })->Repetitions(effort.repetitions)
      ->MinTime(effort.seconds / 10);
  collector collect(candidates, total);
  benchmark::RunSpecifiedBenchmarks(&collect, ".");
  benchmark::ClearRegisteredBenchmarks();
  for (const auto& c : candidates)
    if (c.ns.empty()) throw std::runtime_error("Google Benchmark has no measurement of " + c.name);
}

} // namespace bench
