// program <what> [argument]...: one rank of what tests/mpi/run.sh tries.
#include "laws/network.hpp"

#include <inlay/inlay.hpp>
#include <inlay/io/checkpoint.hpp>
#include <inlay/mpi.hpp>
#include <inlay/threads.hpp>

#include <algorithm>
#include <csignal>
#include <cstddef>
#include <cstdio>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using namespace inlay;

// Enough work for ranks, each: dense; norms and draws; a workspace and time; double.
using wide = network<input<40>, dense<200, elu>, dense<150, inlay::tanh>, dense<3>>;
using drawn = network<input<2, 40>, conv1d<24, 5, relu>, batch_norm<>, dropout<std::ratio<1, 4>>, dense<70, relu>, dense<3>>;
using large = network<input<40>, dense<600, elu>, dense<400, inlay::tanh>, dense<3>>;
using steps = network<sequence<20, 8>, gru<32>, last_step, dense<3>>;
using exact = basic_network<double, input<40>, dense<200, elu>, dense<150, inlay::tanh>, dense<3>>;
using small = network<input<7>, dense<9, inlay::tanh>, dense<3>>;

template <class Net>
struct samples {
  std::vector<typename Net::input_type> xs;
  std::vector<std::size_t> ys;
  explicit samples(std::size_t count, std::size_t seed = 1) {
    for (std::size_t s = 0; s < count; ++s) {
      xs.push_back(laws::noise_array<typename Net::scalar, Net::inputs>(s + seed));
      ys.push_back(s % 3);
    }
  }
};

template <class Net>
struct in_order {
  using target_type = std::size_t;
  const samples<Net>& of;
  std::size_t fails_in_epoch = 99, at = 0, epoch = 0;
  void begin(std::size_t next) { epoch = next, at = 0; }
  std::size_t read(std::span<typename Net::input_type> xs, std::span<std::size_t> ys) {
    if (epoch == fails_in_epoch) throw std::runtime_error("file.csv: line 7: expected 65 numbers, found 3");
    std::size_t k = 0;
    for (; k < xs.size() && at < of.xs.size(); ++k, ++at) xs[k] = of.xs[at], ys[k] = of.ys[at];
    return k;
  }
};

template <class Net>
struct trained {
  Net net{};
  adam<Net> optimizer{{.learning_rate = typename Net::scalar(1e-3)}};
  history<typename Net::scalar> losses{};
  explicit trained(std::uint64_t seed) { initialize(net, seed); }
  bool operator==(const trained& other) const { return net == other.net && optimizer.mean == other.optimizer.mean && losses == other.losses; }
};

int rank() {
  int own = 0;
  MPI_Comm_rank(MPI_COMM_WORLD, &own);
  return own;
}

bool failed = false;
void check(bool holds, const char* what, std::size_t of) {
  if (holds) return;
  failed = true;
  std::printf("rank %d: %s: wrong, %zu\n", rank(), what, of);
}

template <class Net>
void alike(const char* name) {
  const samples<Net> learned(700), held_out(50, 5000);
  for (const std::size_t batch_size : {33u, 200u, 450u, 700u}) {
    const fit_options options{.epochs = 2, .batch_size = batch_size, .seed = 3, .learning_rate = [](std::size_t step) { return 1e-3 / static_cast<double>(step + 1); }, .clip_gradient_norm = 1, .keep_best = true};
    const auto wanted = std::make_unique<trained<Net>>(1), found = std::make_unique<trained<Net>>(rank() == 0 ? 1 : 9);
    wanted->losses = fit(threads(2), wanted->net, wanted->optimizer, cross_entropy{}, learned.xs, learned.ys, held_out.xs, held_out.ys, options);
    found->losses = mpi::fit(MPI_COMM_WORLD, found->net, found->optimizer, cross_entropy{}, learned.xs, learned.ys, held_out.xs, held_out.ys, options);
    check(*wanted == *found, name, batch_size);
  }
  if (rank() == 0) std::printf("%s: compared\n", name);
}

/// The same with a reader.
template <class Net>
void reads_alike(const char* name) {
  const samples<Net> learned(700), held_out(50, 5000);
  const fit_options options{.epochs = 2, .batch_size = 300, .seed = 3, .keep_best = true};
  const auto wanted = std::make_unique<trained<Net>>(1), found = std::make_unique<trained<Net>>(rank() == 0 ? 1 : 9);
  wanted->losses = fit(threads(2), wanted->net, wanted->optimizer, cross_entropy{}, in_order<Net>{learned}, held_out.xs, held_out.ys, options);
  found->losses = mpi::fit(MPI_COMM_WORLD, found->net, found->optimizer, cross_entropy{}, in_order<Net>{learned}, held_out.xs, held_out.ys, options);
  check(*wanted == *found, name, options.batch_size);
  if (rank() == 0) std::printf("%s: compared\n", name);
}

/// Epochs with a checkpoint at `file`, then, where it has all, a sum of the parameters.
void learn(const std::string& file, std::size_t epochs, const fit_options& with) {
  const samples<wide> learned(512);
  const auto of = std::make_unique<trained<wide>>(1);
  fit_options options = with;
  options.epochs = epochs;
  options.batch_size = 256;
  of->losses = mpi::fit(MPI_COMM_WORLD, of->net, of->optimizer, cross_entropy{}, learned.xs, learned.ys, options, io::checkpoint{file, 2});
  double sum = 0;
  for (std::size_t k = 0; k < wide::topology::storage; ++k) sum += static_cast<double>(of->net.theta()[k]) * static_cast<double>(k % 7);
  if (rank() == 0) std::printf("%zu epochs: %.17g\n", of->losses.size(), sum);
}

} // namespace

int main(int argc, char** argv) {
  MPI_Init(&argc, &argv);
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  const auto number = [&](std::size_t k) { return static_cast<std::size_t>(std::stoul(arguments.at(k))); };
  const auto& what = arguments.at(0);
  if (what == "alike") {
    alike<wide>("dense");
    alike<drawn>("batch_norm and dropout");
    alike<steps>("gru");
    alike<small>("little work");
    reads_alike<wide>("a reader");
#ifdef INLAY_TEST_ALL
    alike<large>("a workspace");
    alike<exact>("double");
#endif
    if (rank() == 0) std::printf("all compared\n");
  } else if (what == "learn") { // <file> <epochs>
    learn(arguments.at(1), number(2), {});
  } else if (what == "dies") { // <file> <epochs> <rank> <epoch>
    std::size_t at = 0;
    learn(arguments.at(1), number(2), {.learning_rate = [&](std::size_t step) { // of which every rank is asked
            if (step >= 2 * number(4) && at++ == 0 && rank() == static_cast<int>(number(3))) raise(SIGKILL);
            return 1e-3;
          }});
  } else if (what == "throws") { // <file>
    const samples<small> learned(64);
    trained<small> of(1);
    mpi::fit(MPI_COMM_WORLD, of.net, of.optimizer, cross_entropy{}, in_order<small>{learned, 3}, {.epochs = 9}, io::checkpoint{arguments.at(1)});
  } else if (what == "disagrees") {
    const samples<small> learned(100 + static_cast<std::size_t>(rank()));
    trained<small> of(1);
    mpi::fit(MPI_COMM_WORLD, of.net, of.optimizer, cross_entropy{}, learned.xs, learned.ys);
  } else if (what == "readers") { // of which one ends a batch before the other
    const samples<small> learned(64 + 64 * static_cast<std::size_t>(rank()));
    trained<small> of(1);
    mpi::fit(MPI_COMM_WORLD, of.net, of.optimizer, cross_entropy{}, in_order<small>{learned}, {.batch_size = 64});
  } else if (what == "rates") {
    const samples<small> learned(64);
    trained<small> of(1);
    mpi::fit(MPI_COMM_WORLD, of.net, of.optimizer, cross_entropy{}, learned.xs, learned.ys, {.epochs = 2, .learning_rate = 1e-3 * (1 + rank())});
  } else if (what == "halves") { // the usual way to a smaller rate
    const samples<small> learned(64);
    trained<small> of(1), alone(1);
    mpi::fit(MPI_COMM_WORLD, of.net, of.optimizer, cross_entropy{}, learned.xs, learned.ys, {.epochs = 5, .on_epoch = [&](std::size_t, double) { of.optimizer.options.learning_rate /= 2; }});
    fit(alone.net, alone.optimizer, cross_entropy{}, learned.xs, learned.ys, {.epochs = 5, .on_epoch = [&](std::size_t, double) { alone.optimizer.options.learning_rate /= 2; }});
    check(of.net == alone.net, "a rate that a callback halves", 5);
  } else if (what == "stops") { // a callback of rank 0's: all stop
    const samples<small> learned(64);
    trained<small> of(1);
    const auto losses = mpi::fit(MPI_COMM_WORLD, of.net, of.optimizer, cross_entropy{}, learned.xs, learned.ys,
                                 {.epochs = 9, .on_epoch = [](std::size_t epoch, double) {
                                    check(rank() == 0, "called on_epoch", epoch);
                                    return stop_training{epoch == 4};
                                  }});
    check(losses.size() == 5, "epochs", losses.size());
  } else {
    std::fprintf(stderr, "no such thing to try: %s\n", what.c_str());
    failed = true;
  }
  MPI_Finalize();
  return failed ? 1 : 0;
}
