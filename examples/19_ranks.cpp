// Training on MPI's ranks, with a checkpoint: digits of 8 x 8 pixels, drawn somewhere in noise, are learned by all ranks together.
//     mpirun -n 2 ./19_ranks [FILE]        of one machine or several; alone it is one rank. Ended in the middle, it goes on from FILE.
#include <inlay/inlay.hpp>
#include <inlay/io/checkpoint.hpp>
#include <inlay/mpi.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <random>
#include <vector>

// Few weights and much to compute for each: ranks send each other the weights' gradients at every step.
using net_t = inlay::network<inlay::input<1, 8, 8>, inlay::conv2d<16, 3, 3, inlay::relu>, inlay::conv2d<32, 3, 3, inlay::relu>,
                             inlay::max_pool2d<2>, inlay::dense<10>>;

/// Each digit as six rows of four pixels.
constexpr std::array<const char*, 10> glyphs{
    ".##.#..##..##..##..#.##.", "..#..##...#...#...#..###", ".##.#..#...#..#..#..####", "###....#.##....#...####.", "#..##..##..#####...#...#",
    "#####...###....#...####.", ".##.#...###.#..##..#.##.", "####...#..#...#..#...#..", ".##.#..#.##.#..##..#.##.", ".##.#..##..#.###...#.##."};

struct digits {
  std::vector<net_t::input_type> images;
  std::vector<std::size_t> classes;
};

/// All ranks draw from the same seed, as all have to have the same samples.
digits draw(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<float> noise(0, 0.25f);
  std::uniform_int_distribution<std::size_t> left(0, 8 - 4), top(0, 8 - 6);
  digits drawn{std::vector<net_t::input_type>(count), std::vector<std::size_t>(count)};
  for (std::size_t s = 0; s < count; ++s) {
    drawn.classes[s] = s % 10;
    const std::size_t corner = 8 * top(random) + left(random);
    for (float& pixel : drawn.images[s])
      pixel = noise(random);
    for (std::size_t i = 0; i < 24; ++i)
      drawn.images[s][corner + 8 * (i / 4) + i % 4] += glyphs[s % 10][i] == '#' ? 1.f : 0.f;
  }
  return drawn;
}

int main(int argc, char** argv) {
  MPI_Init(&argc, &argv);
  int rank = 0, ranks = 1;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);

  const auto training = draw(8000, 1), held_out = draw(2000, 2);
  static net_t net{};
  static inlay::adam<net_t> optimizer{{.learning_rate = 2e-3f}};
  inlay::initialize(net, 1);
  std::size_t epochs = 0; // of this run; the others are the checkpoint's
  const auto learn = [&](const auto&... checkpoint) {
    // Batches so large that it pays to share them out.
    return inlay::mpi::fit(MPI_COMM_WORLD, net, optimizer, inlay::cross_entropy{}, training.images, training.classes,
                           {.epochs = 12, .batch_size = 256, .seed = 1, .on_epoch = [&](std::size_t, double) { ++epochs; }}, checkpoint...);
  };
  const auto start = std::chrono::steady_clock::now();
  const auto losses = argc > 1 ? learn(inlay::io::checkpoint{argv[1]}) : learn();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;

  std::size_t right = 0;
  for (std::size_t s = 0; s < held_out.images.size(); ++s) {
    const auto y = net(held_out.images[s]);
    right += static_cast<std::size_t>(std::max_element(y.begin(), y.end()) - y.begin()) == held_out.classes[s];
  }
  const double accuracy = 100.0 * static_cast<double>(right) / static_cast<double>(held_out.images.size());
  if (rank == 0) // the nets of all ranks are alike
    std::printf("ranks: %d; epochs: %zu of %zu now, %.1f a second; digits never seen: %.1f %% right\n", ranks, epochs, losses.size(), static_cast<double>(epochs) / took.count(), accuracy);
  MPI_Finalize();
  return accuracy > 95 ? 0 : 1;
}
