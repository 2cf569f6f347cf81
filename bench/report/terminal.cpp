#include "report/terminal.hpp"

#include "measure/chain.hpp"
#include "net/examples.hpp"
#include "peer/session.hpp"
#include "report/machine.hpp"
#include "report/table.hpp"

#include <cstdio>

namespace bench {
namespace {

using text = std::vector<std::string>;

/// How many times longer each peer takes than inlay; its own time where inlay was not timed.
void append_ratios(text& row, const result& r, const text& names) {
  const auto ours = r.ns("inlay");
  for (const auto& name : names) {
    const auto theirs = r.ns(name);
    row.push_back(!theirs ? "" : (ours ? times(*theirs / *ours) : duration(*theirs)));
  }
}

void print_group(const char* title, const std::vector<result>& all, const char* task) {
  std::vector<result> rows;
  for (const auto& r : all)
    if (r.task == task && (r.task != "batch" || r.batch == 256)) rows.push_back(r);
  if (rows.empty()) return;
  std::printf("\n%s\n", title);
  const auto names = peers_in(rows);
  text header{"", "limit", "inlay", "of limit"};
  header.insert(header.end(), names.begin(), names.end());
  table t(header);
  for (const auto& r : rows) {
    const auto ours = r.ns("inlay");
    std::string what = r.net.name + "  " + r.net.text;
    if (r.task == "training") what += "  batch " + std::to_string(r.batch);
    text row{what, duration(r.limit) + (r.batch == 1 && r.task != "training" ? ' ' + r.limited_by : ""),
             ours ? duration(*ours) : "", ours ? percent(r.limit / *ours) : ""};
    append_ratios(row, r, names);
    t.add(row);
  }
  t.print();
}

void print_latency(const report& all) {
  std::vector<result> rows;
  for (const auto& r : all.results)
    if (r.task == "dependent") rows.push_back(r);
  if (rows.empty()) return;
  std::printf("\nOne sample, each call waiting for the output of the one before (chain: what waiting alone takes)\n");
  const auto names = peers_in(rows);
  text header{"", "chain", "inlay", "of chain"};
  header.insert(header.end(), names.begin(), names.end());
  table t(header);
  for (const auto& r : rows) {
    const double chain =
        dependency_chain_ns(all.machine, r.net, [&](const auto& name) { return all.activation_latency(name); });
    const auto ours = r.ns("inlay");
    text row{r.net.name + "  " + r.net.text, duration(chain), ours ? duration(*ours) : "",
             ours ? number("%.2f×", *ours / chain) : ""};
    append_ratios(row, r, names);
    t.add(row);
  }
  t.print();
}

void print_calls(const report& all) {
  if (all.calls.empty()) return;
  std::printf("\nSingle calls, each alone between two readings of the clock; allocations per call\n");
  table t({"", "p50", "p99", "p99.9", "p99.9 / p50", "largest", "allocations"});
  for (const auto& [net, calls] : all.calls)
    for (const auto& c : calls)
      if (c.library == "inlay" || net.name == example_net(inference_nets).name)
        t.add({net.name + "  " + c.library, duration(c.p50), duration(c.p99), duration(c.p999),
               number("%.2f", c.p999 / c.p50), duration(c.largest), number("%g", c.allocations)});
  t.print();
}

void print_activations(const report& all) {
  if (all.activations.empty()) return;
  std::printf("\nActivations: per register of %zu floats, from and to L1\n", lanes);
  table t({"", "error of σ", "σ", "σ and σ′", "waiting for σ"});
  for (const auto& a : all.activations)
    t.add({a.name, a.error, duration(a.value), duration(a.derivative), duration(a.latency)});
  t.print();
}

void print_states(const report& all) {
  if (all.states.empty()) return;
  std::printf("\nWhat the numbers do to the time: against ordinary ones\n");
  text header{""}, names;
  for (const auto& s : all.states)
    if (std::find(names.begin(), names.end(), s.library) == names.end()) names.push_back(s.library);
  header.insert(header.end(), names.begin(), names.end());
  table t(header);
  text said;
  for (const auto& s : all.states) {
    const auto what = s.what + ", " + s.state;
    if (s.state == "ordinary" || std::find(said.begin(), said.end(), what) != said.end()) continue;
    said.push_back(what);
    text row{what};
    for (const auto& name : names) {
      std::string ratio;
      for (const auto& x : all.states)
        if (x.what == s.what && x.state == s.state && x.library == name) ratio = number("%.2f×", x.ns / x.normal_ns);
      row.push_back(ratio);
    }
    t.add(row);
  }
  t.print();
}

} // namespace

std::vector<std::string> peers_in(const std::vector<result>& rows) {
  std::vector<std::string> names;
  for (const auto& l : libraries())
    if (l.name != "inlay" && std::find(names.begin(), names.end(), l.name) == names.end() &&
        std::any_of(rows.begin(), rows.end(), [&](const result& r) { return r.ns(l.name).has_value(); }))
      names.push_back(l.name);
  return names;
}

void print(const report& r) {
  print_machine(r.machine);
  print_group("One sample, calls back to back (limit: reading every weight once)", r.results, "back-to-back");
  print_latency(r);
  print_group("256 samples (limit: the multiply-adds at their peak)", r.results, "batch");
  print_group("One training step: forward, loss, backward, Adam (limit: the multiply-adds at their peak and the "
              "optimizer's bytes)",
              r.results, "training");
  print_calls(r);
  print_states(r);
  print_activations(r);

  std::printf("\nPeers: how many times as long as inlay.");
  for (const auto& name : peers_in(r.results))
    for (const auto& l : libraries())
      if (l.name == name) {
        std::printf(" %s %s.", name.c_str(), l.version.c_str());
        break;
      }
  std::printf("\n");
  if (!r.blas.name.empty())
    std::printf("Whoever multiplies with OpenBLAS runs its kernels for %s: %s.\n", r.blas.name.c_str(), r.blas.why.c_str());
  for (const auto& l : r.left_out) std::printf("Left out: %s.\n", l.c_str());
  for (const auto& w : r.wrong) std::printf("WRONG, not timed: %s\n", w.c_str());
  print_quietness(r.quiet);
}

} // namespace bench
