#include "laws/all.hpp"

#include <inlay/inlay.hpp>

using namespace inlay;

TEST_CASE("gru layers keep the laws") {
  CHECK(laws::toy_broken<network<sequence<3, 1>, gru<2>, dense<1>>>() == "");
  CHECK(laws::broken<network<sequence<4, 3>, gru<5>, dense<2>>>() == "");
  CHECK(laws::broken<basic_network<double, sequence<2, 2>, gru<1>, gru<17>, last_step, dense<2>>>() == "");
  CHECK(laws::broken<network<sequence<7, 1>, gru<8>>>() == "");
}

TEST_CASE("gru layers that reset before keep the laws, and are ONNX's") {
  CHECK(laws::toy_broken<network<sequence<3, 1>, gru<2, reset_before>, dense<1>>>() == "");
  CHECK(laws::broken<network<sequence<4, 3>, gru<5, reset_before>, dense<2>>>() == "");
  CHECK(laws::broken<basic_network<double, sequence<2, 2>, gru<17, reset_before>, last_step, dense<2>>>() == "");

  // onnxruntime's GRU, hidden_size=2, linear_before_reset as said; parameters ((7 k) % 11 − 5) / 8
  const auto outputs = []<class Net>(Net net) {
    std::array<float, Net::parameter_count> theta{};
    for (std::size_t k = 0; k < theta.size(); ++k) theta[k] = (static_cast<float>(k * 7 % 11) - 5) / 8;
    set_parameters(net, theta);
    return net(std::array{0.5f, -1.f, 2.f});
  };
  const auto agree = [](auto found, auto wanted) {
    for (std::size_t i = 0; i < wanted.size(); ++i) CHECK(found[i] == Approx(wanted[i]).margin(1e-6));
  };
  agree(outputs(network<sequence<3, 1>, gru<2, reset_before>>{}),
        std::array{-0.0254252367, 0.0341267064, -0.0989518687, 0.4356154799, 0.0421796069, 0.1676078737});
  agree(outputs(network<sequence<3, 1>, gru<2>>{}),
        std::array{-0.148101911, 0.0341267064, -0.252405167, 0.449821979, -0.279152215, 0.192324966});
}
