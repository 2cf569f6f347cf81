#pragma once

#include "inlay/io/detail/describe.hpp"
#include "inlay/io/detail/file.hpp"
#include "inlay/io/detail/header_text.hpp"
#include "inlay/io/detail/rounding.hpp"

/// A net that was trained at run time, frozen: a header that holds it as a constant.
namespace inlay::inline INLAY_INSTRUCTION_SET::io {

struct header_options {
  std::string name{}; ///< of the object in the header, at namespace scope; the file's own name by default
  std::vector<std::vector<double>> verify_with{}; ///< inputs to store with exact outputs, for io::verify; of a net that streams in one stream
};

/// Writes a header with an object `name` of type `name_t`: `name(x)` is the net's output, `name.net` the net,
/// a constant in read-only memory; of a net of a sequence `name.stream()` a stream, `name(stream, x)` its next step. Includes no more of inlay than the net needs. Throws io::error.
template <class Net>
void write_header(const std::filesystem::path& path, const Net& net, const header_options& how = {}) {
  using T = typename Net::scalar;
  const auto description = detail::describe(net);
  detail::frozen_model model{.name = how.name.empty() ? path.stem().string() : how.name,
                             .source = "a net that was trained with inlay"};
  if (description.inputs.empty())
    model.inputs = {{"input", detail::text_of(description.input)}};
  for (std::size_t k = 0; k < description.inputs.size(); ++k)
    model.inputs.push_back({"input" + std::to_string(k + 1), detail::text_of(description.inputs[k])});
  if (!is_output_list<typename Net::output_shape::row>)
    model.outputs = {{"output", "[" + std::to_string(Net::outputs) + "]"}};
  const auto text = [&] {
    for (const auto& given : how.verify_with) {
      if (given.size() != Net::inputs)
        throw error(path.string(), "verify_with", std::to_string(Net::inputs) + " numbers a sample",
                    std::to_string(given.size()));
      std::vector<double> held(given);
      for (double& one : held)
        one = static_cast<double>(static_cast<T>(one));
      if (detail::streams(description)) {
        const std::size_t each = Net::input_shape::row::size;
        for (auto step = held.begin(); step != held.end(); step += static_cast<std::ptrdiff_t>(each))
          model.x.emplace_back(step, step + static_cast<std::ptrdiff_t>(each));
        continue;
      }
      model.x.push_back(held);
      const auto& y = model.y.emplace_back(detail::evaluate(description, held));
      model.tolerance.push_back(detail::rounding_tolerance(description, held, y));
    }
    if (detail::streams(description) && !model.x.empty()) {
      detail::exact none;
      model.y = detail::evaluate_steps(description, {}, model.x, none);
      model.tolerance = detail::rounding_tolerance(description, {}, model.x, model.y);
    }
    return detail::header_text(description, model).text;
  };
  detail::write_file(path, detail::made_for(path, text));
}

} // namespace inlay::io
