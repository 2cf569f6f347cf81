#pragma once

#include "inlay/kernel/band.hpp"
#include "inlay/kernel/reference/columns.hpp"
#include "inlay/kernel/reference/convolution.hpp"
#include "inlay/kernel/reference/elementwise.hpp"
#include "inlay/kernel/reference/linear.hpp"
#include "inlay/kernel/reference/pool.hpp"
#include "inlay/kernel/reference/product.hpp"
#include "inlay/kernel/simd.hpp"
#include "inlay/tensor.hpp"

#include <type_traits>

/// The kernels that layers, losses and optimizers are written in. Constant evaluation runs the reference, everything
/// else the SIMD version for Arch: the only switch there is. (Where there are no registers, kernel/simd/none.hpp has the
/// reference under these names.) Kernels know rows and panels, never networks. The switch is
/// the builtin, because a call of std's function would have g++ compile the reference, too, before it drops it (with the
/// one in chain/infer.hpp a tenth of what training 64-64-64-10 takes beyond the include).
namespace inlay::inline INLAY_INSTRUCTION_SET::kernel {

/// Samples of a batch that go through a net of so many multiply-adds one by one.
template <std::size_t multiply_adds>
inline constexpr std::size_t alone = simd::alone<multiply_adds>;

/// y = σ(x W + bias); σ′ goes to `derivative` unless that is nullptr.
template <class Activation, class Panels, class Arch = simd::default_arch, class T, class X, class Y, class D>
[[gnu::always_inline]] constexpr void forward(const T* w, const T* bias, X x, Y y, D derivative) noexcept {
  if (__builtin_is_constant_evaluated()) return reference::forward<Activation, Panels>(w, bias, x, y, derivative);
  simd::forward<Activation, Arch, Panels>(w, bias, x, y, derivative);
}

/// A step of a recurrent layer: f(z, x, y, v...) for each of its units, where z and x are arrays by gate, z = h W + bias, plus x, what
/// the input gave, for all gates but the last `apart`, y is written, not read, and v are the numbers of rows, by reference: what is
/// const in the rows is read, the rest, h among it perhaps, is read and written.
template <class Row, class Panels, std::size_t apart = 0, class Arch = simd::default_arch, class T, class F, class Y, class... Rows>
[[gnu::always_inline]] constexpr void cell(const T* w, const T* bias, const T* h, const T* x, F f, Y y, Rows... rows) noexcept {
  if (__builtin_is_constant_evaluated()) return reference::cell<Row, Panels, apart>(w, bias, h, x, f, y, rows...);
  simd::cell<Arch, Row, Panels, apart>(w, bias, h, x, f, y, rows...);
}

/// gradient = delta Wᵀ
template <class Panels, class Arch = simd::default_arch, class T, class Delta, class G>
constexpr void transposed(const T* w, Delta delta, G gradient) noexcept {
  if (__builtin_is_constant_evaluated()) return reference::transposed<false, Panels>(w, delta, gradient);
  simd::transposed<false, Arch, Panels>(w, delta, gradient);
}
/// gradient += delta Wᵀ
template <class Panels, class Arch = simd::default_arch, class T, class Delta, class G>
constexpr void add_transposed(const T* w, Delta delta, G gradient) noexcept {
  if (__builtin_is_constant_evaluated()) return reference::transposed<true, Panels>(w, delta, gradient);
  simd::transposed<true, Arch, Panels>(w, delta, gradient);
}

/// Bytes of the stack that transposed() takes for several samples: the part of a panel that is turned at a time, at most
/// four registers of the widest.
template <class Panels, class T>
inline constexpr std::size_t transposed_bytes = [] {
  constexpr std::size_t lanes = alignment / sizeof(T), inputs = padded<T>(Panels::inputs);
  if constexpr (by_output<Panels>) return std::size_t{0};
  else return sizeof(T) * (Panels::width < lanes ? lanes : Panels::width) * (inputs < 4 * lanes ? inputs : 4 * lanes);
}();

/// W += delta xᵀ, bias += delta, summed over the samples.
template <class Panels, class Arch = simd::default_arch, class T, class X, class Delta>
constexpr void accumulate(X x, Delta delta, T* w, T* bias) noexcept {
  if (__builtin_is_constant_evaluated()) return reference::accumulate<Panels>(x, delta, w, bias);
  if constexpr (simd::instruction::checked) simd::call([&] { simd::accumulate<Arch, Panels>(x, delta, w, bias); });
  else simd::accumulate<Arch, Panels>(x, delta, w, bias);
}

/// y = xᵀ, each row of y filled up with zeros. x and y are rows of ours.
template <class Arch = simd::default_arch, class X, class Y>
constexpr void turn(X x, Y y) noexcept {
  if (__builtin_is_constant_evaluated()) return reference::turn(x, y);
  simd::call([&] { simd::turn<Arch>(x, y); });
}

/// y = xᵀ of R rows of C numbers at any alignment, one behind the other, whose denormals become zero where they are `foreign`.
template <std::size_t R, std::size_t C, bool foreign, class Arch = simd::default_arch, class T>
constexpr void turn_numbers(const T* x, T* y) noexcept {
  if (__builtin_is_constant_evaluated()) return reference::turn_numbers<R, C, foreign>(x, y);
  simd::turn_numbers<Arch, R, C, foreign>(x, y);
}

/// y = x w, of as many columns of x as w has rows. All are rows of ours, w's padding what y's becomes.
template <class Arch = simd::default_arch, class X, class W, class Y>
constexpr void product(X x, W w, Y y) noexcept {
  if (__builtin_is_constant_evaluated()) return reference::product<false>(x, w, y);
  simd::call([&] { simd::product<false, Arch>(x, w, y); });
}
/// y += x w
template <class Arch = simd::default_arch, class X, class W, class Y>
constexpr void add_product(X x, W w, Y y) noexcept {
  if (__builtin_is_constant_evaluated()) return reference::product<true>(x, w, y);
  simd::call([&] { simd::product<true, Arch>(x, w, y); });
}
/// y = xᵀ w, of as many columns of x as y has rows; row i times factors[i] unless that is nullptr.
template <class Arch = simd::default_arch, class X, class W, class Y, class Factors>
constexpr void turned_product(X x, W w, Y y, Factors factors) noexcept {
  if (__builtin_is_constant_evaluated()) return reference::turned_product(x, w, y, factors);
  simd::call([&] { simd::turned_product<Arch>(x, w, y, factors); });
}

/// softmax(scale x) = x over of each column over its rows, of the numbers that `counted` has, `everything` or a `band`; 0 elsewhere.
template <class Arch = simd::default_arch, class T, class X, class Counted>
constexpr void softmax_columns(T scale, X x, T* over, Counted counted) noexcept {
  if (__builtin_is_constant_evaluated()) return reference::softmax_columns(scale, x, over, counted);
  simd::call([&] { simd::softmax_columns<Arch>(scale, x, over, counted); });
}
/// p = p over, which is that softmax, and the gradient by x from that by p.
template <class Arch = simd::default_arch, class T, class P, class G>
constexpr void softmax_columns_delta(T scale, P p, const T* over, G grad) noexcept {
  if (__builtin_is_constant_evaluated()) return reference::softmax_columns_delta(scale, p, over, grad);
  simd::call([&] { simd::softmax_columns_delta<Arch>(scale, p, over, grad); });
}

/// y = σ(window W + bias) for every window of one sample; rows of outputs are `step` numbers apart.
template <class Activation, class Panels, windows at, class Arch = simd::default_arch, class T, class D>
constexpr void convolve(const T* w, const T* bias, const T* x, T* y, D derivative, std::size_t step) noexcept {
  if (__builtin_is_constant_evaluated()) return reference::convolve<Activation, Panels, at>(w, bias, x, y, derivative, step);
  simd::call([&] { simd::convolve<Activation, Arch, Panels, at>(w, bias, x, y, derivative, step); });
}

/// y = σ(x W + bias) for rows x of which each tap's part lies elsewhere, row after row without padding.
template <class Activation, class Panels, class Arch = simd::default_arch, std::size_t taps, class T, class Y>
[[gnu::always_inline]] constexpr void convolve_taps(const T* w, const T* bias, const T* const (&x)[taps], Y y) noexcept {
  if (__builtin_is_constant_evaluated()) return reference::convolve_taps<Activation, Panels>(w, bias, x, y);
  simd::convolve_taps<Activation, Arch, Panels>(w, bias, x, y);
}

/// W += delta windowᵀ, bias += delta, summed over the windows of one sample.
template <class Panels, windows at, class Arch = simd::default_arch, class T>
constexpr void accumulate_windows(const T* x, const T* delta, std::size_t step, T* w, T* bias) noexcept {
  if (__builtin_is_constant_evaluated()) return reference::accumulate_windows<Panels, at>(x, delta, step, w, bias);
  simd::call([&] { simd::accumulate_windows<Arch, Panels, at>(x, delta, step, w, bias); });
}

/// gradient += delta Wᵀ of one sample, each number where its window has it.
template <class Panels, windows at, class Arch = simd::default_arch, class T>
constexpr void transposed_windows(const T* w, const T* delta, std::size_t step, T* gradient) noexcept {
  if (__builtin_is_constant_evaluated()) return reference::transposed_windows<Panels, at>(w, delta, step, gradient);
  simd::call([&] { simd::transposed_windows<Arch, Panels, at>(w, delta, step, gradient); });
}

/// The same three where each channel is a group of its own: W is (taps, channels).
template <class Activation, class Panels, windows at, class Arch = simd::default_arch, class T, class D>
constexpr void convolve_depthwise(const T* w, const T* bias, const T* x, T* y, D derivative) noexcept {
  if (__builtin_is_constant_evaluated()) return reference::convolve_depthwise<Activation, Panels, at>(w, bias, x, y, derivative);
  simd::call([&] { simd::convolve_depthwise<Activation, Arch, Panels, at>(w, bias, x, y, derivative); });
}
template <class Panels, windows at, class Arch = simd::default_arch, class T>
constexpr void accumulate_depthwise(const T* x, const T* delta, T* w, T* bias) noexcept {
  if (__builtin_is_constant_evaluated()) return reference::accumulate_depthwise<Panels, at>(x, delta, w, bias);
  simd::call([&] { simd::accumulate_depthwise<Arch, Panels, at>(x, delta, w, bias); });
}
template <class Panels, windows at, class Arch = simd::default_arch, class T>
constexpr void transposed_depthwise(const T* w, const T* delta, T* gradient) noexcept {
  if (__builtin_is_constant_evaluated()) return reference::transposed_depthwise<Panels, at>(w, delta, gradient);
  simd::call([&] { simd::transposed_depthwise<Arch, Panels, at>(w, delta, gradient); });
}

/// y = f(x...) element by element; f is a template over scalars and registers. y may be one of the x.
template <class Arch = simd::default_arch, class F, class Y, class... X>
constexpr void map(F f, Y y, X... x) noexcept {
  if (__builtin_is_constant_evaluated()) return reference::map(f, y, x...);
  if constexpr (simd::instruction::checked) simd::call([&] { simd::map<Arch, simd::lie::in_lines>(f, y, x...); });
  else simd::map<Arch, simd::lie::in_lines>(f, y, x...);
}

/// y = f(x...).value and slope = f(x...).derivative, of which they share the expensive part.
template <class Arch = simd::default_arch, class F, class Y, class D, class... X>
constexpr void map_both(F f, Y y, D slope, X... x) noexcept {
  if (__builtin_is_constant_evaluated()) return reference::map_both(f, y, slope, x...);
  if constexpr (simd::instruction::checked) simd::call([&] { simd::map_both<Arch>(f, y, slope, x...); });
  else simd::map_both<Arch>(f, y, slope, x...);
}

/// f(v...) for the numbers v of each row, by reference: what is const in the rows is read, the rest is read and written.
template <class Arch = simd::default_arch, class F, class First, class... Rows>
constexpr void each(F f, First first, Rows... rows) noexcept {
  if (__builtin_is_constant_evaluated()) return reference::each(f, first, rows...);
  if constexpr (simd::instruction::checked) simd::call([&] { simd::each<Arch, simd::lie::in_lines>(f, first, rows...); });
  else simd::each<Arch, simd::lie::in_lines>(f, first, rows...);
}

/// y = x, rows of ours.
template <class Arch = simd::default_arch, class Y, class X>
constexpr void copy(Y y, X x) noexcept {
  map<Arch>([](auto v) { return v; }, y, x);
}

/// y = x, rows of anybody's, and zero in the padding of y: of rows without padding nothing behind the last number is read or written.
template <class Arch = simd::default_arch, class X, class Y>
constexpr void copy_rows(X x, Y y) noexcept {
  if (__builtin_is_constant_evaluated()) return reference::copy_rows(x, y);
  simd::copy_rows<Arch>(x, y);
}
/// y += x, likewise.
template <class Arch = simd::default_arch, class X, class Y>
constexpr void add_rows(X x, Y y) noexcept {
  if (__builtin_is_constant_evaluated()) return reference::add_rows(x, y);
  simd::add_rows<Arch>(x, y);
}

/// f(x) of one number, as registers have it where there are any: of a scalar, compilers make branches of a formula's choices.
template <class Arch = simd::default_arch, class F, class T>
constexpr T of_one(F f, T x) noexcept {
  if (__builtin_is_constant_evaluated()) return f(x);
  return simd::of_one<Arch>(f, x);
}

/// y = f(x...) for rows of any stride, 0 for the same one, without padding between them: behind a row's last number nothing
/// is read or written.
template <class Arch = simd::default_arch, class F, class Y, class... X>
constexpr void map_rows(F f, Y y, X... x) noexcept {
  if (__builtin_is_constant_evaluated()) return reference::map(f, y, x...);
  simd::call([&] { simd::map<Arch, simd::lie::anywhere>(f, y, x...); });
}

/// to = from, N numbers of any alignment: such a row as a part of the caller, whose numbers may still be in registers.
template <std::size_t N, class Arch = simd::default_arch, class T>
[[gnu::always_inline]] constexpr void copy_numbers(const T* from, T* to) noexcept {
  const rows<T, 1, N, N> y{to, 1};
  const rows<const T, 1, N, N> x{from, 1};
  const auto same = [](auto v) { return v; };
  if (__builtin_is_constant_evaluated()) return reference::map(same, y, x);
  simd::map<Arch, simd::lie::anywhere>(same, y, x);
}
/// total[c] += f(x[s][c]...), summed over such rows.
template <class Arch = simd::default_arch, class F, class Y, class... X>
constexpr void sum_rows(F f, Y total, X... x) noexcept {
  if (__builtin_is_constant_evaluated()) return reference::sum_rows(f, total, x...);
  simd::call([&] { simd::sum_rows<Arch>(f, total, x...); });
}

/// y[p] = finish(f(... f(first, number of the window) ..., p)) for every window p of one sample, channel by channel.
template <windows at, class Arch = simd::default_arch, class F, class Finish, class T>
constexpr void fold_windows(F f, Finish finish, T first, const T* x, T* y) noexcept {
  if (__builtin_is_constant_evaluated()) return reference::fold_windows<at>(f, finish, first, x, y);
  simd::call([&] { simd::fold_windows<at, Arch>(f, finish, first, x, y); });
}

/// gradient[number of the window] += f(p, left, number, y[p]) for every window p, channel by channel; `left`, at first
/// grad_y[p], is what f has not yet given away.
template <windows at, class Arch = simd::default_arch, class F, class T>
constexpr void spread_windows(F f, const T* x, const T* y, const T* grad_y, T* gradient) noexcept {
  if (__builtin_is_constant_evaluated()) return reference::spread_windows<at>(f, x, y, grad_y, gradient);
  simd::call([&] { simd::spread_windows<at, Arch>(f, x, y, grad_y, gradient); });
}

/// The sum of f(x...) over the elements of one row.
template <class Arch = simd::default_arch, class F, class... X>
constexpr auto sum(F f, X... x) noexcept {
  if (__builtin_is_constant_evaluated()) return reference::sum(f, x...);
  return simd::sum<Arch>(f, x...);
}

/// The largest element of one row.
template <class Arch = simd::default_arch, class X>
constexpr auto largest(X x) noexcept {
  if (__builtin_is_constant_evaluated()) return reference::largest(x);
  return simd::largest<Arch>(x);
}

/// The sum of f(output, target).value over one row; gradient = scale * f(output, target).derivative.
template <class Arch = simd::default_arch, class F, class Y, class Target, class G, class T>
constexpr T value_and_gradient(F f, Y output, Target target, G gradient, T scale) noexcept {
  if (__builtin_is_constant_evaluated()) return reference::value_and_gradient(f, output, target, gradient, scale);
  return simd::value_and_gradient<Arch>(f, output, target, gradient, scale);
}

/// The sum of (scale x[i])² of n numbers; n is a multiple of the alignment.
template <class Arch = simd::default_arch, class T>
constexpr double sum_of_squares(std::size_t n, const T* x, T scale) noexcept {
  if (__builtin_is_constant_evaluated()) return reference::sum_of_squares(n, x, scale);
  return simd::sum_of_squares<Arch>(n, x, scale);
}

/// A rule that serves for gradients up to a size, and has one `of_any_size()` for scalars.
template <class Rule>
concept limited_rule = requires(const Rule& rule) { rule.of_any_size(); };

/// The rule for scalars, which the reference follows.
template <class Rule>
constexpr auto reference_rule(const Rule& rule) noexcept {
  if constexpr (limited_rule<Rule>) return rule.of_any_size();
  else return rule;
}

/// What no limited rule serves for, out of the way of what it does.
template <class Panels, class Rule, class X, class Delta, class T, class... State>
[[gnu::noinline, gnu::cold]] void update_of_any_size(Rule rule, X x, Delta delta, std::size_t weights, T* w, State*... states) noexcept {
  reference::update<Panels>(rule, x, delta, weights, w, states...);
}
template <class Rule, class T, class... State>
[[gnu::noinline, gnu::cold]] void update_of_any_size(Rule rule, std::size_t n, T* w, const T* g, State*... states) noexcept {
  reference::update(rule, n, w, g, states...);
}

/// rule(w, g, states...) for each of n parameters, in one pass over memory; n is a multiple of the alignment.
template <class Arch = simd::default_arch, class Rule, class T, class... State>
constexpr void update(const Rule& rule, std::size_t n, T* w, const T* g, State*... states) noexcept {
  if (__builtin_is_constant_evaluated()) return reference::update(reference_rule(rule), n, w, g, states...);
  if constexpr (limited_rule<Rule>) {
    constexpr std::size_t block = 1024; // stays in the first cache between the check and the step
    for (; n > 0; w += block, g += block, ((states += block), ...)) {
      const std::size_t here = n < block ? n : block;
      if (rule.any_negated || simd::any_above<simd::pack<T, Arch>>(rule.largest, g, here)) [[unlikely]]
        update_of_any_size(reference_rule(rule), here, w, g, states...);
      else simd::update<Arch>(rule, here, w, g, states...);
      n -= here;
    }
    return;
  }
  simd::update<Arch>(rule, n, w, g, states...);
}

/// Whether a number of delta xᵀ or of delta, summed over the samples, may be above the bound, a power of four.
template <class Arch, class T, class X, class Delta>
bool any_product_above(T bound, X x, Delta delta) noexcept {
  const T root = math::power_of_two(math::exponent(bound) / 2);
  return simd::any_above<Arch>(root, x) || simd::any_above<Arch>(root / T(Delta::capacity), delta);
}

/// The same for the weights and biases of a linear map, W from number `weights` on; g is their gradient, which is never
/// in memory: W's is delta xᵀ, b's is delta, summed over the samples.
template <class Panels, class Arch = simd::default_arch, class Rule, class X, class Delta, class T, class... State>
constexpr void update(const Rule& rule, X x, Delta delta, std::size_t weights, T* w, State*... states) noexcept {
  if (__builtin_is_constant_evaluated())
    return reference::update<Panels>(reference_rule(rule), x, delta, weights, w, states...);
  if constexpr (limited_rule<Rule>)
    if (rule.any_negated || any_product_above<Arch>(rule.largest, x, delta)) [[unlikely]]
      return update_of_any_size<Panels>(reference_rule(rule), x, delta, weights, w, states...);
  simd::update<Arch, Panels>(rule, x, delta, weights, w, states...);
}

} // namespace inlay::kernel
