#include "report/files.hpp"
#include "report/terminal.hpp"

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

/// One histogram a block, the library's name and median above it: gnuplot's `index`.
void write_histograms(const std::string& path, const std::vector<single_calls>& calls) {
  auto file = create(path);
  for (const auto& c : calls) {
    file << "\"" << c.library << "\" " << c.p50 << ' ' << c.p999 << '\n';
    for (const auto& [begin, share] : c.histogram) file << begin << ' ' << share << '\n';
    file << "\n\n";
  }
}

} // namespace

void write_plot_data(const std::string& folder, const report& r) {
  for (const char* task : {"back-to-back", "dependent", "batch", "training"})
    write_task(folder + '/' + task + ".tsv", r.results, task);
  for (const auto& [net, calls] : r.calls)
    if (net.name == "N4" || r.calls.size() == 1) write_histograms(folder + "/calls.dat", calls);

  auto facts = create(folder + "/facts.gp");
  const auto& m = r.machine;
  facts << "cpu = \"" << m.cpu << "\"\nisa = \"" << instruction_set << "\"\ncompiler = \"" << INLAY_BENCH_COMPILER
        << "\"\npeak = " << m.peak << "\nload_l1 = " << m.load[l1].rate << "\nload_l2 = " << m.load[l2].rate
        << "\nload_beyond = " << m.load[beyond].rate << '\n';
  for (const auto& [net, calls] : r.calls)
    if (net.name == "N4" || r.calls.size() == 1)
      facts << "histogram_net = \"" << net.name << " (" << net.text << ")\"\n";
}

} // namespace bench
