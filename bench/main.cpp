#include "measure/groups.hpp"
#include "net/examples.hpp"
#include "peer/blas_core.hpp"
#include "report/files.hpp"
#include "report/report.hpp"
#include "report/terminal.hpp"
#include "timing/progress.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <exception>
#include <functional>

namespace bench {
namespace {

/// Those that a comparison of states is worth its time with.
std::vector<const library*> inlay_and_eigen(std::vector<const library*> libs) {
  std::erase_if(libs, [](const library* l) { return l->name != "inlay" && !l->name.starts_with("Eigen"); });
  return libs;
}

struct job {
  std::string what;
  std::function<void()> run;
};

/// All there is to measure, in order.
std::vector<job> jobs(report& r, judge& judge, effort effort) {
  std::vector<job> all;
  const auto add = [&](std::string what, std::function<void()> run) {
    all.push_back({std::move(what), std::move(run)});
  };
  const auto inference = [&, effort](const topology& net, const char* task, std::size_t batch) {
    r.results.push_back(measure_inference(r.machine, net, task, batch, judge.who_infers(net, batch), effort));
  };

  add("machine", [&] { r.machine = measure_machine(); });
  add("activations", [&, effort] { r.activations = measure_activations(effort); });
  for (const auto& net : inference_nets) {
    for (const char* task : {"back-to-back", "dependent"})
      add(net.name + ", " + task, [=, &net] { inference(net, task, 1); });
    add(net.name + ", batch of 256", [=, &net] { inference(net, "batch", 256); });
    add(net.name + ", single calls", [&, effort] {
      const auto turns = static_cast<std::size_t>(8 * effort.repetitions);
      r.calls.emplace_back(net, measure_single_calls(net, judge.who_infers(net, 1), turns));
    });
  }
  for (const auto& net : swept_nets(inference_nets))
    for (const auto batch : std::initializer_list<std::size_t>{2, 4, 8, 16, 32, 64, 128})
      add(net.name + ", batch of " + std::to_string(batch), [=] { inference(net, "batch", batch); });
  for (const auto& net : training_nets)
    for (const auto batch : std::initializer_list<std::size_t>{1, 32, 256})
      add(net.name + ", training with batches of " + std::to_string(batch), [=, &r, &judge, &net] {
        r.results.push_back(measure_training(r.machine, net, batch, judge.who_trains(net, batch), effort));
      });
  const auto& shown = example_net(inference_nets);
  add(shown.name + ", states", [=, &r, &judge, &shown] {
    r.states = measure_inference_states(shown, inlay_and_eigen(judge.who_infers(shown, 1)), effort);
  });
  const auto& t2 = net_called("T2", training_nets);
  add(t2.name + ", states in training", [=, &r, &judge, &t2] {
    for (auto& s : measure_training_states(t2, inlay_and_eigen(judge.who_trains(t2, 1)), effort))
      r.states.push_back(std::move(s));
  });
  return all;
}

int main(int argc, char** argv) {
  report r;
  r.blas = choose_blas_core(argv);
  effort effort{9, 0.03};
  std::string out;
  CLI::App app{"Measures inlay beside its peers on the nets of this build."};
  app.add_option("--repetitions", effort.repetitions, "of every measurement; the median counts")
      ->check(CLI::PositiveNumber);
  app.add_option("--seconds", effort.seconds, "of one repetition")->check(CLI::PositiveNumber);
  app.add_option("--out", out, "a folder for results.json and for what the pictures are drawn from")
      ->check(CLI::ExistingDirectory);
  CLI11_PARSE(app, argc, argv);
  initialize_benchmark(argv[0]);
  sort_libraries();

  judge judge;
  const auto all = jobs(r, judge, effort);
  progress shown(all.size());
  for (const auto& job : all) {
    shown.next(job.what);
    job.run();
  }
  shown.finish();
  r.wrong = judge.wrong(), r.left_out = judge.left_out(), r.quiet = quiet();

  print(r);
  if (!out.empty()) {
    write_json(out + "/results.json", r);
    write_plot_data(out, r);
  }
  return r.wrong.empty() ? 0 : 1;
}

} // namespace
} // namespace bench

int main(int argc, char** argv) try {
  return bench::main(argc, argv);
} catch (const std::exception& e) {
  std::fprintf(stderr, "bench: %s\n", e.what());
  return 2;
}
