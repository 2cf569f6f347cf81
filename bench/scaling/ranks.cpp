// What a step of mpi::fit takes on the ranks that there are, and what of it is the exchange: `mpirun -n 2 rank_scaling`.
#include "report/table.hpp"
#include "scaling/net.hpp"
#include "timing/median.hpp"

#include <CLI/CLI.hpp>
#include <inlay/mpi.hpp>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

namespace bench {
namespace {

struct exchange {
  double gradient, message; // ns: all ranks' gradients added; the least message there and back, halved
};

/// What a step of fit() sends: slices of the gradient to those who add them, and the sums back.
exchange measure_exchange(std::size_t numbers, int repetitions) {
  int count = 1, own = 0;
  MPI_Comm_size(MPI_COMM_WORLD, &count);
  MPI_Comm_rank(MPI_COMM_WORLD, &own);
  const int slice = static_cast<int>(numbers) / count;
  std::vector<float> from(numbers), to(numbers);
  std::vector<double> gradient, message;
  for (int r = 0; r < 100 * repetitions; ++r) {
    MPI_Barrier(MPI_COMM_WORLD);
    gradient.push_back(ns_of([&] {
      MPI_Alltoall(from.data(), slice, MPI_FLOAT, to.data(), slice, MPI_FLOAT, MPI_COMM_WORLD);
      MPI_Allgather(MPI_IN_PLACE, 0, MPI_FLOAT, from.data(), slice, MPI_FLOAT, MPI_COMM_WORLD);
    }));
    MPI_Barrier(MPI_COMM_WORLD);
    if (count > 1 && own < 2)
      message.push_back(ns_of([&] {
                          float one = 0;
                          for (int way = 0; way < 2; ++way)
                            if (way == own) MPI_Send(&one, 1, MPI_FLOAT, 1 - own, 0, MPI_COMM_WORLD);
                            else MPI_Recv(&one, 1, MPI_FLOAT, 1 - own, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
                        }) /
                        2);
  }
  return {median(gradient), message.empty() ? 0 : median(message)};
}

template <class Net>
void add_rows(table& t, const char* name, int ranks, int repetitions) {
  const std::size_t numbers = Net::topology::storage;
  const auto sent = measure_exchange(numbers, repetitions);
  for (const std::size_t batch : {32u, 128u, 256u, 1024u}) {
    const std::size_t steps = std::max<std::size_t>(8, 8192 / batch);
    const auto of = std::make_unique<training<Net>>(steps * batch);
    std::vector<double> alone, together;
    for (int r = 0; r <= repetitions; ++r) {
      MPI_Barrier(MPI_COMM_WORLD);
      const double one = ns_of([&] { of->epoch(batch); });
      MPI_Barrier(MPI_COMM_WORLD);
      const double all = ns_of([&] {
        inlay::mpi::fit(MPI_COMM_WORLD, of->net, of->optimizer, inlay::cross_entropy{}, of->xs, of->ys, {.batch_size = batch});
      });
      if (r > 0) alone.push_back(one / static_cast<double>(steps)), together.push_back(all / static_cast<double>(steps));
    }
    t.add({name, std::to_string(batch), duration(median(alone)), duration(median(together)), number("%.2f", median(alone) / median(together)),
           ranks > 1 ? duration(sent.gradient) : "", ranks > 1 ? duration(sent.message) : ""});
  }
}

int main(int argc, char** argv) {
  int repetitions = 15, ranks = 1, own = 0;
  CLI::App app{"Measures training on MPI's ranks."};
  app.add_option("--repetitions", repetitions, "of every measurement; the median counts")->check(CLI::PositiveNumber);
  CLI11_PARSE(app, argc, argv);
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  MPI_Comm_rank(MPI_COMM_WORLD, &own);
  table t({"a step, Adam", "batch", "every rank alone", std::to_string(ranks) + (ranks == 1 ? " rank" : " ranks"), "faster", "exchange", "a message"});
  add_rows<t3>(t, "T3 784-128-10", ranks, repetitions);
  add_rows<t4>(t, "T4 17-256-256-6", ranks, repetitions);
  if (own == 0) {
    std::printf("Training on MPI's ranks (every rank alone: as many copies at once; exchange: all gradients added, a part of the step)\n");
    t.print();
  }
  return 0;
}

} // namespace
} // namespace bench

int main(int argc, char** argv) {
  MPI_Init(&argc, &argv);
  const int status = bench::main(argc, argv);
  MPI_Finalize();
  return status;
}
