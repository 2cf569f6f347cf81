// expect: refused::layer<1>::wants_a_bound_layer::but_gets<gain::bind<float, inlay::shape<8> ?> ?>
// lines: 15
#include <inlay/inlay.hpp>

struct gain {
  template <inlay::scalar T, class Input>
  struct bind {
    using scalar = T;
    using input_shape = Input;
    using output_shape = Input;
    static constexpr std::size_t parameter_count = Input::size, multiply_adds = Input::size, storage = Input::size;
#ifdef REJECT

#else
  static constexpr std::size_t index(std::size_t k) noexcept { return k; }
#endif
  };
};
using net_t = inlay::network<inlay::input<8>, gain>;
static_assert(net_t::depth == 1);
