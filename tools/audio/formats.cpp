#include "formats.hpp"

#include "format/guitarml.hpp"
#include "format/nam.hpp"
#include "format/rtneural.hpp"

namespace inlay::audio {

std::span<const format_row> formats() {
  static constexpr format_row all[]{rtneural_row(), guitarml_row(), nam_row()};
  return all;
}

} // namespace inlay::audio
