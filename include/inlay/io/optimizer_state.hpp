#pragma once

#include "inlay/io/safetensors.hpp"
#include "inlay/optimizer/adam.hpp"
#include "inlay/optimizer/rmsprop.hpp"
#include "inlay/optimizer/sgd.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

/// What an optimizer remembers, as a safetensors file: the tensors of torch.optim.Optimizer.state_dict()["state"],
/// state.0.exp_avg for that of the first of the net's parameters(). Options are not in it, they stay the program's.
namespace inlay::inline INLAY_INSTRUCTION_SET::io {

namespace detail {

/// Of each optimizer: its name in PyTorch, its moments, and what else it counts. f(name, moment, whether it is in use).
template <class Optimizer>
struct optimizer_state {
  static_assert(sizeof(Optimizer) == 0, "inlay::io knows sgd, adam, adamw and rmsprop; of an optimizer of your own write and "
                                        "read the moments yourself, with save_safetensors and load_safetensors");
};

template <class Net>
struct optimizer_state<sgd<Net>> {
  using net = Net;
  static constexpr const char* name = "SGD";
  static void for_each_moment(auto& optimizer, auto f) { f("momentum_buffer", optimizer.momentum, !optimizer.first); }
  static void add_counts(safetensors_writer&, const std::string&, const sgd<Net>&) {}
  static void expect(const safetensors_file& from, sgd<Net>& optimizer) {
    optimizer.first = optimizer.options.momentum == 0 || !from.tensors.contains("state.0.momentum_buffer");
  }
  static std::size_t load_counts(const safetensors_file&, sgd<Net>&) { return 0; }
};

template <class Net>
struct optimizer_state<rmsprop<Net>> {
  using net = Net;
  static constexpr const char* name = "RMSprop";
  static void for_each_moment(auto& optimizer, auto f) {
    f("square_avg", optimizer.mean_square, true);
    f("grad_avg", optimizer.mean, optimizer.options.centered);
    f("momentum_buffer", optimizer.momentum, optimizer.options.momentum != 0);
  }
  static void add_counts(safetensors_writer&, const std::string&, const rmsprop<Net>&) {}
  static void expect(const safetensors_file&, rmsprop<Net>&) {}
  static std::size_t load_counts(const safetensors_file& from, rmsprop<Net>&) {
    std::size_t steps = 0; // PyTorch counts them, and needs them for nothing
    while (from.tensors.contains("state." + std::to_string(steps) + ".step"))
      ++steps;
    return steps;
  }
};

template <class Optimizer, class Net>
struct adam_state {
  using net = Net;
  static void for_each_moment(auto& optimizer, auto f) {
    f("exp_avg", optimizer.mean, true);
    f("exp_avg_sq", optimizer.mean_square, true);
  }

  /// The step as PyTorch writes it, for each parameter; the powers of the betas are what continues bit for bit.
  static void add_counts(safetensors_writer& file, const std::string& prefix, const Optimizer& optimizer) {
    const double beta = static_cast<double>(optimizer.options.beta2);
    const double power = (std::max)(optimizer.beta2_power, (std::numeric_limits<double>::min)());
    const double steps = beta > 0 && beta < 1 ? std::round(std::log(power) / std::log(beta)) : 0;
    for (std::size_t k = 0; k < tensors(); ++k)
      file.add<float>(prefix + "state." + std::to_string(k) + ".step", {}, {steps});
    file.add<double>(prefix + "inlay.beta1_power", {}, {optimizer.beta1_power});
    file.add<double>(prefix + "inlay.beta2_power", {}, {optimizer.beta2_power});
  }

  static void expect(const safetensors_file&, Optimizer&) {}

  /// How many tensors it has read.
  static std::size_t load_counts(const safetensors_file& from, Optimizer& optimizer) {
    std::vector<double> value(1), other(1);
    const std::size_t count = tensors();
    for (std::size_t k = 0; k < count; ++k) {
      load_tensor<double>(from, "state." + std::to_string(k) + ".step", {}, k ? other : value);
      if (k && other != value)
        from.fail("tensor 'state." + std::to_string(k) + ".step'", "one step for all, " + text_of(value[0]), text_of(other[0]));
    }
    if (count && !(value[0] >= 0 && value[0] < 1e9))
      from.fail("tensor 'state.0.step'", "a number of steps from 0 to 1e9", text_of(value[0]));
    if (from.tensors.contains("inlay.beta1_power")) {
      load_tensor<double>(from, "inlay.beta1_power", {}, value);
      load_tensor<double>(from, "inlay.beta2_power", {}, other);
      for (const double power : {value[0], other[0]})
        if (!(power >= 0 && power <= 1))
          from.fail("tensors 'inlay.beta1_power' and 'inlay.beta2_power'", "powers from 0 to 1", text_of(power));
      optimizer.beta1_power = value[0], optimizer.beta2_power = other[0];
      return count + 2;
    }
    optimizer.beta1_power = optimizer.beta2_power = 1; // a file of PyTorch's
    for (double step = 0; step < value[0] && optimizer.beta1_power + optimizer.beta2_power > 0; ++step) {
      optimizer.beta1_power = math::flush_denormal(optimizer.beta1_power * static_cast<double>(optimizer.options.beta1));
      optimizer.beta2_power = math::flush_denormal(optimizer.beta2_power * static_cast<double>(optimizer.options.beta2));
    }
    return count;
  }

private:
  static std::size_t tensors() {
    std::size_t count = 0;
    auto description = describe<Net>();
    for_each_parameter(description.layers, [&](auto&) { ++count; });
    return count;
  }
};

template <class Net>
struct optimizer_state<adam<Net>> : adam_state<adam<Net>, Net> {
  static constexpr const char* name = "Adam";
};
template <class Net>
struct optimizer_state<adamw<Net>> : adam_state<adamw<Net>, Net> {
  static constexpr const char* name = "AdamW";
};

/// Calls f(name, shape, values) for the tensors of one moment.
template <class Description, class F>
void for_each_tensor(Description& description, const std::string& moment, F f) {
  std::size_t k = 0;
  for_each_parameter(description.layers, [&](auto& tensor) {
    f("state." + std::to_string(k++) + "." + moment, tensor.shape, tensor.values);
  });
}

/// An optimizer's tensors, their names with a prefix.
template <class Optimizer>
void add_optimizer_state(safetensors_writer& file, const std::string& prefix, const Optimizer& optimizer) {
  using state = optimizer_state<Optimizer>;
  using Net = typename state::net;
  file.add_metadata("optimizer", state::name);
  state::for_each_moment(optimizer, [&](const char* moment, const Net& from, bool used) {
    if (!used)
      return;
    auto values = describe(from);
    for_each_tensor(values, moment, [&](const std::string& name, const std::vector<std::size_t>& shape, auto& numbers) {
      check_numbers(numbers, values.double_precision, false, "memory", "tensor " + in_quotes(prefix + name), only_finite);
      file.add<typename Net::scalar>(prefix + name, shape, numbers);
    });
  });
  state::add_counts(file, prefix, optimizer);
}

template <class Optimizer>
void load_optimizer_state(const safetensors_file& from, Optimizer& optimizer) {
  using state = optimizer_state<Optimizer>;
  using Net = typename state::net;
  if (const auto name = from.metadata.find("optimizer"); name != from.metadata.end() && name->second != state::name)
    from.fail("optimizer", state::name, name->second);
  const auto loaded = std::make_unique<Optimizer>(optimizer); // so that a file that is refused changes nothing
  if constexpr (requires { loaded->any_negated; })
    loaded->any_negated = false;
  state::expect(from, *loaded);
  std::size_t wanted = 0;
  state::for_each_moment(*loaded, [&](const char* moment, Net& into, bool used) {
    auto values = describe<Net>();
    if (used)
      for_each_tensor(values, moment, [&](const std::string& name, const std::vector<std::size_t>& shape, auto& numbers) {
        load_tensor<typename Net::scalar>(from, name, shape, numbers);
        ++wanted;
      });
    into = assemble<Net>(values);
  });
  wanted += state::load_counts(from, *loaded);
  if constexpr (requires { loaded->any_negated; }) // see optimizer/mean_square.hpp
    for (const auto square : loaded->mean_square.theta())
      loaded->any_negated = loaded->any_negated || square < 0;
  if (from.tensors.size() != wanted)
    from.fail("", std::to_string(wanted) + " tensors, of this optimizer with its options, for this net",
              std::to_string(from.tensors.size()));
  optimizer = *loaded;
}

} // namespace detail

/// What sgd, adam, adamw or rmsprop remembers, as a safetensors file in memory: exp_avg and the like under PyTorch's names,
/// the moments that its options use. Throws io::error for one that is infinite or NaN, naming tensor and element.
template <class Optimizer>
std::vector<std::byte> save_optimizer_state(const Optimizer& optimizer) {
  detail::safetensors_writer file;
  detail::add_optimizer_state(file, "", optimizer);
  return file.bytes();
}
/// The same into a file, which is there completely or not at all.
template <class Optimizer>
void save_optimizer_state(const std::filesystem::path& path, const Optimizer& optimizer) {
  detail::write_file(path, detail::made_for(path, [&] { return save_optimizer_state(optimizer); }));
}

/// Gives an optimizer what one of the same kind, options and net remembered: training goes on bit for bit. Throws io::error
/// for another's, and then changes nothing. A file written from PyTorch's state_dict() with these names does, too.
template <class Optimizer>
void load_optimizer_state(const std::filesystem::path& path, Optimizer& optimizer) {
  const auto bytes = detail::read_file(path);
  detail::load_optimizer_state(detail::safetensors_file(bytes, path.string()), optimizer);
}
/// The same from memory.
template <class Optimizer>
void load_optimizer_state(std::span<const std::byte> bytes, Optimizer& optimizer) {
  detail::load_optimizer_state(detail::safetensors_file(bytes, "memory"), optimizer);
}

} // namespace inlay::io
