#include "laws/all.hpp"

#include <inlay/inlay.hpp>

using namespace inlay;

TEST_CASE("heads keep the laws, of vectors, of signals, of the input itself") {
  CHECK(laws::toy_broken<network<input<3>, dense<3, inlay::tanh>, heads<branch<dense<2>>, branch<dense<1, sigmoid>>>>>() == "");
  CHECK(laws::toy_broken<basic_network<double, input<2, 3>, heads<branch<conv1d<2, 2>>, branch<>, branch<dense<1>>>>>() == "");
  CHECK(laws::broken<network<input_list<shape<5>, shape<1, 6, 6>>,
                             parallel<concat, branch<from<1>, dense<17, relu>>, branch<from<2>, conv2d<4, 3, 3, relu>, dense<16>>>,
                             heads<branch<dense<9, inlay::tanh>, dense<3>>, branch<parallel<add, branch<>, branch<dense<33>>>, dense<1>>>>>() == "");
  CHECK(laws::broken<network<input_list<shape<5>, shape<2, 4>>, heads<branch<from<2>, conv1d<3, 2>>, branch<from<1>, dense<18>>>>>() == "");
}

TEST_CASE("outputs of heads are one after the other, channels first each, and parameters branch after branch") {
  using net_t = basic_network<double, input<2, 3>, heads<branch<>, branch<dense<1>>>>;
  static_assert(net_t::outputs == 7 && std::same_as<net_t::output_shape, output_list<shape<2, 3>, shape<1>>> && net_t::parameter_count == 7);
  net_t net{};
  set_parameters(net, std::array{1., 0., 0., 0., 0., 1., 100.});
  const std::array x{1., 2., 3., 4., 5., 6.};
  CHECK(net(x) == std::array{1., 2., 3., 4., 5., 6., 107.});
}
