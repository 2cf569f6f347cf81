#include "net/examples.hpp"
#include "report/files.hpp"
#include "report/terminal.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>

namespace bench {
namespace {

std::ofstream create(const std::string& path) {
  std::ofstream file(path);
  if (!file) throw std::runtime_error("cannot write " + path);
  return file;
}

std::vector<std::string> columns(const std::vector<result>& rows) {
  auto names = peers_in(rows);
  names.insert(names.begin(), "inlay");
  return names;
}

/// A row for each net and task: its multiply-adds, the limit, and the ns of every library; "nan" where there is none.
void write_task(const std::string& path, const std::vector<result>& all, const std::string& task) {
  std::vector<result> rows;
  for (const auto& r : all)
    if (r.task == task) rows.push_back(r);
  std::stable_sort(rows.begin(), rows.end(),
                   [](const result& a, const result& b) { return a.net.multiply_adds() < b.net.multiply_adds(); });
  auto file = create(path);
  file << "net\tactivation\tbatch\tmultiply-adds\tlimit";
  for (const auto& name : columns(all)) file << '\t' << name;
  file << '\n';
  for (const auto& r : rows) {
    file << r.net.name << '\t' << r.net.activations[1] << '\t' << r.batch << '\t' << r.net.multiply_adds() << '\t'
         << r.limit;
    for (const auto& name : columns(all)) {
      if (const auto ns = r.ns(name)) file << '\t' << *ns;
      else file << "\tnan";
    }
    file << '\n';
  }
}

/// One histogram a block (gnuplot's index), the library's name above it: where a bin begins and ends, its share, and
/// the share of the calls that take longer.
void write_histograms(const std::string& path, const std::vector<single_calls>& calls) {
  auto file = create(path);
  for (const auto& c : calls) {
    file << '"' << c.library << "\"\n";
    double longer = 1;
    for (const auto& bin : c.histogram) {
      longer = std::max(0.0, longer - bin.share);
      file << bin.begin << ' ' << bin.end << ' ' << bin.share << ' ' << longer << '\n';
    }
    file << "\n\n";
  }
}

/// A line of gnuplot that sets a variable.
std::string set(const std::string& name, const std::string& text) { return name + " = \"" + text + "\"\n"; }
std::string set(const std::string& name, double value) { return name + " = " + std::to_string(value) + '\n'; }

} // namespace

void write_plot_data(const std::string& folder, const report& r) {
  for (const char* task : {"back-to-back", "dependent", "batch", "training"})
    write_task(folder + '/' + task + ".tsv", r.results, task);
  auto facts = create(folder + "/facts.gp");
  const auto& m = r.machine;
  facts << set("cpu", m.cpu) << set("isa", instruction_set) << set("compiler", INLAY_BENCH_COMPILER)
        << set("peak", m.peak);
  facts << "nets = " << inference_nets.size() << '\n';

  const auto& shown = example_net(inference_nets);
  for (const auto& [net, calls] : r.calls)
    if (net.name == shown.name) {
      write_histograms(folder + "/calls.dat", calls);
      facts << set("shown_net", net.name) << set("shown_topology", net.text);
    }

  // Every net that was measured with several batches has a roofline, at one sample as high as its own limit.
  std::string nets, titles, loads;
  for (const auto& net : swept_nets(inference_nets))
    for (const auto& x : r.results)
      if (x.net.name == net.name && x.task == "back-to-back") {
        nets += " '" + net.name + '\'', titles += " '" + net.name + ", weights in " + x.limited_by + '\'';
        loads += ' ' + std::to_string(static_cast<double>(net.multiply_adds()) / x.limit);
      }
  facts << set("roofline_nets", nets) << set("roofline_titles", titles) << set("roofline_loads", loads);
}

} // namespace bench
