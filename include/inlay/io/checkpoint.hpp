#pragma once

#include "inlay/fit/loop.hpp"
#include "inlay/io/optimizer_state.hpp"
#include "inlay/io/safetensors.hpp"

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace inlay::inline INLAY_INSTRUCTION_SET::io {

namespace detail {

/// What fit() has after an epoch, as a safetensors file: the net's tensors as net.0.weight, those of the best net as best.0.weight,
/// the optimizer's as optimizer.state.0.exp_avg, the losses; and in the metadata the epoch, and what the next ones follow from.
struct checkpoint_file {
  static constexpr const char *net = "net.", *best = "best.", *optimizer = "optimizer.";

  template <class Net, class Optimizer>
  static std::vector<std::byte> written(const Net& trained, const Optimizer& by, const inlay::detail::course<Net>& at, const fit_options& options) {
    safetensors_writer file;
    add_net(file, net, trained);
    if (at.best) add_net(file, best, **at.best);
    add_optimizer_state(file, optimizer, by);
    const auto add_losses = [&](const char* name, const auto& losses) {
      file.add<double>(name, {losses.size()}, std::vector<double>(losses.begin(), losses.end()));
    };
    add_losses("losses", at.losses);
    add_losses("validation_losses", at.losses.validation);
    for (const auto& [name, value] : counts(at)) file.add_metadata(name, std::to_string(*value));
    file.add_metadata("seed", std::to_string(options.seed));
    file.add_metadata("batch_size", std::to_string(options.batch_size));
    return file.bytes();
  }

  template <class Net, class Optimizer>
  static void read(std::span<const std::byte> bytes, std::string name, Net& trained, Optimizer& by, inlay::detail::course<Net>& at, const fit_options& options) {
    const safetensors_file file(bytes, std::move(name));
    for (const auto& [what, wanted] : {std::pair{"seed", options.seed}, std::pair{"batch_size", std::uint64_t{options.batch_size}}})
      if (const auto found = count_in(file, what); found != wanted)
        file.fail(what, std::to_string(wanted) + ", as in the options, to go on as it began", std::to_string(found));
    for (const auto& [what, value] : counts(at)) *value = static_cast<std::size_t>(count_in(file, what));
    const auto loaded = std::make_unique<inlay::detail::on_heap<Net>>(); // so that a file that is refused changes nothing
    **loaded = load_net<Net>(file.part(net), {});
    if (const auto best_file = file.part(best); !best_file.tensors.empty()) {
      at.best = std::make_unique<inlay::detail::on_heap<Net>>();
      **at.best = load_net<Net>(best_file, {});
    }
    load_losses(file, "losses", at.losses);
    load_losses(file, "validation_losses", at.losses.validation);
    if (const auto epochs = at.losses.size(); at.epoch != epochs || (at.losses.validation.size() != epochs && !at.losses.validation.empty()))
      file.fail("losses", std::to_string(at.epoch) + ", one for each epoch, and as many validation_losses or none",
                std::to_string(epochs) + " and " + std::to_string(at.losses.validation.size()));
    if (at.losses.best < at.losses.validation.size() && math::is_finite(at.losses.validation[at.losses.best]))
      at.least = static_cast<double>(at.losses.validation[at.losses.best]);
    load_optimizer_state(file.part(optimizer), by);
    trained = **loaded;
  }

private:
  template <class Course>
  static auto counts(Course& at) {
    return std::array{std::pair{"epoch", &at.epoch}, std::pair{"step", &at.step}, std::pair{"best_epoch", &at.losses.best}};
  }

  static void load_losses(const safetensors_file& file, const std::string& name, auto& losses) {
    const auto found = file.tensors.find(name);
    std::vector<double> values(found == file.tensors.end() ? 0 : (found->second.end - found->second.begin) / sizeof(double));
    load_tensor<double>(file, name, {values.size()}, values, true);
    for (const double value : values) losses.push_back(static_cast<std::remove_cvref_t<decltype(losses[0])>>(value));
  }

  static std::uint64_t count_in(const safetensors_file& file, const std::string& name) {
    const auto found = file.metadata.find(name);
    if (found == file.metadata.end()) file.fail(name, "a whole number in __metadata__", "none: it is no checkpoint of fit");
    const std::string& text = found->second;
    std::uint64_t value = 0;
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (wrong != std::errc{} || end != text.data() + text.size() || text.empty()) file.fail(name, "a whole number from 0", in_quotes(text));
    return value;
  }
};

} // namespace detail

/// A file of the caller's from which fit() goes on where it is there, bit for bit as if it had never stopped, and which it writes
/// after every so many epochs, after the last, and after one at which a callback stops: beside it first, then renamed, so that it is always
/// whole. `inlay::fit(net, optimizer, loss, xs, ys, options, inlay::io::checkpoint{"run.safetensors"})`; also of threads and ranks.
/// What is in it is PyTorch's: safetensors.torch.load_file. A file of another net, optimizer, seed or batch_size is an io::error,
/// which names the difference, as is a weight that is infinite or NaN: the file before it stays. Streams of .carry_state begin anew at each epoch, so they need no place.
struct checkpoint {
  std::filesystem::path file;
  std::size_t every = 1; ///< epochs

  std::string name() const { return file.string(); }

  template <class Net, class Optimizer>
  void resume(Net& net, Optimizer& optimizer, inlay::detail::course<Net>& at, const fit_options& options) const {
    if (std::filesystem::exists(file)) detail::checkpoint_file::read(detail::read_file(file), file.string(), net, optimizer, at, options);
  }

  template <class Net, class Optimizer>
  bool keep(const Net& net, const Optimizer& optimizer, const inlay::detail::course<Net>& at, const fit_options& options, bool last) const {
    if (!last && (every == 0 || at.epoch % every != 0)) return false;
    detail::write_file(file, detail::made_for(file, [&] { return detail::checkpoint_file::written(net, optimizer, at, options); }));
    return true;
  }
};

} // namespace inlay::io
