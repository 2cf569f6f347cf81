// expect: refused::as_rows::wants_numbers_that_outlive_the_call::but_gets<inlay::refused::temporary<std::vector<float> ?> ?>
#include <inlay/inlay.hpp>

#include <vector>

using net_t = inlay::network<inlay::input<5>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
std::vector<float> numbers();
float first() {
#ifdef REJECT
  const auto rows = inlay::as_rows<net_t::inputs>(numbers());
#else
  const std::vector<float> named = numbers();
  const auto rows = inlay::as_rows<net_t::inputs>(named);
#endif
  return rows[0][0];
}
