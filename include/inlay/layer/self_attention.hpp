#pragma once

#include "inlay/kernel.hpp"
#include "inlay/layer.hpp"
#include "inlay/layer/attention_options.hpp"
#include "inlay/layer/attention_parameters.hpp"

#include <array>
#include <concepts>
#include <span>
#include <utility>

namespace inlay {

/// Attention of a sequence to itself, as torch.nn.MultiheadAttention(D, Heads, batch_first=True) with query = key = value; Vaswani et
/// al. 2017. Of each head, d = D / Heads numbers of a step,
///
///     q, k, v = W_q x + b_q, W_k x + b_k, W_v x + b_v        o = softmax(q Kᵀ / √d) V
///
/// and y = W_o o + b_o of the o of all heads. Input: a sequence of D numbers, output likewise. Causal, it streams with a ring of
/// keys and values. Where a step is not finite, others of its sequence may not be either. Parameters in order: in_proj_weight
/// [3 D][D], in_proj_bias, out_proj.weight [D][D], out_proj.bias.
template <std::size_t Heads, attention_options Options = attention_options{}>
struct self_attention {
  static constexpr description described{.name = "self_attention", .header = "inlay/layer/self_attention.hpp"};
  static constexpr void arguments(auto& list) { list.number("heads", Heads), list.template attention<Options>(); }
  template <class Input>
  static constexpr bool mixes_steps = true;

  template <scalar T, class Input>
  static constexpr auto check() noexcept {
    if constexpr (Heads == 0) return mismatch<refused::every_argument<refused::at_least<1>>, self_attention>{};
    else if constexpr (!is_over_time<Input>) return mismatch<refused::a_sequence, Input>{};
    else if constexpr (Input::row::rank != 1) return mismatch<refused::one_dimension, typename Input::row>{};
    else if constexpr (Input::row::size % Heads != 0) return mismatch<refused::heads_that_divide_the_features, typename Input::row>{};
    else if constexpr (Options.window > 0 && !Options.is_causal) return mismatch<refused::is_causal_with_a_window, self_attention>{};
    else return accepted{};
  }

  template <scalar T, class Input>
  struct bind : detail::attention_parameters<T, Input::row::size, Heads> {
    using base = detail::attention_parameters<T, Input::row::size, Heads>;
    using base::own, base::head, base::inner, base::wide, base::in_weights_at, base::out_at, base::out_weights_at, base::storage;
    using typename base::in_map, typename base::out_map;
    using listed = self_attention;
    using scalar = T;
    using input_shape = Input;
    using output_shape = Input;
    static constexpr bool wants_all_steps = !Options.is_causal;
    static constexpr bool trains_from_the_beginning = true;
    static constexpr std::size_t steps = Input::steps, features = Input::row::size;
    /// Steps that one attends to; of a stream as many are kept.
    static constexpr std::size_t window = Options.window > 0 ? Options.window : steps;
    static constexpr std::size_t multiply_adds = [] {
      std::size_t pairs = 0;
      for (std::size_t t = 0; t < steps; ++t) pairs += !Options.is_causal ? steps : (t < window ? t + 1 : window);
      return steps * (base::in_weight_count + base::out_weight_count) + 2 * features * pairs;
    }();

    /// Queries of a sample that go together.
    static constexpr std::size_t together = steps < 2 * alignment / sizeof(T) ? steps : 2 * alignment / sizeof(T);
    using turned_queries = block<T, head, together>;
    using scores = block<T, steps, together>; // keys by queries
    using shares = block<T, 1, together>;

    template <class A>
    struct trace {
      A input;
      block<T, A::capacity, wide> projected; // q, k, v
      block<T, A::capacity, inner> attended; // o
    };
    template <std::size_t Rows>
    struct gradient {
      block<T, Rows, wide> projected;
      block<T, Rows, features> out;
    };
    template <std::size_t Rows, bool Record>
    static constexpr std::size_t scratch =
        sizeof(block<T, Rows, inner>) + (Record ? 3 : 1) * (sizeof(turned_queries) + sizeof(scores) + sizeof(shares)) +
        (Record ? kernel::transposed_bytes<out_map, T> : sizeof(block<T, Rows, wide>));

    template <class Trace, class A, class Y>
    static constexpr void forward(std::span<const T, storage> theta, Trace& trace, A a, Y y) noexcept {
      if constexpr (recorded<Trace>) {
        trace.input = a;
        run(theta.data(), trace.projected, trace.attended, a, y);
      } else {
        block<T, A::capacity, wide> projected;
        block<T, A::capacity, inner> attended;
        run(theta.data(), projected, attended, a, y);
      }
    }

    // The scores are made again: kept, they would be steps² numbers a head.
    template <class Trace, class G, class Gradient>
    static constexpr void delta(std::span<const T, storage> theta, const Trace& trace, G grad_a, Gradient& grad_z) noexcept {
      const std::size_t count = grad_a.samples();
      const auto out = grad_z.out.view(count);
      block<T, G::capacity, inner> grad_attended;
      kernel::copy(out, grad_a);
      kernel::transposed<out_map>(theta.data() + out_at + out_weights_at, out, grad_attended.view(count));
      make_zero(grad_z.projected);
      turned_queries q, of_o;
      scores p, of_p;
      shares over;
      const auto by = grad_z.projected.view(count);
      for_each_block(trace.projected.view(count), [&](auto at) {
        softmax(at, q, p.view(at.keys), over.data);
        const auto grad_o = part<together>(grad_attended.view(count), at.h, at.row, at.queries);
        const auto grad_p = of_p.view(at.keys);
        kernel::turn(grad_o, of_o.view(head));
        kernel::product(at.v, std::as_const(of_o).view(head), grad_p);
        kernel::softmax_columns_delta(scale, p.view(at.keys), std::as_const(over).data, grad_p);
        kernel::add_product(std::as_const(p).view(at.keys), grad_o, part<steps>(by, 2 * Heads + at.h, at.first, at.keys));
        kernel::turned_product(grad_p, at.k, part<together>(by, at.h, at.row, at.queries), nullptr);
        kernel::add_product(grad_p, at.q, part<steps>(by, Heads + at.h, at.first, at.keys));
      });
      if constexpr (head != own) base::clear_between(by);
    }
    template <class Trace, class Gradient>
    static constexpr void accumulate(const Trace& trace, const Gradient& grad_z, std::span<T, storage> grad) noexcept {
      const std::size_t count = trace.input.samples();
      kernel::accumulate<in_map>(trace.input, grad_z.projected.view(count), grad.data() + in_weights_at, grad.data());
      T* const out = grad.data() + out_at;
      kernel::accumulate<out_map>(trace.attended.view(count), grad_z.out.view(count), out + out_weights_at, out);
      if constexpr (head != own) base::clear_padding_of_weights(grad.data());
    }
    template <class Trace, class Gradient>
    static constexpr void update(const auto& rule, const Trace& trace, const Gradient& grad_z, std::span<T, storage> theta,
                                 std::same_as<std::span<T, storage>> auto... states) noexcept
      requires(head == own) // between heads a rule would have to leave zeros alone
    {
      const std::size_t count = trace.input.samples();
      kernel::update<in_map>(rule, trace.input, grad_z.projected.view(count), in_weights_at, theta.data(), states.data()...);
      kernel::update<out_map>(rule, trace.attended.view(count), grad_z.out.view(count), out_weights_at, theta.data() + out_at,
                              (states.data() + out_at)...);
    }
    template <class Gradient, class G>
    static constexpr void transposed(std::span<const T, storage> theta, const Gradient& grad_z, G grad_a) noexcept {
      kernel::transposed<in_map>(theta.data() + in_weights_at, grad_z.projected.view(grad_a.samples()), grad_a);
    }

    /// The keys and values of the last steps, as a ring.
    struct state {
      block<T, inner, window> keys; // turned: a column for each step
      block<T, window, inner> values;
      block<T, 1, window> filled; // 1 where a step is
      std::size_t at = 0;         // the oldest

      constexpr state() noexcept { make_zero(keys), make_zero(values), make_zero(filled); }
      // Where the ring begins counts: the order of a sum, and so its rounding, depends on it.
      friend constexpr bool operator==(const state& a, const state& b) noexcept {
        bool same = a.at == b.at;
        for (std::size_t k = 0; k < window; ++k) same = same && a.filled.data[k] == b.filled.data[k];
        for (std::size_t i = 0; i < inner; ++i)
          for (std::size_t k = 0; k < window; ++k) same = same && a.key(i, k) == b.key(i, k) && a.value(i, k) == b.value(i, k);
        return same;
      }

      constexpr T key(std::size_t i, std::size_t slot) const noexcept { return keys.view(inner)[i][slot]; }
      constexpr T value(std::size_t i, std::size_t slot) const noexcept { return values.view(window)[slot][i]; }
      constexpr void put(const T* k, const T* v) noexcept {
        for (std::size_t i = 0; i < inner; ++i) {
          keys.view(inner)[i][at] = math::flush_denormal(k[i]);
          values.view(window)[at][i] = math::flush_denormal(v[i]);
        }
        filled.data[at] = 1;
        at = at + 1 == window ? 0 : at + 1;
      }
    };
    /// How many steps the ring holds, then the keys of each, the oldest first, then the values.
    static constexpr std::size_t remembered = 1 + 2 * window * features;
    static constexpr void read_state(const state& state, T* numbers) noexcept {
      std::size_t held = 0;
      while (held < window && state.filled.data[held] != T(0)) ++held;
      numbers[0] = T(held);
      for (std::size_t k = 0; k < window; ++k)
        for (std::size_t i = 0; i < features; ++i) {
          const std::size_t slot = held < window ? k : (state.at + k) % window;
          numbers[1 + k * features + i] = state.key(base::column(i), slot);
          numbers[1 + (window + k) * features + i] = state.value(base::column(i), slot);
        }
    }
    static constexpr void write_state(state& state, const T* numbers) noexcept {
      state = {};
      for (std::size_t k = 0; k < window && numbers[0] - T(k) > T(0.5); ++k) { // rounded: it is counted, and has no derivative
        std::array<T, inner> key{}, value{};
        for (std::size_t i = 0; i < features; ++i) {
          key[base::column(i)] = numbers[1 + k * features + i];
          value[base::column(i)] = numbers[1 + (window + k) * features + i];
        }
        state.put(key.data(), value.data());
      }
    }
    /// Of a step, or of several one after the other.
    static constexpr bool steps_together = true;
    template <class A, class Y>
    static constexpr void step(std::span<const T, storage> theta, state& state, A a, Y y) noexcept {
      const std::size_t count = a.samples();
      block<T, A::capacity, wide> projected;
      block<T, A::capacity, inner> attended;
      base::project_in(theta.data(), a, projected.view(count));
      for (std::size_t r = 0; r < count; ++r) {
        const T* const own_row = projected.view(count)[r];
        state.put(own_row + inner, own_row + 2 * inner);
        for (std::size_t h = 0; h < Heads; ++h)
          attend(state, h, part<1>(std::as_const(projected).view(count), h, r, 1), part<1>(attended.view(count), h, r, 1));
      }
      base::project_out(theta.data(), std::as_const(attended).view(count), y);
    }

  private:
    static constexpr T scale = static_cast<T>(1 / math::square_root(static_cast<double>(own)));

    /// Head h of `count` rows from `first` on; of what has several parts h counts on.
    template <std::size_t most, class Rows>
    static constexpr auto part(Rows all, std::size_t h, std::size_t first, std::size_t count) noexcept {
      return rows<typename Rows::element, most, head, Rows::stride>{all[first] + h * head, count};
    }
    /// Some queries of a head of a sample, the keys and values that they attend to, and where those rows are.
    struct attending {
      std::size_t h, row, queries, first, keys; // of the batch
      rows<const T, together, head, padded<T>(wide)> q;
      rows<const T, steps, head, padded<T>(wide)> k, v;
    };
    /// f(attending) for all of them.
    template <class Rows>
    static constexpr void for_each_block(Rows projected, auto f) noexcept {
      for (std::size_t s = 0; s < projected.samples(); s += steps)
        for (std::size_t h = 0; h < Heads; ++h)
          for (std::size_t t = 0; t < steps; t += together) {
            const std::size_t queries = steps - t < together ? steps - t : together;
            const std::size_t first = Options.is_causal && t + 1 > window ? t + 1 - window : 0;
            const std::size_t keys = (Options.is_causal ? t + queries : steps) - first;
            const auto k = part<steps>(projected, Heads + h, s + first, keys), v = part<steps>(projected, 2 * Heads + h, s + first, keys);
            f(attending{h, s + t, queries, s + first, keys, part<together>(projected, h, s + t, queries), k, v});
          }
    }
    /// softmax(k qᵀ / √d) over the keys = p over.
    static constexpr void softmax(auto at, turned_queries& q, auto p, T* over) noexcept {
      kernel::turn(at.q, q.view(head));
      kernel::product(at.k, std::as_const(q).view(head), p);
      if constexpr (Options.is_causal)
        kernel::softmax_columns(scale, p, over, kernel::band{static_cast<std::ptrdiff_t>(at.row - at.first), std::ptrdiff_t{window}});
      else kernel::softmax_columns(scale, p, over, kernel::everything{});
    }
    static constexpr void run(const T* theta, auto& projected, auto& attended, auto a, auto y) noexcept {
      const std::size_t count = a.samples();
      base::project_in(theta, a, projected.view(count));
      turned_queries q;
      scores p;
      shares over;
      for_each_block(std::as_const(projected).view(count), [&](auto at) {
        softmax(at, q, p.view(at.keys), over.data);
        const auto o = part<together>(attended.view(count), at.h, at.row, at.queries);
        kernel::turned_product(std::as_const(p).view(at.keys), at.v, o, over.data);
      });
      base::project_out(theta, std::as_const(attended).view(count), y);
    }

    /// o = softmax(q Kᵀ / √d) V of head h, K and V those of the ring.
    static constexpr void attend(const state& state, std::size_t h, auto q, auto o) noexcept {
      block<T, 1, window> scores_of_one;
      const auto p = scores_of_one.view(1);
      kernel::product(q, rows<const T, head, window, decltype(state.keys)::stride>{state.keys.view(inner)[h * head], head}, p);
      kernel::map(
          [](auto s, auto filled) {
            using math::select;
            using V = decltype(s);
            return select(filled > V(T(0)), s, V(-math::ieee<math::scalar_of<T>>::largest));
          },
          p, p, state.filled.view(1));
      const T most = kernel::largest(p);
      kernel::map([most](auto s) { return math::exp_bounded(decltype(s)(scale) * (s - decltype(s)(most))); }, p, p);
      const T share = T(1) / kernel::sum([](auto e) { return e; }, p);
      kernel::map(
          [share](auto e) {
            using math::flush_denormal;
            return flush_denormal(e * decltype(e)(share));
          },
          p, p);
      kernel::product(p, part<window>(state.values.view(window), h, 0, window), o);
    }
  };
};

} // namespace inlay
