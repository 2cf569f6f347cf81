#pragma once

#include "inlay/fit/loop.hpp"
#include "inlay/io/detail/text.hpp"
#include "inlay/io/optimizer_state.hpp"
#include "inlay/io/safetensors.hpp"

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace inlay::inline INLAY_INSTRUCTION_SET::io {

namespace detail {

/// Layers in one line, "dense 5 tanh, dense 2": what tells nets apart whose tensors are alike.
inline std::string line_of(const std::vector<layer_description>& layers) {
  std::string line;
  for (const auto& layer : layers) {
    line += (line.empty() ? "" : ", ") + std::string(layer.is.name);
    for (const auto& one : layer.arguments)
      if (one.is == argument::kind::number) line += " " + std::to_string(one.value);
      else if (one.is == argument::kind::word || one.is == argument::kind::text) line += " " + (one.text.empty() ? one.name : one.text);
    if (layer.has_activation()) line += " " + layer.activation.name + (layer.activation.parameter != 0 ? " " + text_of(layer.activation.parameter) : "");
    for (const auto& branch : layer.branches) line += " (" + line_of(branch) + ")";
  }
  return line;
}
template <class Net>
std::string line_of_net() {
  const auto net = describe<Net>();
  return (net.double_precision ? "double: " : "float: ") + line_of(net.layers);
}

/// What fit() has after an epoch, as a safetensors file: the net's tensors as net.0.weight, those of the best net as best.0.weight,
/// the optimizer's as optimizer.state.0.exp_avg, the losses; and in the metadata the epoch, and what the next ones follow from.
struct checkpoint_file {
  static constexpr const char *net = "net.", *best = "best.", *optimizer = "optimizer.";

  template <class Net, class Optimizer>
  static std::vector<std::byte> written(const Net& trained, const Optimizer& by, const inlay::detail::course<Net>& at, const fit_options& options) {
    constexpr const char* finite = "a finite number: training has come to infinity or NaN, and what was kept before stays";
    safetensors_writer file;
    add_net(file, net, trained, {}, finite);
    if (!at.best.empty()) add_net(file, best, *at.best.front(), {}, finite);
    add_optimizer_state(file, optimizer, by);
    const auto add_losses = [&](const char* name, const auto& losses) {
      file.add<double>(name, {losses.size()}, std::vector<double>(losses.begin(), losses.end()));
    };
    add_losses("losses", at.losses);
    add_losses("validation_losses", at.losses.validation);
    for (const auto& [name, value] : counts(at)) file.add_metadata(name, std::to_string(*value));
    file.add_metadata("net", line_of_net<Net>());
    file.add_metadata("stopped_of_epochs", std::to_string(at.stopped ? options.epochs : 0));
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
    if (const auto of = file.metadata.find("net"); of == file.metadata.end() || of->second != line_of_net<Net>())
      file.fail("net", line_of_net<Net>(), of == file.metadata.end() ? "none" : of->second);
    for (const auto& [what, value] : counts(at)) *value = static_cast<std::size_t>(count_in(file, what));
    const inlay::detail::on_heap<Net> loaded; // so that a file that is refused changes nothing
    *loaded = load_net<Net>(file.part(net), {});
    if (const auto best_file = file.part(best); !best_file.tensors.empty()) {
      if (at.best.empty()) at.best.emplace_back();
      *at.best.front() = load_net<Net>(best_file, {});
    }
    load_losses(file, "losses", at.losses);
    load_losses(file, "validation_losses", at.losses.validation);
    const std::size_t epochs = at.losses.size(), validated = at.losses.validation.size();
    if (at.epoch != epochs) file.fail("losses", std::to_string(at.epoch) + ", one for each epoch", std::to_string(epochs));
    if (validated != (at.validates ? epochs : 0))
      file.fail("validation_losses", at.validates ? "one for each epoch, as fit is given validation data" : "none, as fit is given no validation data", std::to_string(validated));
    if (validated != 0 && at.losses.best >= validated) file.fail("best_epoch", "one of " + std::to_string(validated), std::to_string(at.losses.best));
    if (at.losses.best < at.losses.validation.size() && math::is_finite(at.losses.validation[at.losses.best]))
      at.least = static_cast<double>(at.losses.validation[at.losses.best]);
    if (!options.keep_best) at.best.clear();
    else if (at.best.empty() && validated != 0 && math::is_finite(at.losses.validation[at.losses.best]))
      file.fail("", "a best net, as fit is to keep it", "none");
    at.stopped = count_in(file, "stopped_of_epochs") == options.epochs && options.epochs != 0;
    load_optimizer_state(file.part(optimizer), by);
    trained = *loaded;
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
/// whole, whoever else reads or writes it. Where a callback has stopped, the same call does nothing more; one with other `epochs` goes on. `inlay::fit(net, optimizer, loss, xs, ys, options, inlay::io::checkpoint{"run.safetensors"})`; also of threads and ranks.
/// What is in it is PyTorch's: safetensors.torch.load_file. A file of another net, optimizer, seed or batch_size, with validation data or without, is an io::error,
/// which names the difference, as is a weight that is infinite or NaN: the file before it stays. Streams of .carry_state begin anew at each epoch, so they need no place.
struct checkpoint {
  std::filesystem::path file;
  std::size_t every = 1; ///< epochs

  std::string name() const { return file.string(); }

  template <class Net, class Optimizer>
  void resume(Net& net, Optimizer& optimizer, inlay::detail::course<Net>& at, const fit_options& options) const {
    if (std::filesystem::exists(file)) return detail::checkpoint_file::read(detail::read_file(file), file.string(), net, optimizer, at, options);
    detail::write_file(file, std::span<const std::byte>{}); // what cannot be written is said before there is something to lose
    std::filesystem::remove(file);
  }

  template <class Net, class Optimizer>
  bool keep(const Net& net, const Optimizer& optimizer, const inlay::detail::course<Net>& at, const fit_options& options) const {
    if (at.epoch != options.epochs && !at.stopped && (every == 0 || at.epoch % every != 0)) return false;
    detail::write_file(file, detail::made_for(file, [&] { return detail::checkpoint_file::written(net, optimizer, at, options); }));
    return true;
  }
};

} // namespace inlay::io
