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
    static constexpr std::size_t index(std::size_t k) noexcept { return k; }
    template <class A>
    struct trace {};
    template <std::size_t Rows>
    struct gradient {};
    static constexpr void forward(std::span<const T, storage>, auto&, auto, auto) noexcept {}
    static constexpr void delta(std::span<const T, storage>, const auto&, auto, auto&) noexcept {}
    static constexpr void accumulate(const auto&, const auto&, std::span<T, storage>) noexcept {}
#ifdef REJECT

#else
    static constexpr void transposed(std::span<const T, storage>, const auto&, auto) noexcept {}
#endif
  };
};
using net_t = inlay::network<inlay::input<8>, gain>;
static_assert(net_t::depth == 1);
