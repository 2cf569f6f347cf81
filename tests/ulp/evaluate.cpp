#include "evaluate.hpp"

#include "inlay/inlay.hpp"
#include "inlay/kernel/simd/pack.hpp"

namespace ulp {

#ifdef __FAST_MATH__
const bool only_finite = true;
#else
const bool only_finite = false;
#endif

template <class Activation, class T>
void evaluate(const T* z, T* value, T* derivative, wanted what) noexcept {
  using pack = inlay::kernel::simd::pack<T, xsimd::default_arch>;
  static_assert(together % pack::lanes == 0);
  alignas(64) T in[together], a[together], slope[together];
  for (std::size_t i = 0; i < together; ++i)
    in[i] = z[i];
  for (std::size_t i = 0; i < together; i += pack::lanes) {
    // One alone is other code: it shares nothing with the other.
    if (what == wanted::value) {
      Activation::at(pack::load(in + i)).value.store(a + i);
    } else if (what == wanted::derivative) {
      Activation::at(pack::load(in + i)).derivative.store(slope + i);
    } else {
      const auto at = Activation::at(pack::load(in + i));
      at.value.store(a + i);
      at.derivative.store(slope + i);
    }
  }
  for (std::size_t i = 0; i < together; ++i) {
    if (what != wanted::derivative)
      value[i] = a[i];
    if (what != wanted::value)
      derivative[i] = slope[i];
  }
}

} // namespace ulp

#define INSTANTIATE(activation)                                                                       \
  template void ulp::evaluate<inlay::activation>(const float*, float*, float*, ulp::wanted) noexcept; \
  template void ulp::evaluate<inlay::activation>(const double*, double*, double*, ulp::wanted) noexcept
INSTANTIATE(relu);
INSTANTIATE(leaky_relu);
INSTANTIATE(elu);
INSTANTIATE(celu);
INSTANTIATE(selu);
INSTANTIATE(sigmoid);
INSTANTIATE(tanh);
INSTANTIATE(gelu);
INSTANTIATE(gelu_tanh);
INSTANTIATE(silu);
INSTANTIATE(mish);
INSTANTIATE(softplus);
INSTANTIATE(softsign);
INSTANTIATE(hard_tanh);
INSTANTIATE(hard_sigmoid);
INSTANTIATE(hard_swish);
INSTANTIATE(fast_tanh);
INSTANTIATE(fast_sigmoid);
