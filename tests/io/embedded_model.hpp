// A model that inlay_add_model has embedded, against what the framework computes that made it.
#pragma once

#include "catch.hpp"

#include <inlay/inlay.hpp>
#include <inlay/io/verify.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

using vectors = std::vector<std::vector<double>>;

/// The outputs for x are y, of what brings a stream step by step, too.
template <class Model>
void check(const char* name, const Model& model, const vectors& x, const vectors& y) {
  INFO(name);
  using net_t = typename Model::net_t;
  using T = typename net_t::scalar;
  for (std::size_t s = 0; s < x.size(); ++s) {
    REQUIRE(x[s].size() == net_t::inputs);
    REQUIRE(y[s].size() == net_t::outputs);
    typename net_t::input_type in{};
    for (std::size_t i = 0; i < in.size(); ++i)
      in[i] = static_cast<T>(x[s][i]);
    const auto out = model(in);
    for (std::size_t o = 0; o < out.size(); ++o)
      CHECK(std::abs(static_cast<double>(out[o]) - y[s][o]) <= 1e-5 * std::max(1.0, std::abs(y[s][o])));
    if constexpr (requires { model.stream(); }) {
      auto stream = model.stream();
      typename net_t::step_input_type step{};
      for (std::size_t t = 0; t < net_t::steps; ++t) {
        std::copy_n(in.begin() + static_cast<std::ptrdiff_t>(t * step.size()), step.size(), step.begin());
        const auto of_step = model(stream, step);
        const bool whole = of_step.size() < y[s].size() || t + 1 == net_t::steps; // else only the last is known
        for (std::size_t o = 0; o < of_step.size() && whole; ++o) {
          const double wanted = y[s][y[s].size() > of_step.size() ? t * of_step.size() + o : o];
          CHECK(std::abs(static_cast<double>(of_step[o]) - wanted) <= 1e-5 * std::max(1.0, std::abs(wanted)));
        }
      }
    }
  }
  CHECK(inlay::io::verify(model));
}
