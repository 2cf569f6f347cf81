// What derivatives of a net cost beside a call, and beside forward duals and generated scalar code. Everybody's Jacobian is compared with
// inlay's before anything is timed.
#include "derivative/offer.hpp"
#include "machine/limit.hpp"
#include "report/machine.hpp"
#include "report/table.hpp"
#include "timing/median.hpp"
#include "timing/progress.hpp"
#include "timing/run.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

namespace bench {

std::vector<derivative_net>& derivative_nets() {
  static std::vector<derivative_net> all;
  return all;
}
std::vector<derivative_peer>& derivative_peers() {
  static std::vector<derivative_peer> all;
  return all;
}

namespace {

std::string wrong_jacobian(const derivative_net& net, const derivative_contender& c) {
  const auto expected = net.contenders.front().numbers(), found = c.numbers();
  double worst = 0, largest = 0;
  for (std::size_t k = 0; k < expected.size(); ++k) {
    const double error = std::abs(found.at(k) - expected[k]);
    if (!(error <= worst)) worst = error; // a NaN is worst
    largest = std::max(largest, std::abs(expected[k]));
  }
  return worst <= 1e-4 * largest ? "" : c.name + " on " + net.name + ": the Jacobian is off by " + number("%.2g", worst / largest) + " of its largest number (allowed: 1e-4)";
}

/// inlay's times, each with how many calls it is; the Jacobian's limit; the others' Jacobians.
std::vector<std::string> measure(const derivative_net& net, const std::vector<const derivative_contender*>& others, effort effort) {
  const auto& own = net.contenders.front();
  std::vector<candidate> candidates{peak_candidate(), {"call", own.value}, {"jvp", own.jvp}, {"vjp", own.vjp}, {"Jacobian", own.jacobian}};
  if (own.hessian) candidates.push_back({"Hessian", own.hessian});
  const std::size_t first_other = candidates.size();
  for (const auto* other : others) candidates.push_back({other->name, other->jacobian});
  run(candidates, effort);
  const auto ns = [&](std::size_t k) { return median(candidates[k].ns); };
  std::vector<std::string> text{net.name, duration(ns(1))};
  for (std::size_t k = 2; k < 6; ++k) {
    const bool has = k < 5 || own.hessian;
    text.push_back(has ? duration(ns(k)) : "");
    text.push_back(has ? number("%.1f", ns(k) / ns(1)) : "");
  }
  text.push_back(duration(peak_ns(net.multiply_adds * (1 + std::min(net.inputs, net.outputs)), ns(0))));
  for (const char* name : {"Eigen duals", "CasADi's C"}) {
    std::string found[2];
    for (std::size_t k = 0; k < others.size(); ++k)
      if (others[k]->name == name) found[0] = duration(ns(first_other + k)), found[1] = number("%.0f", ns(first_other + k) / ns(4));
    text.insert(text.end(), found, found + 2);
  }
  return text;
}

int main(int argc, char** argv) {
  effort effort{15, 0.05};
  CLI::App app{"Measures derivatives of nets, of inlay, of Eigen's forward duals and of CasADi's generated C."};
  app.add_option("--repetitions", effort.repetitions, "of every measurement; the median counts")->check(CLI::PositiveNumber);
  app.add_option("--seconds", effort.seconds, "of one repetition")->check(CLI::PositiveNumber);
  CLI11_PARSE(app, argc, argv);
  initialize_benchmark(argv[0]);

  for (const auto& peer : derivative_peers())
    for (auto& net : derivative_nets())
      if (net.name == peer.net) net.contenders.push_back(peer.make(net));
  std::vector<std::string> wrong;
  const auto m = measure_machine();
  table t({"net", "a call", "jvp", "calls", "vjp", "calls", "Jacobian", "calls", "Hessian", "calls", "limit", "Eigen duals", "x", "CasADi's C", "x"});
  progress shown(derivative_nets().size());
  bool duals = false, casadi = false;
  for (const auto& net : derivative_nets()) {
    shown.next(net.name);
    std::vector<const derivative_contender*> others;
    for (const auto& c : net.contenders)
      if (&c != &net.contenders.front()) {
        if (const auto complaint = wrong_jacobian(net, c); !complaint.empty()) wrong.push_back(complaint);
        else others.push_back(&c), (c.name == "Eigen duals" ? duals : casadi) = true;
      }
    t.add(measure(net, others, effort));
  }
  shown.finish();
  print_machine(m);
  std::printf("\nDerivatives by the input, with the value (of jvp, vjp, Jacobian and Hessian how many calls they are; limit: the multiply-adds of a\n"
              "call and the Jacobian at the peak; the others' times of value and Jacobian, and how many of inlay's they are)\n");
  t.print();
  if (!duals) std::printf("skipped: Eigen's duals want Eigen, and have tanh, relu and identity only\n");
  if (!casadi) std::printf("skipped: CasADi's C: bench/derivative/generated_c.py makes it, cmake -DINLAY_BENCH_CASADI=FOLDER names it\n");
  for (const auto& text : wrong) std::printf("WRONG, not measured: %s\n", text.c_str());
  print_quietness(quiet());
  return wrong.empty() ? 0 : 1;
}

} // namespace
} // namespace bench

int main(int argc, char** argv) try { return bench::main(argc, argv); } catch (const std::exception& e) {
  std::fprintf(stderr, "derivative_cost: %s\n", e.what());
  return 2;
}
