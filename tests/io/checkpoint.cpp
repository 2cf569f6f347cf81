// fit() that was stopped and goes on from its file gives what one that never stopped does, bit for bit.
#include "catch.hpp"

#include "io/refused.hpp"
#include "laws/network.hpp"

#include <inlay/inlay.hpp>
#include <inlay/io/checkpoint.hpp>

#include <filesystem>
#include <limits>
#include <memory>
#include <string>
#include <vector>

namespace {

using namespace inlay;
using plain = network<input<7>, dense<9, inlay::tanh>, dense<3>>;
using drawn = network<input<2, 9>, conv1d<4, 3, relu>, batch_norm<>, dropout<std::ratio<1, 4>>, dense<3>>;
using remembers = network<sequence<4, 3>, lstm<5>, last_step, dense<3>>;

/// A file of this test's, gone before and after it.
struct one_file {
  std::filesystem::path path = std::filesystem::temp_directory_path() / "inlay-io-checkpoint.safetensors";
  one_file() { std::filesystem::remove(path); }
  ~one_file() { std::filesystem::remove(path); }
};

template <class Net>
struct samples {
  std::vector<typename Net::input_type> xs;
  std::vector<std::size_t> ys;
  explicit samples(std::size_t count, std::size_t seed) {
    for (std::size_t s = 0; s < count; ++s) {
      xs.push_back(laws::noise_array<typename Net::scalar, Net::inputs>(seed + s));
      ys.push_back(s % 3);
    }
  }
};

fit_options options_of(std::size_t epochs) {
  return {.epochs = epochs, .batch_size = 8, .seed = 5, .learning_rate = [](std::size_t step) { return 1e-2 / static_cast<double>(1 + step); }, .keep_best = true};
}

/// Stopped after 2 of 5 epochs, then after 4, in new values each time.
template <class Net, class Optimizer>
void goes_on(const Optimizer& fresh) {
  const samples<Net> learned(37, 1), held_out(11, 100);
  const auto fit_to = [&](std::size_t epochs, Net& net, Optimizer& optimizer, const auto&... checkpoint) {
    initialize(net, 1);
    optimizer = fresh;
    return fit(net, optimizer, cross_entropy{}, learned.xs, learned.ys, held_out.xs, held_out.ys, options_of(epochs), checkpoint...);
  };
  const auto whole = std::make_unique<Net>(), part = std::make_unique<Net>();
  const auto whole_optimizer = std::make_unique<Optimizer>(fresh), part_optimizer = std::make_unique<Optimizer>(fresh);
  const auto wanted = fit_to(5, *whole, *whole_optimizer);

  const one_file file;
  const io::checkpoint checkpoint{file.path};
  fit_to(2, *part, *part_optimizer, checkpoint);
  initialize(*part, 77); // what is there before is nothing to what is in the file
  fit_to(4, *part, *part_optimizer, checkpoint);
  const auto found = fit_to(5, *part, *part_optimizer, checkpoint);
  CHECK(*part == *whole);
  CHECK(io::save_optimizer_state(*part_optimizer) == io::save_optimizer_state(*whole_optimizer));
  CHECK(found == wanted);
  CHECK(found.best == wanted.best);

  // Where all epochs are done, the net is that of the file.
  CHECK(fit_to(5, *part, *part_optimizer, checkpoint) == wanted);
  CHECK(*part == *whole);
}

std::string refusal(const std::filesystem::path& path, auto& net, auto& optimizer, const fit_options& options) {
  using net_type = std::remove_reference_t<decltype(net)>;
  const samples<net_type> learned(37, 1);
  return ::refusal([&] { fit(net, optimizer, cross_entropy{}, learned.xs, learned.ys, options, io::checkpoint{path}); });
}

} // namespace

TEST_CASE("a fit goes on from its checkpoint bit for bit", "[io]") {
  goes_on<plain>(adam<plain>{});
  goes_on<plain>(adamw<plain>{{.learning_rate = 1e-2f}});
  goes_on<plain>(sgd<plain>{{.learning_rate = 1e-2f, .momentum = .9f}});
  goes_on<plain>(rmsprop<plain>{{.learning_rate = 1e-3f, .momentum = .5f}});
  goes_on<drawn>(adam<drawn>{});
  goes_on<remembers>(adam<remembers>{});
}

TEST_CASE("a checkpoint is written every so many epochs, at the last, and where a callback stops", "[io]") {
  const samples<plain> learned(16, 1);
  const one_file file;
  const auto epoch_of = [&] { return io::detail::safetensors_file(io::detail::read_file(file.path), "").metadata.at("epoch"); };
  std::vector<std::string> seen;
  const auto learn = [&](std::size_t epochs, std::size_t stop_at) {
    plain net{};
    initialize(net, 1);
    sgd<plain> optimizer{};
    seen.clear();
    fit(net, optimizer, cross_entropy{}, learned.xs, learned.ys, {.epochs = epochs, .on_epoch = [&](std::size_t epoch, double) {
                                                                    seen.push_back(std::filesystem::exists(file.path) ? epoch_of() : "none");
                                                                    return stop_training{epoch == stop_at};
                                                                  }},
        io::checkpoint{.file = file.path, .every = 3});
  };
  learn(8, 99);
  CHECK(seen == std::vector<std::string>{"none", "none", "none", "3", "3", "3", "6", "6"});
  CHECK(epoch_of() == "8");
  learn(20, 9);
  CHECK(seen == std::vector<std::string>{"8", "9"});
  CHECK(epoch_of() == "10");
}

TEST_CASE("a checkpoint of something else is refused in words, and changes nothing", "[io]") {
  const one_file file;
  plain net{};
  initialize(net, 1);
  adam<plain> optimizer{};
  const fit_options options{.batch_size = 8, .seed = 5};
  REQUIRE(refusal(file.path, net, optimizer, options) == "accepted");
  const plain before = net;

  const auto refuses = [&](auto& of, auto& by, const fit_options& with, const std::string& words) {
    const auto text = refusal(file.path, of, by, with);
    CHECK_THAT(text, ContainsSubstring(words));
  };
  refuses(net, optimizer, {.epochs = 2, .batch_size = 8, .seed = 6}, "seed: expected 6, as in the options, to go on as it began, found 5");
  refuses(net, optimizer, {.epochs = 2, .batch_size = 9, .seed = 5}, "batch_size: expected 9");
  sgd<plain> other{};
  refuses(net, other, options, "optimizer: expected SGD, found Adam");
  network<input<7>, dense<8, inlay::tanh>, dense<3>> smaller{};
  adam<decltype(smaller)> of_smaller{};
  refuses(smaller, of_smaller, options, "net: expected float: dense 8 tanh, dense 3, found float: dense 9 tanh, dense 3");
  network<input<7>, dense<9, relu>, dense<3>> other_activation{};
  adam<decltype(other_activation)> of_other{};
  refuses(other_activation, of_other, options, "net: expected float: dense 9 relu, dense 3, found float: dense 9 tanh, dense 3");
  basic_network<double, input<7>, dense<9, inlay::tanh>, dense<3>> exact{};
  adam<decltype(exact)> of_exact{};
  const samples<decltype(exact)> in_double(37, 1);
  CHECK_THROWS_WITH(fit(exact, of_exact, cross_entropy{}, in_double.xs, in_double.ys, options, io::checkpoint{file.path}), ContainsSubstring("net: expected double: "));
  CHECK(net == before);

  // A damaged one: every prefix, and every byte that says what it is.
  const auto bytes = io::detail::read_file(file.path);
  for (std::size_t size = 0; size < bytes.size(); size += 7) {
    io::detail::write_file(file.path, std::span(bytes).first(size));
    CHECK(refusal(file.path, net, optimizer, options) != "accepted");
  }
  CHECK(net == before);
  io::save_safetensors(file.path, net);
  refuses(net, optimizer, options, "none: it is no checkpoint of fit");
}

TEST_CASE("validation data and the best net go on as they began", "[io]") {
  const samples<plain> learned(37, 1), held_out(11, 100);
  const auto learn = [&](const std::filesystem::path& path, bool keep_best, std::size_t epochs) {
    plain net{};
    initialize(net, 1);
    adam<plain> optimizer{{.learning_rate = .5f}}; // so that the best net is not the last
    const auto losses = fit(net, optimizer, cross_entropy{}, learned.xs, learned.ys, held_out.xs, held_out.ys, {.epochs = epochs, .keep_best = keep_best}, io::checkpoint{path});
    return std::pair{evaluate(net, cross_entropy{}, held_out.xs, held_out.ys), losses.validation};
  };
  const auto without = [&](const std::filesystem::path& path) {
    plain net{};
    initialize(net, 1);
    adam<plain> optimizer{};
    fit(net, optimizer, cross_entropy{}, learned.xs, learned.ys, {.epochs = 9}, io::checkpoint{path});
  };
  const one_file file;
  const auto [best, course] = learn(file.path, true, 6);
  REQUIRE(best < course.back());
  // Without .keep_best it is the last net that comes out, and there is no best one any more.
  const auto [last, longer] = learn(file.path, false, 7);
  CHECK(last == longer.back());
  CHECK_THROWS_WITH(learn(file.path, true, 8), ContainsSubstring("expected a best net, as fit is to keep it, found none"));
  CHECK_THROWS_WITH(without(file.path), ContainsSubstring("validation_losses: expected none, as fit is given no validation data, found 7"));
  CHECK(learn(file.path, false, 8).second.size() == 8);
  std::filesystem::remove(file.path);
  without(file.path);
  CHECK_THROWS_WITH(learn(file.path, false, 10), ContainsSubstring("validation_losses: expected one for each epoch, as fit is given validation data, found 0"));
}

TEST_CASE("where a callback has stopped, the same call does nothing more", "[io]") {
  const samples<plain> learned(16, 1);
  const one_file file;
  const auto learn = [&](std::size_t epochs) {
    plain net{};
    initialize(net, 1);
    sgd<plain> optimizer{};
    return fit(net, optimizer, cross_entropy{}, learned.xs, learned.ys, {.epochs = epochs, .on_epoch = [](std::size_t epoch, double) { return stop_training{epoch >= 2}; }}, io::checkpoint{file.path}).size();
  };
  CHECK(learn(9) == 3);
  CHECK(learn(9) == 3);
  CHECK(learn(10) == 4);
}

TEST_CASE("a checkpoint that cannot be written is said before the first epoch", "[io]") {
  const samples<plain> learned(16, 1);
  plain net{};
  initialize(net, 1);
  sgd<plain> optimizer{};
  std::size_t epochs = 0;
  const fit_options options{.epochs = 3, .on_epoch = [&](std::size_t, double) { ++epochs; }};
  const auto nowhere = std::filesystem::temp_directory_path() / "inlay-no-such-folder" / "run.safetensors";
  CHECK_THROWS_AS(fit(net, optimizer, cross_entropy{}, learned.xs, learned.ys, options, io::checkpoint{nowhere, 3}), io::error);
  CHECK(epochs == 0);
}

TEST_CASE("a net that has become infinite leaves the checkpoint before it", "[io]") {
  const one_file file;
  const samples<plain> learned(16, 1);
  plain net{};
  initialize(net, 1);
  sgd<plain> optimizer{};
  const auto learn = [&](std::size_t epochs) {
    fit(net, optimizer, cross_entropy{}, learned.xs, learned.ys, {.epochs = epochs}, io::checkpoint{file.path});
  };
  learn(1);
  const auto before = io::detail::read_file(file.path);
  optimizer.options.learning_rate = std::numeric_limits<float>::infinity();
  CHECK_THROWS_WITH(learn(2), ContainsSubstring("training has come to infinity or NaN"));
  CHECK(io::detail::read_file(file.path) == before);
}
