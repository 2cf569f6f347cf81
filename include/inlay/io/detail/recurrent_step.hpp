#pragma once

#include "inlay/io/detail/evaluate.hpp"
#include "inlay/io/detail/rounded_sum.hpp"

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// bias and what `terms(add)` adds to it, through `round`, see evaluate().
template <class Round, class Terms>
double sum_of(double bias, Round& round, Terms terms) {
  double value = bias;
  rounded_sum rounded(value);
  terms([&](double term) {
    value += term;
    if constexpr (Round::rounds)
      rounded.add(term);
  });
  return round(value, Round::rounds ? rounded() : 0);
}

/// One step of an rnn, gru or lstm in double precision, written for clearness: from h and c to the next ones.
template <class Round>
class recurrent_step {
public:
  recurrent_step(const layer_description& layer, Round& round) : layer(layer), round(round) {}

  std::vector<double> operator()(std::vector<double>& h, std::vector<double>& c, const std::vector<double>& x) {
    if (layer.is_a("rnn"))
      return h = activated(layer.activation, gates(x, h), round);
    return layer.is_a("lstm") ? lstm(h, c, x) : gru(h, x);
  }

private:
  const std::vector<double>& tensor(std::size_t k) const { return layer.parameters[k].values; }

  std::vector<double> lstm(std::vector<double>& h, std::vector<double>& c, const std::vector<double>& x) {
    const auto z = gates(x, h);
    const std::size_t n = h.size();
    for (std::size_t k = 0; k < n; ++k) {
      const double i = sigma("sigmoid", z[k]), f = sigma("sigmoid", z[n + k]), g = sigma("tanh", z[2 * n + k]);
      c[k] = rounded(rounded(f * c[k]) + rounded(i * g));
      h[k] = rounded(sigma("sigmoid", z[3 * n + k]) * sigma("tanh", c[k]));
    }
    return h;
  }
  /// The reset is behind U_n h + c_n, or in front of it.
  std::vector<double> gru(std::vector<double>& h, const std::vector<double>& x) {
    const std::size_t n = h.size();
    const bool before = layer.has_word("reset_before");
    const auto of_x = [&](std::size_t r) { return row(tensor(0), tensor(2), x, r); };
    const auto of_h = [&](std::size_t r) { return row(tensor(1), tensor(3), h, r); };
    std::vector<double> next, reset, kept;
    for (std::size_t k = 0; k < n; ++k) {
      reset.push_back(sigma("sigmoid", rounded(of_x(k) + of_h(k))));
      kept.push_back(rounded(reset[k] * h[k]));
    }
    for (std::size_t k = 0; k < n; ++k) {
      const double z = sigma("sigmoid", rounded(of_x(n + k) + of_h(n + k)));
      const double of_kept = before ? row(tensor(1), tensor(3), kept, 2 * n + k) : rounded(reset[k] * of_h(2 * n + k));
      const double inner = sigma("tanh", rounded(of_x(2 * n + k) + of_kept));
      next.push_back(rounded(rounded((1 - z) * inner) + rounded(z * h[k])));
    }
    return h = next;
  }

  /// W x + b + U h + c of each gate.
  std::vector<double> gates(const std::vector<double>& x, const std::vector<double>& h) {
    std::vector<double> z;
    for (std::size_t r = 0; r < tensor(2).size(); ++r)
      z.push_back(sum_of(tensor(2)[r], round, [&](auto add) {
        add(tensor(3)[r]);
        for (std::size_t i = 0; i < x.size(); ++i)
          add(tensor(0)[r * x.size() + i] * x[i]);
        for (std::size_t i = 0; i < h.size(); ++i)
          add(tensor(1)[r * h.size() + i] * h[i]);
      }));
    return z;
  }
  double row(const std::vector<double>& of, const std::vector<double>& bias, const std::vector<double>& from,
             std::size_t r) {
    return sum_of(bias[r], round, [&](auto add) {
      for (std::size_t i = 0; i < from.size(); ++i)
        add(of[r * from.size() + i] * from[i]);
    });
  }
  double sigma(const char* name, double z) {
    activation_description of;
    of.name = name;
    const auto& entry = entry_of(of);
    const double a = entry.value(z, 0);
    return round(a, entry.stated.value * std::abs(a));
  }
  double rounded(double value) { return round(value, std::abs(value)); }

  const layer_description& layer;
  Round& round;
};

} // namespace inlay::io::detail
