// Nets that are saved as ONNX: what comes back, and what onnxruntime computes of them.
#pragma once

#include "catch.hpp"

#include "import.hpp"
#include "io/stored.hpp"

#include <inlay/inlay.hpp>
#include <inlay/io/header.hpp>
#include <inlay/io/onnx.hpp>

#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

/// With something in every bias.
template <class Net>
Net random_net(std::uint64_t seed) {
  Net net{};
  inlay::initialize(net, seed);
  auto parameters = inlay::get_parameters(net);
  for (std::size_t k = 0; k < parameters.size(); ++k) // an exact product: fused or not, the sum is the same
    parameters[k] += typename Net::scalar(0.0078125) * static_cast<typename Net::scalar>(k % 7);
  inlay::set_parameters(net, parameters);
  return net;
}

/// Saved and imported: layers and their arguments, parameters and their places in storage are the net's.
template <class Net>
inlay::onnx::imported_model read_back(const Net& net) {
  const auto imported = inlay::onnx::import_model(inlay::onnx::parse_graph(inlay::io::save_onnx(net), "memory", "/nonexistent"),
                                                  {.candidates = 30}); // whose parameters are noticed is not asked here
  const auto wanted = inlay::io::detail::describe(net);
  REQUIRE(imported.net.layers.size() == wanted.layers.size());
  CHECK(imported.net.input == wanted.input);
  for (std::size_t l = 0; l < wanted.layers.size(); ++l) {
    CHECK(imported.net.layers[l].is_a(wanted.layers[l].is.name));
    CHECK(imported.net.layers[l].arguments == wanted.layers[l].arguments);
  }
  CHECK(inlay::io::detail::assemble<Net>(imported.net) == net);
  REQUIRE(misplaced<Net>(imported.net) == 0); // as a header would have it
  return imported;
}

/// near(y, s, o) is asked of each output of the importer's samples.
template <class Net>
void check_samples(const Net& net, const inlay::onnx::imported_model& imported, auto near) {
  for (std::size_t s = 0; s < imported.x.size(); ++s) {
    typename Net::input_type x{};
    for (std::size_t i = 0; i < x.size(); ++i)
      x[i] = static_cast<typename Net::scalar>(imported.x[s][i]);
    const auto y = net(x);
    REQUIRE(y.size() == imported.y[s].size());
    for (std::size_t o = 0; o < y.size(); ++o)
      near(static_cast<double>(y[o]), s, o);
  }
}

inline const auto saved_models = std::filesystem::path(__FILE__).parent_path() / "models";

/// The file is what is written today, and the net computes what onnxruntime has computed of it.
template <class Net>
void check_saved_file(const Net& net, const char* name, const std::vector<typename Net::input_type>& xs,
                      const std::vector<typename Net::output_type>& ys) {
  INFO(name);
  CHECK(inlay::io::save_onnx(net) == inlay::io::detail::read_file(saved_models / name));
  for (std::size_t s = 0; s < xs.size(); ++s)
    for (std::size_t o = 0; o < Net::outputs; ++o)
      CHECK(static_cast<double>(net(xs[s])[o]) == Approx(static_cast<double>(ys[s][o])).epsilon(1e-5).margin(1e-5));
}
