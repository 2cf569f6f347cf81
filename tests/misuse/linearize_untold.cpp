// expect: refused::state_in_numbers::is_not_told_by<silent>
#include <inlay/inlay.hpp>

struct silent : inlay::delay<2> { // what it remembers is not told
  template <inlay::scalar T, class Input>
  struct bind : inlay::delay<2>::bind<T, Input> {
    using listed = silent;

  private:
    using inlay::delay<2>::bind<T, Input>::remembered;
  };
};
#ifdef REJECT
using net_t = inlay::network<inlay::sequence<4, 6>, silent, inlay::dense<2>>;
#else
using net_t = inlay::network<inlay::sequence<4, 6>, inlay::delay<2>, inlay::dense<2>>;
#endif
auto about(const net_t& net, inlay::stream<net_t>& stream, const net_t::step_input_type& x) { return inlay::linearize(net, stream, x); }
