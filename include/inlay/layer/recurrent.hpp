#pragma once

#include "inlay/activation.hpp"
#include "inlay/kernel.hpp"
#include "inlay/layer.hpp"
#include "inlay/pass.hpp"

#include <span>
#include <type_traits>

/// What rnn, gru and lstm share: a matrix for the input and one for what is remembered, each with biases, N rows a gate.
namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// Gate `gate` of rows of all gates.
template <class Rows>
struct rows_of_gate {
  Rows all;
  std::size_t gate;
};
template <class Rows>
constexpr auto as_read(rows_of_gate<Rows> of) noexcept {
  using all = decltype(as_read(of.all));
  return rows_of_gate<all>{as_read(of.all), of.gate};
}

template <class T, std::size_t N>
constexpr bool same(const block<T, 1, N>& a, const block<T, 1, N>& b) noexcept {
  for (std::size_t i = 0; i < N; ++i)
    if (a.data[i] != b.data[i]) return false;
  return true;
}

/// Parameters in order, as torch.nn.RNNBase: weight_ih [Gates N][In], weight_hh [Gates N][N], bias_ih, bias_hh. In storage gates
/// lie side by side, line by line (kernel::gate_row); its padding stays zero.
template <scalar T, class Input, std::size_t N, std::size_t Gates>
struct recurrent {
  using scalar = T;
  using input_shape = Input;
  using output_shape = over_time<Input::steps, shape<N>>;
  static constexpr std::size_t steps = Input::steps, in = Input::row::size;
  using row = kernel::gate_row<T, N, Gates>;
  static constexpr std::size_t wide = row::size;
  using input_map = kernel::panels<T, in, wide>;
  using state_map = kernel::panels<T, N, wide>;

  static constexpr std::size_t line(std::size_t n) noexcept { return padded<T>(n); }
  static constexpr std::size_t input_bias_at = 0, state_bias_at = line(wide), input_weights_at = 2 * line(wide);
  static constexpr std::size_t state_weights_at = input_weights_at + line(input_map::size);
  static constexpr std::size_t storage = state_weights_at + line(state_map::size);
  static constexpr std::size_t input_weight_count = Gates * N * in, state_weight_count = Gates * N * N;
  static constexpr std::size_t parameter_count = input_weight_count + state_weight_count + 2 * Gates * N;
  static constexpr std::size_t multiply_adds = (input_weight_count + state_weight_count) * steps;
  static constexpr parameter parameters[] = {{"weight_ih_l0", {Gates * N, in}},
                                             {"weight_hh_l0", {Gates * N, N}},
                                             {"bias_ih_l0", {Gates * N}},
                                             {"bias_hh_l0", {Gates * N}}};

  static constexpr std::size_t column(std::size_t o) noexcept { return row::column(o / N, o % N); }
  static constexpr std::size_t index(std::size_t k) noexcept {
    if (k < input_weight_count)
      return input_weights_at + input_map::index(column(k / in), Input::row::inside(k % in));
    k -= input_weight_count;
    if (k < state_weight_count) return state_weights_at + state_map::index(column(k / N), k % N);
    k -= state_weight_count;
    return k < Gates * N ? input_bias_at + column(k) : state_bias_at + column(k - Gates * N);
  }
  /// All from ±1 / √N, as PyTorch.
  static constexpr void initialize(std::span<T, storage> theta, auto& numbers) noexcept {
    const double bound = 1 / math::square_root(static_cast<double>(N));
    for (std::size_t k = 0; k < parameter_count; ++k) theta[index(k)] = static_cast<T>(bound * numbers.symmetric());
  }

  /// What it remembers from one step to the next, h; an lstm says its own.
  struct state {
    block<T, 1, N> h;
    constexpr state() noexcept { make_zero(h); }
    friend constexpr bool operator==(const state& a, const state& b) noexcept { return same(a.h, b.h); }
  };
  static constexpr std::size_t settled = N;
  static constexpr void settle(state& state, const T* numbers) noexcept { take(numbers, state.h); }
  static constexpr std::size_t remembered = N;
  static constexpr void read_state(const state& state, T* numbers) noexcept { tell(state.h, numbers); }
  static constexpr void write_state(state& state, const T* numbers) noexcept { settle(state, numbers); }

  template <std::size_t Rows>
  using gates = block<T, Rows, wide>;
  template <class Rows>
  static constexpr rows_of_gate<Rows> gate_of(Rows all, std::size_t gate) noexcept {
    return {all, gate};
  }
  /// f(v...) for the units of each row, as kernel::each, where a row may be a gate of rows of all.
  static constexpr void each(auto f, auto... rows) noexcept {
    for (std::size_t l = 0; l < row::lines; ++l) kernel::each(f, units<row::line>(l * row::line, rows)...);
    if constexpr (row::rest > 0) kernel::each(f, units<row::rest>(row::lines * row::line, rows)...);
  }
  /// Step t of every sample, of rows that are their steps one behind the other.
  template <class Rows>
  static constexpr auto step_of(Rows all, std::size_t t) noexcept {
    return rows<typename Rows::element, Rows::capacity / steps, Rows::size, Rows::stride * steps>{all.data + t * Rows::stride,
                                                                                                  all.samples() / steps};
  }

  /// z = x W_ih + b, of all rows at once.
  static constexpr void from_input(const T* theta, const T* bias, auto x, auto z) noexcept {
    kernel::forward<identity, input_map>(theta + input_weights_at, bias, x, z, nullptr);
  }
  static constexpr const T* no_biases = zeros<T, wide>.data;
  /// z = h W_hh + b.
  static constexpr void from_state(const T* theta, const T* bias, auto h, auto z) noexcept {
    kernel::forward<identity, state_map>(theta + state_weights_at, bias, h, z, nullptr);
  }
  /// f(z, x, y, v...) for the N numbers of a step: z = x + h W_hh + b_hh by gate, without x for the last `apart`; x from the input;
  /// y is written, not read.
  template <std::size_t apart = 0>
  [[gnu::always_inline]] static constexpr void cell(const T* theta, const T* h, const T* x, auto f, auto y, auto... rows) noexcept {
    kernel::cell<row, state_map, apart>(theta + state_weights_at, theta + state_bias_at, h, x, f, y, rows...);
  }
  /// b_ih + b_hh.
  static constexpr void both_biases(const T* theta, gates<1>& sum) noexcept {
    const rows<const T, 1, wide, line(wide)> a{theta + input_bias_at, 1}, b{theta + state_bias_at, 1};
    kernel::map([](auto a, auto b) { return a + b; }, sum.view(1), a, b);
  }
  static constexpr void to_state(const T* theta, auto delta, auto grad_h) noexcept {
    kernel::transposed<state_map>(theta + state_weights_at, delta, grad_h);
  }
  static constexpr void to_input(const T* theta, auto delta, auto grad_x) noexcept {
    kernel::transposed<input_map>(theta + input_weights_at, delta, grad_x);
  }
  /// ∇W_ih, ∇b_ih from the deltas of all rows and the inputs; ∇W_hh, ∇b_hh from theirs and what was remembered before.
  static constexpr void add_gradients(auto x, auto delta, auto h_before, auto state_delta, std::span<T, storage> grad) noexcept {
    kernel::accumulate<input_map>(x, delta, grad.data() + input_weights_at, grad.data() + input_bias_at);
    kernel::accumulate<state_map>(h_before, state_delta, grad.data() + state_weights_at, grad.data() + state_bias_at);
    if constexpr (row::narrow != row::rest) clear_between(grad.data());
  }

  /// Between the gates of rows, which the products read as if it were theirs.
  template <class Rows>
  static constexpr void clear_padding_of_gates(Rows z) noexcept {
    if constexpr (row::narrow != row::rest || padded<T>(wide) != wide)
      for (std::size_t s = 0; s < z.samples(); ++s) {
        for_each_padding([&](std::size_t o) { z[s][o] = 0; });
        for (std::size_t o = wide; o < padded<T>(wide); ++o) z[s][o] = 0;
      }
  }

protected:
  /// What is remembered becomes these N numbers.
  static constexpr void take(const T* numbers, block<T, 1, N>& kept) noexcept {
    for (std::size_t o = 0; o < N; ++o) kept.data[o] = math::flush_denormal(numbers[o]);
  }
  static constexpr void tell(const block<T, 1, N>& kept, T* numbers) noexcept {
    for (std::size_t o = 0; o < N; ++o) numbers[o] = kept.data[o];
  }

private:
  /// N of these units, from one on.
  template <std::size_t Some, class E, std::size_t Samples, std::size_t All, std::size_t Stride>
  static constexpr rows<E, Samples, Some, Stride> units(std::size_t first, rows<E, Samples, All, Stride> of) noexcept {
    return {of.data + first, of.count};
  }
  template <std::size_t Some, class Rows>
  static constexpr auto units(std::size_t first, rows_of_gate<Rows> of) noexcept {
    return units<Some>(row::column(of.gate, first), of.all);
  }
  static constexpr void for_each_padding(auto f) noexcept {
    for (std::size_t g = 0; g < Gates; ++g)
      for (std::size_t o = row::rest; o < row::narrow; ++o) f(row::column(g, row::lines * row::line) + o);
  }
  /// NaN times zero between the gates.
  static constexpr void clear_between(T* grad) noexcept {
    for_each_padding([&](std::size_t o) {
      grad[input_bias_at + o] = grad[state_bias_at + o] = 0;
      for (std::size_t i = 0; i < in; ++i) grad[input_weights_at + input_map::index(o, i)] = 0;
      for (std::size_t i = 0; i < N; ++i) grad[state_weights_at + state_map::index(o, i)] = 0;
    });
  }
};

template <class V>
constexpr V flushed(V x) noexcept {
  using math::flush_denormal;
  return flush_denormal(x);
}

/// What is wrong with a recurrent layer over an input.
template <class Layer, class Input, std::size_t N>
constexpr auto check_recurrent() noexcept {
  if constexpr (N == 0) return mismatch<refused::every_argument<refused::at_least<1>>, Layer>{};
  else if constexpr (!is_over_time<Input>) return mismatch<refused::a_sequence, Input>{};
  else return accepted{};
}

} // namespace inlay::detail
