// expect: refused::derivative::by_input::wants_k_up_to<2u?l?>::but_gets<3u?l?>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input_list<inlay::shape<2>, inlay::shape<3>>,
                             inlay::parallel<inlay::concat, inlay::branch<inlay::from<1>>, inlay::branch<inlay::from<2>>>, inlay::dense<2>>;
#ifdef REJECT
constexpr std::size_t k = 3;
#else
constexpr std::size_t k = 2;
#endif
auto slopes(const net_t& net, const std::array<float, 2>& x1, const std::array<float, 3>& x2) { return inlay::jacobian<k>(net, x1, x2); }
