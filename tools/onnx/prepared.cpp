#include "prepared.hpp"

#include "attention.hpp"
#include "batch.hpp"
#include "conditions.hpp"
#include "tails.hpp"

namespace inlay::onnx {

graph prepared(graph model, const import_options& options, std::vector<std::string>& notes) {
  set_shapes(model, options.shapes);
  resolve_conditions(model);
  spell_out_attention(model);
  cut_tails(model, notes);
  join_logarithms(model);
  return model;
}

} // namespace inlay::onnx
