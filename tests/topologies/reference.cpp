#include "reference.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace reference {

number rounding(arithmetic T, std::size_t n, number magnitude) {
  const number k = static_cast<number>(n), u = T.epsilon / 2;
  return 2 * k * (u / (1 - k * u) * magnitude + T.smallest);
}

namespace {

/// Errors of arithmetic: none, or each sum off by half to all of its bound, upwards or downwards at random.
struct errors {
  arithmetic T;
  bool any = false;
  std::uint64_t state = 0;

  number operator()(number value, std::size_t terms, number magnitude) {
    return off(value, any ? rounding(T, terms, magnitude) : 0);
  }
  number ulps(number value, number ulp, number at_least = 0) {
    return off(value, ulp * T.epsilon * std::max(std::abs(value), at_least));
  }

private:
  number off(number value, number by) {
    if (!any || by == 0)
      return value;
    std::uint64_t z = state += 0x9e3779b97f4a7c15u; // SplitMix64
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    z ^= z >> 31;
    const number share = 0.5L + static_cast<number>(z >> 41) * 0x1p-24L;
    return value + (z & 1 ? share * by : -share * by);
  }
};

// --- activations -----------------------------------------------------------------------------------------------------

struct value_and_slope {
  number value, slope;
};

/// Σ cₖ zᵏ for odd k, its slope, and Σ|cₖ zᵏ| and Σ|k cₖ zᵏ⁻¹|.
struct odd_polynomial {
  number value = 0, slope = 0, value_terms = 0, slope_terms = 0;
  odd_polynomial(number z, const vector& c) {
    for (std::size_t i = 0; i < c.size(); ++i) {
      const number k = static_cast<number>(2 * i + 1), power = std::pow(z, k - 1);
      value += c[i] * power * z;
      slope += k * c[i] * power;
      value_terms += std::abs(c[i] * power * z);
      slope_terms += std::abs(k * c[i] * power);
    }
  }
};

number logistic(number z) { return z < 0 ? std::exp(z) / (1 + std::exp(z)) : 1 / (1 + std::exp(-z)); }
number clamped(number z, number low, number high) { return std::min(high, std::max(low, z)); }

value_and_slope exponential_linear(number z, number scale, number factor, number rate) {
  return z > 0 ? value_and_slope{scale * z, scale}
               : value_and_slope{factor * std::expm1(rate * z), factor * rate * std::exp(rate * z)};
}

/// PyTorch's formulas; of the two fast ones the polynomial that defines them.
value_and_slope at(const nonlinearity& s, number z, errors& off) {
  const auto& is = s.name;
  if (is == "identity")
    return {z, 1};
  if (is == "relu")
    return z > 0 ? value_and_slope{z, 1} : value_and_slope{0, 0};
  if (is == "leaky_relu")
    return z > 0 ? value_and_slope{z, 1} : value_and_slope{z * s.parameter, s.parameter};
  if (is == "elu")
    return exponential_linear(z, 1, s.parameter, 1);
  if (is == "celu")
    return exponential_linear(z, 1, s.parameter, 1 / s.parameter);
  if (is == "selu") {
    const number scale = 1.0507009873554804934193349852946L, alpha = 1.6732632423543772848170429916717L;
    return exponential_linear(z, scale, scale * alpha, 1);
  }
  if (is == "sigmoid")
    return {logistic(z), logistic(z) * logistic(-z)};
  if (is == "tanh")
    return {std::tanh(z), 4 * logistic(2 * z) * logistic(-2 * z)};
  if (is == "gelu") {
    const number phi = std::erfc(-z * 0.70710678118654752440084436210484904L) / 2;
    return {z * phi, phi + z * std::exp(-z * z / 2) * 0.39894228040143267793994605993438187L};
  }
  if (is == "gelu_tanh") {
    const number c = 1.59576912160573071175978423973752747L, d = 0.044715L * c, up = logistic(z * (c + d * z * z));
    return {z * up, up + z * up * logistic(-z * (c + d * z * z)) * (c + 3 * d * z * z)};
  }
  if (is == "silu")
    return {z * logistic(z), logistic(z) + z * logistic(z) * logistic(-z)};
  if (is == "mish") {
    const number t = std::tanh(std::max(z, number(0)) + std::log1p(std::exp(-std::abs(z))));
    return {z * t, t + z * (1 - t * t) * logistic(z)};
  }
  if (is == "softplus")
    return z > 20 ? value_and_slope{z, 1}
                  : value_and_slope{std::max(z, number(0)) + std::log1p(std::exp(-std::abs(z))), logistic(z)};
  if (is == "softsign")
    return {z / (1 + std::abs(z)), 1 / ((1 + std::abs(z)) * (1 + std::abs(z)))};
  if (is == "hard_tanh")
    return {clamped(z, -1, 1), std::abs(z) < 1 ? 1.0L : 0.0L};
  if (is == "hard_sigmoid")
    return {clamped(z + 3, 0, 6) / 6, std::abs(z) < 3 ? 1 / 6.0L : 0.0L};
  if (is == "hard_swish")
    return {z * (clamped(z + 3, 0, 6) / 6), z <= -3 ? 0.0L : (z >= 3 ? 1.0L : z / 3 + 0.5L)};
  if (is == "fast_tanh" || is == "fast_sigmoid") {
    const bool tanh = is == "fast_tanh";
    const number bound = tanh ? 2.88L : 5.76L;
    const odd_polynomial p(
        clamped(z, -bound, bound),
        tanh
            ? vector{0.996824622L, -0.304083884L, 0.0825529918L, -0.0138541264L, 0.00122145109L, -4.28838212e-05L}
            : vector{0.249206156L, -0.0190052427L, 0.0012898905L, -5.41176814e-05L, 1.19282333e-06L, -1.04696829e-08L});
    return {off(p.value + (tanh ? 0.0L : 0.5L), 16, p.value_terms + (tanh ? 0.0L : 0.5L)),
            std::max(number(0), off(p.slope, 16, p.slope_terms))};
  }
  throw std::invalid_argument("no reference for the activation " + is);
}

/// Where the slope jumps.
vector jumps(const nonlinearity& s) {
  const auto& is = s.name;
  if (is == "relu" || is == "leaky_relu" || is == "selu" || (is == "elu" && s.parameter != 1))
    return {0};
  if (is == "hard_tanh")
    return {-1, 1};
  if (is == "hard_sigmoid" || is == "hard_swish")
    return {-3, 3};
  if (is == "softplus")
    return {20};
  return {};
}

bool of_a_row(const nonlinearity& s) { return s.name == "softmax" || s.name == "log_softmax"; }

// --- layers ----------------------------------------------------------------------------------------------------------

using extents = std::vector<std::size_t>;
std::size_t size(const extents& e) {
  std::size_t all = 1;
  for (const std::size_t extent : e)
    all *= extent;
  return all;
}

/// How a convolution sees its input, a line being an image of height 1. A dense layer is one window over everything.
struct view {
  const layer& l;
  std::size_t in, height, width, out_h, out_w;

  view(const layer& l, const extents& e)
      : l(l), in(l.kind == kind::dense ? size(e) : e[0]), height(e.size() == 3 ? e[1] : 1),
        width(e.size() > 1 ? e.back() : 1), out_h(positions(l.h, height)), out_w(positions(l.w, width)) {
    if (l.kind == kind::dense)
      height = width = out_h = out_w = 1;
  }
  static std::size_t positions(const window& at, std::size_t extent) {
    const std::size_t padded = at.before + extent + at.after, reach = at.dilation * (at.kernel - 1) + 1;
    return padded < reach ? 0 : (padded - reach) / at.stride + 1;
  }
  std::size_t positions() const { return out_h * out_w; }
  std::size_t taps() const { return in / l.groups * l.h.kernel * l.w.kernel; } ///< of one output
  extents output(std::size_t rank) const {
    return l.kind == kind::dense ? extents{l.outputs} : (rank == 3 ? extents{l.outputs, out_h, out_w} : extents{l.outputs, out_w});
  }
  static constexpr std::size_t zero = std::size_t(-1); ///< a tap that sees padding
  /// The number of the input that tap k of output channel o sees at a position.
  std::size_t input(std::size_t o, std::size_t position, std::size_t k) const {
    const std::size_t kernel = l.h.kernel * l.w.kernel, each = in / l.groups;
    const std::size_t channel = o / (l.outputs / l.groups) * each + k / kernel;
    const std::size_t i = position / out_w * l.h.stride + k % kernel / l.w.kernel * l.h.dilation;
    const std::size_t j = position % out_w * l.w.stride + k % l.w.kernel * l.w.dilation;
    if (i < l.h.before || j < l.w.before || i - l.h.before >= height || j - l.w.before >= width)
      return zero;
    return (channel * height + i - l.h.before) * width + j - l.w.before;
  }
};

/// What a layer keeps on the way forward for the way back.
struct tape {
  std::size_t parameter = 0; // its first
  extents in, out;
  vector a_before, a, slope;
  std::vector<tape> inner{};
};

struct sweep {
  const vector& theta;
  errors off;
  pass result{};
  std::size_t next = 0; // parameter

  vector forward(const std::vector<layer>& layers, vector a, extents& e, std::vector<tape>& tapes) {
    for (const layer& l : layers) {
      tape& t = tapes.emplace_back();
      t.parameter = next;
      t.in = e;
      t.a_before = a;
      a = forward(l, a, e, t);
      t.out = e;
      t.a = a;
    }
    return a;
  }

  vector backward(const std::vector<layer>& layers, vector grad, const std::vector<tape>& tapes) {
    for (std::size_t l = layers.size(); l-- > 0;)
      grad = backward(layers[l], grad, tapes[l]);
    return grad;
  }

private:
  vector forward(const layer& l, const vector& x, extents& e, tape& t) {
    if (l.kind == kind::activation)
      return activate(l.sigma, x, t);
    if (l.kind == kind::transpose) {
      vector y(x.size());
      for (std::size_t i = 0; i < e[0]; ++i)
        for (std::size_t j = 0; j < e[1]; ++j)
          y[j * e[0] + i] = x[i * e[1] + j];
      std::swap(e[0], e[1]);
      return y;
    }
    if (l.kind == kind::residual) {
      vector y = forward(l.inner, x, e, t.inner);
      for (std::size_t i = 0; i < x.size(); ++i)
        y[i] = off(y[i] + x[i], 1, std::abs(y[i] + x[i]));
      return y;
    }
    if (l.kind == kind::prelu) {
      vector y(x.size());
      for (std::size_t i = 0; i < x.size(); ++i) {
        const number w = theta[next + i / (x.size() / l.outputs)];
        y[i] = x[i] > 0 ? x[i] : off(w * x[i], 1, std::abs(w * x[i]));
        result.distances.push_back(x[i]);
      }
      next += l.outputs;
      return y;
    }
    const view at(l, e);
    const std::size_t p = next, taps = at.taps(), positions = at.positions();
    next += l.outputs * (taps + 1);
    vector z(l.outputs * positions);
    for (std::size_t o = 0; o < l.outputs; ++o)
      for (std::size_t q = 0; q < positions; ++q) {
        number sum = theta[p + l.outputs * taps + o], magnitude = std::abs(sum);
        for (std::size_t k = 0; k < taps; ++k) {
          const std::size_t i = at.input(o, q, k);
          const number term = i == view::zero ? 0 : theta[p + o * taps + k] * x[i];
          sum += term;
          magnitude += std::abs(term);
        }
        z[o * positions + q] = off(sum, taps + 2, magnitude);
      }
    e = at.output(e.size());
    return activate(l.sigma, z, t);
  }

  vector backward(const layer& l, const vector& grad, const tape& t) {
    if (l.kind == kind::activation)
      return through(l.sigma, grad, t);
    if (l.kind == kind::transpose) {
      vector back(grad.size());
      for (std::size_t i = 0; i < t.in[0]; ++i)
        for (std::size_t j = 0; j < t.in[1]; ++j)
          back[i * t.in[1] + j] = grad[j * t.in[0] + i];
      return back;
    }
    if (l.kind == kind::residual) {
      vector back = backward(l.inner, grad, t.inner);
      for (std::size_t i = 0; i < grad.size(); ++i)
        back[i] = off(back[i] + grad[i], 1, std::abs(back[i] + grad[i]));
      return back;
    }
    if (l.kind == kind::prelu) {
      vector back(grad.size()), magnitude(l.outputs);
      const std::size_t each = grad.size() / l.outputs;
      for (std::size_t i = 0; i < grad.size(); ++i) {
        const number slope = t.a_before[i] > 0 ? 1 : theta[t.parameter + i / each];
        back[i] = off(slope * grad[i], 1, std::abs(slope * grad[i]));
        const number term = std::min(t.a_before[i], number(0)) * grad[i];
        result.gradient[t.parameter + i / each] += term;
        magnitude[i / each] += std::abs(term);
      }
      for (std::size_t k = 0; k < l.outputs; ++k)
        result.gradient[t.parameter + k] = off(result.gradient[t.parameter + k], each + 1, magnitude[k]);
      return back;
    }
    const view at(l, t.in);
    const std::size_t taps = at.taps(), positions = at.positions(), biases = t.parameter + l.outputs * taps;
    const vector delta = through(l.sigma, grad, t);
    for (std::size_t o = 0; o < l.outputs; ++o)
      for (std::size_t k = 0; k <= taps; ++k) {
        number sum = 0, magnitude = 0;
        for (std::size_t q = 0; q < positions; ++q) {
          const std::size_t i = k < taps ? at.input(o, q, k) : view::zero;
          const number term = delta[o * positions + q] * (k == taps ? 1 : (i == view::zero ? 0 : t.a_before[i]));
          sum += term;
          magnitude += std::abs(term);
        }
        result.gradient[k < taps ? t.parameter + o * taps + k : biases + o] = off(sum, positions, magnitude);
      }
    vector back(size(t.in)), magnitude(size(t.in));
    std::vector<std::size_t> terms(size(t.in));
    for (std::size_t q = 0; q < positions; ++q)
      for (std::size_t k = 0; k < taps; ++k)
        for (std::size_t o = 0; o < l.outputs; ++o) {
          const std::size_t i = at.input(o, q, k);
          if (i == view::zero)
            continue;
          const number term = theta[t.parameter + o * taps + k] * delta[o * positions + q];
          back[i] += term;
          magnitude[i] += std::abs(term);
          ++terms[i];
        }
    for (std::size_t i = 0; i < back.size(); ++i)
      back[i] = off(back[i], terms[i], magnitude[i]);
    return back;
  }

  vector activate(const nonlinearity& s, const vector& z, tape& t) {
    vector a(z.size());
    if (of_a_row(s)) {
      const number most = *std::max_element(z.begin(), z.end());
      number total = 0;
      for (const number z_i : z)
        total += std::exp(z_i - most);
      for (std::size_t i = 0; i < z.size(); ++i) {
        const number p = std::exp(z[i] - most) / total; // z_i - most is rounded, too, before it is an exponent
        a[i] = s.name == "softmax"
                   ? off(p, z.size() + 16, p * (1 + most - z[i]))
                   : off(z[i] - most - std::log(total), z.size() + 16, most - z[i] + 1 + std::log(total));
      }
      return a;
    }
    t.slope.resize(z.size());
    const vector at_jumps = jumps(s);
    for (std::size_t i = 0; i < z.size(); ++i) {
      for (const number jump : at_jumps)
        result.distances.push_back(z[i] - jump);
      const auto [value, slope] = at(s, z[i], off);
      const number small = value != 0 && std::abs(value) < 1 ? -std::log(std::abs(value)) : 0;
      a[i] = off.ulps(value, s.value_ulp + s.growth * small);
      t.slope[i] = off.ulps(slope, s.slope_ulp, slope == 0 ? 0 : s.slope_scale);
    }
    return a;
  }

  vector through(const nonlinearity& s, const vector& grad, const tape& t) {
    vector delta(grad.size());
    if (of_a_row(s)) {
      const bool log = s.name == "log_softmax";
      number sum = 0, magnitude = 0;
      for (std::size_t i = 0; i < grad.size(); ++i) {
        const number term = log ? grad[i] : t.a[i] * grad[i];
        sum += term;
        magnitude += std::abs(term);
      }
      for (std::size_t i = 0; i < grad.size(); ++i) {
        const number p = log ? std::exp(t.a[i]) : t.a[i];
        delta[i] = log ? off(grad[i] - p * sum, grad.size() + 16, std::abs(grad[i]) + p * (1 - t.a[i]) * magnitude)
                       : off(p * (grad[i] - sum), grad.size() + 16, p * (std::abs(grad[i]) + magnitude));
      }
      return delta;
    }
    for (std::size_t i = 0; i < grad.size(); ++i)
      delta[i] = off(grad[i] * t.slope[i], 1, std::abs(grad[i] * t.slope[i]));
    return delta;
  }
};

// --- losses ----------------------------------------------------------------------------------------------------------

/// The loss of one sample, and its gradient by the output. `last` is the σ that made the output.
vector lose(const std::string& loss, const nonlinearity& last, const vector& a, const vector& y, sweep& s) {
  const std::size_t n = a.size();
  const number mean = 1 / static_cast<number>(n);
  errors& off = s.off;
  number total = 0, magnitude = 0;
  vector grad(n);
  const auto add = [&](number term, number size) {
    total += term;
    magnitude += size;
  };
  if (loss == "cross_entropy") {
    const number most = *std::max_element(a.begin(), a.end());
    number sum = 0, weight = 0;
    for (const number a_i : a)
      sum += std::exp(a_i - most);
    for (const number y_i : y)
      weight += y_i;
    for (std::size_t i = 0; i < n; ++i) {
      const number p = std::exp(a[i] - most) / sum;
      grad[i] = off(p * weight - y[i], n + 16, p * (1 + most - a[i]) * weight + y[i]);
      add(y[i] * (std::log(sum) + most - a[i]), y[i] * (1 + std::log(sum) + most - a[i]));
    }
  } else if (loss == "negative_log_likelihood") {
    for (std::size_t i = 0; i < n; ++i) {
      if (last.name == "log_softmax") {
        add(-y[i] * a[i], std::abs(y[i] * a[i]));
        grad[i] = -y[i];
      } else if (last.name == "softmax") {
        const number log = y[i] == 0 ? 0 : std::log(a[i]);
        add(-y[i] * log, y[i] * (1 + std::abs(log)));
        grad[i] = -y[i] / a[i];
      } else {
        add(-mean * (y[i] * std::log(a[i]) + (1 - y[i]) * std::log(1 - a[i])),
            mean * (1 - std::log(a[i]) - std::log(1 - a[i])));
        grad[i] = mean * (-y[i] / a[i] + (1 - y[i]) / (1 - a[i]));
        if (!(a[i] > 0 && a[i] < 1))
          grad[i] = std::nan(""); // saturated: not a sample to judge by
      }
    }
  } else {
    for (std::size_t i = 0; i < n; ++i) {
      const number d = a[i] - y[i], clipped = clamped(d, -1, 1);
      number value = 0, slope = 0, size = 0;
      if (loss == "mean_squared_error")
        value = size = d * d, slope = 2 * d;
      else if (loss == "mean_absolute_error") {
        value = size = std::abs(d), slope = d > 0 ? 1 : (d < 0 ? -1 : 0);
        s.result.distances.push_back(d);
      } else if (loss == "huber")
        value = size = clipped * (d - clipped / 2), slope = clipped;
      else if (loss == "binary_cross_entropy") {
        value = std::max(a[i], number(0)) - a[i] * y[i] + std::log1p(std::exp(-std::abs(a[i])));
        size = 2 * std::abs(a[i]) + 1;
        slope = off(logistic(a[i]) - y[i], 16, logistic(a[i]) * (1 + std::abs(a[i])) + y[i]);
      } else
        throw std::invalid_argument("no reference for the loss " + loss);
      add(mean * value, mean * size);
      grad[i] = off(mean * slope, 4, std::abs(mean * slope));
    }
  }
  s.result.loss = off(total, n + 16, magnitude);
  return grad;
}

pass run(const net& n, const vector& theta, const vector& x, const vector& target, const std::string& loss,
         errors off) {
  sweep s{theta, off};
  s.result.gradient.resize(theta.size());
  extents e = n.extents;
  std::vector<tape> tapes;
  s.result.output = s.forward(n.layers, x, e, tapes);
  const vector grad = lose(loss, n.layers.back().sigma, s.result.output, target, s);
  s.result.input_gradient = s.backward(n.layers, grad, tapes);
  return s.result;
}

void bounds(const std::vector<layer>& layers, extents& e, vector& all) {
  for (const layer& l : layers) {
    if (l.kind == kind::transpose)
      std::swap(e[0], e[1]);
    else if (l.kind == kind::residual)
      bounds(l.inner, e, all);
    else if (l.kind == kind::prelu)
      all.insert(all.end(), l.outputs, 0.5L);
    else if (l.kind != kind::activation) {
      const view at(l, e);
      all.insert(all.end(), l.outputs * at.taps(), std::sqrt(6 / static_cast<number>(at.taps())));
      all.insert(all.end(), l.outputs, 0.25L);
      e = at.output(e.size());
    }
  }
}

constexpr int noisy_passes = 8;
constexpr number deviations = 8; // of a number over those passes, that it may be off by

} // namespace

vector bounds(const net& n) {
  vector all;
  extents e = n.extents;
  bounds(n.layers, e, all);
  return all;
}

// How far float is off where errors grow from layer to layer is a property of the net, and a bound of the worst case
// grows by the sum of a row's weights with each layer, to nothing said at nine. So it is measured: by passes whose
// every sum is off by its bound, upwards or downwards at random (Monte Carlo arithmetic: Parker 1997). The root mean
// square of what that does to a number, times eight, is its tolerance. Real sums are off by a fraction of their bound,
// the root of n for n.
expected examine(const net& n, const vector& theta, const vector& x, const vector& target, const std::string& loss,
                 arithmetic T, std::uint64_t seed) {
  expected e{run(n, theta, x, target, loss, {T})};
  vector distance_tolerance(e.distances.size());
  e.output_tolerance.resize(e.output.size());
  e.gradient_tolerance.resize(e.gradient.size());
  e.input_gradient_tolerance.resize(e.input_gradient.size());
  const auto add = [](vector& squares, const vector& found, const vector& exact) {
    for (std::size_t i = 0; i < exact.size(); ++i)
      squares[i] += (found[i] - exact[i]) * (found[i] - exact[i]);
  };
  for (int k = 0; k < noisy_passes; ++k) {
    const pass p = run(n, theta, x, target, loss, {T, true, seed * noisy_passes + static_cast<std::uint64_t>(k)});
    add(e.output_tolerance, p.output, e.output);
    add(e.gradient_tolerance, p.gradient, e.gradient);
    add(e.input_gradient_tolerance, p.input_gradient, e.input_gradient);
    add(distance_tolerance, p.distances, e.distances);
    e.loss_tolerance += (p.loss - e.loss) * (p.loss - e.loss);
  }
  const auto finish = [&](number& squares) {
    squares = deviations * std::sqrt(squares / noisy_passes);
    e.clear = e.clear && std::isfinite(squares);
  };
  for (vector* all : {&e.output_tolerance, &e.gradient_tolerance, &e.input_gradient_tolerance, &distance_tolerance})
    for (number& squares : *all)
      finish(squares);
  finish(e.loss_tolerance);
  for (std::size_t i = 0; i < distance_tolerance.size();
       ++i) // at a jump itself, and exactly, is as good as far from it
    e.clear = e.clear && (std::abs(e.distances[i]) > distance_tolerance[i] || distance_tolerance[i] == 0);
  return e;
}

expected mean(const std::vector<expected>& all, std::size_t count, arithmetic T) {
  expected m = all.at(0);
  const number share = 1 / static_cast<number>(count);
  number loss = 0, loss_tolerance = 0, loss_size = 0;
  for (std::size_t s = 0; s < count; ++s) {
    loss += share * all[s].loss;
    loss_tolerance += share * all[s].loss_tolerance;
    loss_size += share * std::abs(all[s].loss);
  }
  m.loss = loss;
  m.loss_tolerance = loss_tolerance + rounding(T, count + 2, loss_size);
  for (std::size_t i = 0; i < m.gradient.size(); ++i) {
    number sum = 0, tolerance = 0, magnitude = 0;
    for (std::size_t s = 0; s < count; ++s) {
      sum += share * all[s].gradient[i];
      tolerance += share * all[s].gradient_tolerance[i];
      magnitude += share * std::abs(all[s].gradient[i]);
    }
    m.gradient[i] = sum;
    m.gradient_tolerance[i] = tolerance + rounding(T, count + 2, magnitude);
  }
  return m;
}

stepped step(const std::string& optimizer, const vector& parameters, const expected& along, arithmetic T) {
  stepped after{parameters, parameters};
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const number w = parameters[i], g = along.gradient[i], coupled = g + decay * w;
    number direction, growth, kept = 1; // growth: the most that the direction grows by, for the error of the gradient
    if (optimizer == "sgd")
      direction = (1 + momentum) * coupled, growth = 1 + momentum; // nesterov: g + mu g
    else if (optimizer == "adam")
      direction = coupled / (std::abs(coupled) + epsilon), growth = 1 / epsilon;
    else if (optimizer == "adamw")
      direction = g / (std::abs(g) + epsilon), growth = 1 / epsilon, kept = 1 - rate * decay;
    else if (optimizer == "rmsprop")
      direction = coupled / (std::sqrt(1 - beta) * std::abs(coupled) + epsilon), growth = 1 / epsilon;
    else
      throw std::invalid_argument("no reference for the optimizer " + optimizer);
    after.parameters[i] = kept * w - rate * direction;
    after.tolerance[i] = rate * growth * along.gradient_tolerance[i] +
                         rounding(T, 16, std::abs(w) + rate * growth * (std::abs(g) + decay * std::abs(w)));
  }
  return after;
}

} // namespace reference
