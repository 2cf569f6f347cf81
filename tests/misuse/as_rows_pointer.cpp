// expect: refused::as_rows::wants_numbers_one_after_the_other::but_gets<const float ?\*>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input<5>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
float first(const float* numbers) {
#ifdef REJECT
  const auto rows = inlay::as_rows<net_t::inputs>(numbers);
#else
  const auto rows = inlay::as_rows<net_t::inputs>(std::span(numbers, 500));
#endif
  return rows[0][0];
}
