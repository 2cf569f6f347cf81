#include "report/machine.hpp"

#include "report/table.hpp"

#include <cstdio>

namespace bench {

void print_machine(const machine& m) {
  std::printf("%s, %s, L1 %zu KiB, L2 %zu KiB; %s\n", m.cpu.c_str(), instruction_set, m.l1_bytes >> 10,
              m.l2_bytes >> 10, INLAY_BENCH_COMPILER);
  std::printf("multiply-adds per ns: %.1f in registers (%.0f GFLOP/s); each with a weight from L1 %.1f, from L2 %.1f, "
              "from beyond %.1f\n",
              m.peak, 2 * m.peak, m.load[l1].rate, m.load[l2].rate, m.load[beyond].rate);
  std::printf(
      "waiting for the result, ns: multiply-add %.2f, sum %.2f, maximum %.2f, from a store to a broadcast of it %.2f\n",
      m.multiply_add_latency, m.add_latency, m.maximum_latency, m.hand_over);
}

void print_quietness(const quietness& quiet) {
  if (quiet.taken() > 0.02)
    std::printf("The machine was not quiet: other processes had this core for %s of the time.\n",
                percent(quiet.taken()).c_str());
  if (quiet.speed() < 0.97)
    std::printf("The machine was not quiet: this core issued %s of the instructions that it can; its clock changed, or a "
                "neighbour used it too (another thread, another virtual machine).\n",
                percent(quiet.speed()).c_str());
}

} // namespace bench
