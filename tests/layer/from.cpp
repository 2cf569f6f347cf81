#include "laws/all.hpp"

#include <inlay/inlay.hpp>

using namespace inlay;

TEST_CASE("nets of several inputs keep the laws: vectors, signals, images") {
  CHECK(laws::toy_broken<network<input_list<shape<2>, shape<2, 3>>,
                                 parallel<concat, branch<from<2>, conv1d<2, 2, inlay::tanh>, dense<2>>, branch<from<1>>>, dense<1>>>() == "");
  CHECK(laws::broken<basic_network<double, input_list<shape<2, 5, 4>, shape<7>, shape<2, 5, 4>>,
                                   parallel<add, branch<from<1>, conv2d<3, 3, 3, silu>>, branch<from<3>, conv2d<3, 3, 3>>>, conv2d<2, 2, 1>>>() == "");
  CHECK(laws::broken<network<input_list<shape<19>, shape<3, 6>>, parallel<multiply, branch<parallel<concat, branch<from<2>, narrow<1, 2>, dense<9>>, branch<from<1>>>>, branch<from<1>, dense<28, sigmoid>>>, dense<2>>>() == "");
  CHECK(laws::broken<network<input_list<shape<3>, shape<2, 4>>, from<2>, conv1d<3, 2>, dense<2>>>() == "");
}

TEST_CASE("a net of several inputs takes them one by one or all in one, channels first each") {
  using net_t = basic_network<double, input_list<shape<2>, shape<2, 3>>, parallel<concat, branch<from<2>, dense<2>>, branch<from<1>>>>;
  static_assert(net_t::inputs == 8 && net_t::outputs == 4 && std::same_as<net_t::input_shape, input_list<shape<2>, shape<2, 3>>>);
  net_t net{};
  set_parameters(net, std::array{1., 2., 3., 4., 5., 6., 0., 0., 0., 1., 0., 0., 100., 200.});
  const std::array first{-1., -2.};
  const std::array second{1., 1., 1., 10., 20., 30.};
  const std::array wanted{6. + 40 + 100 + 180 + 100, 10. + 200, -1., -2.};
  constexpr net_t zeros{};
  static_assert(zeros(std::array{1., 2.}, std::array{3., 4., 5., 6., 7., 8.}) == std::array{0., 0., 1., 2.});
  CHECK(net(first, second) == wanted);
  net_t::output_type y{};
  net(first, second, y);
  CHECK(y == wanted);
  const double of_c[2]{-1, -2};
  CHECK(net(of_c, std::span<const double, 6>(second)) == wanted);
  CHECK(net(std::array{-1., -2., 1., 1., 1., 10., 20., 30.}) == wanted);
}
