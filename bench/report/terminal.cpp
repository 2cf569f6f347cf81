#include "report/terminal.hpp"

#include "report/table.hpp"
#include "session.hpp"

#include <cstdio>

namespace bench {
namespace {

/// Peers in the order of this list, then any other.
std::vector<std::string> peers(const std::vector<result>& rows) {
  std::vector<std::string> names{"Eigen fixed", "Eigen dynamic", "OpenBLAS", "oneDNN",  "dlib",
                                 "FANN",        "tiny-dnn",      "libtorch", "onnxruntime"};
  std::erase_if(names, [&](const std::string& name) {
    return std::none_of(rows.begin(), rows.end(), [&](const result& r) { return r.ns(name).has_value(); });
  });
  return names;
}

void print(const char* title, const std::vector<result>& all, const char* task) {
  std::vector<result> rows;
  for (const auto& r : all)
    if (r.task == task) rows.push_back(r);
  if (rows.empty()) return;
  std::printf("\n%s\n", title);
  const auto names = peers(rows);
  std::vector<std::string> header{"net", "limit", "inlay", "of limit"};
  header.insert(header.end(), names.begin(), names.end());
  table t(header);
  for (const auto& r : rows) {
    const auto ours = r.ns("inlay");
    std::string what = r.net.name + "  " + r.net.text;
    if (r.task == "training") what += "  batch " + std::to_string(r.batch);
    std::vector<std::string> row{what, duration(r.limit) + ' ' + r.limited_by, ours ? duration(*ours) : "-",
                                 ours ? percent(r.limit / *ours) : "-"};
    for (const auto& name : names) {
      const auto theirs = r.ns(name);
      row.push_back(ours && theirs ? times(*theirs / *ours) : theirs ? duration(*theirs) : "-");
    }
    t.add(row);
  }
  t.print();
}

} // namespace

void print(const machine& m) {
  std::printf("%s, %s, L1 %zu KiB, L2 %zu KiB\n", m.cpu.c_str(), instruction_set, m.l1_bytes >> 10, m.l2_bytes >> 10);
  std::printf("multiply-adds per ns: %.1f from registers (%.0f GFLOP/s), %.1f with weights in L1, %.1f in L2, %.1f beyond\n", m.peak,
              2 * m.peak, m.load[l1].rate, m.load[l2].rate, m.load[beyond].rate);
  std::printf("ns: %.2f for a multiply-add that waits for another, %.2f for a sum, %.2f for a maximum, %.2f from a store to a broadcast of it\n",
              m.multiply_add_latency, m.add_latency, m.maximum_latency, m.hand_over);
}

void print(const std::vector<result>& results) {
  print("One sample, calls back to back (limit: reading every weight once)", results, "back-to-back");
  print("One sample, each call waiting for the one before: latency", results, "dependent");
  print("256 samples (limit: multiply-adds at the peak)", results, "batch");
  print("One training step: forward, loss, backward, Adam (limit: multiply-adds at the peak + the optimizer's bytes)", results,
        "training");
  std::printf("\nLibraries: how many times longer than inlay.");
  for (const auto& name : peers(results))
    for (const auto& l : libraries())
      if (l.name == name) {
        std::printf(" %s %s.", name.c_str(), l.version.c_str());
        break;
      }
  std::printf("\n");
}

} // namespace bench
