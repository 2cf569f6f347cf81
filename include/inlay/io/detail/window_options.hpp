#pragma once

#include "inlay/io/detail/description.hpp"
#include "inlay/layer/attention_options.hpp"
#include "inlay/layer/conv_options.hpp"

#include <string>
#include <vector>

/// Options of convolutions, pools and attentions at run time: what a header says of them in C++, and what their names mean in a formula.
namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// `2`, or `{2, 1}` for {height, width}; of one dimension the width.
inline std::string text_of(sizes of, std::size_t dimensions) {
  return dimensions == 1 || of.h == of.w ? std::to_string(of.w) : "{" + std::to_string(of.h) + ", " + std::to_string(of.w) + "}";
}
inline std::string text_of(const padding_sizes& of, std::size_t dimensions) {
  if (of.keeps)
    return "inlay::same";
  const bool even = of.before.w == of.after.w && (dimensions == 1 || of.before.h == of.after.h);
  return even ? text_of(of.before, dimensions)
              : "inlay::before_after(" + text_of(of.before, dimensions) + ", " + text_of(of.after, dimensions) + ")";
}

/// `inlay::conv_options{.stride = 2, .groups = 4}`, of the fields that are not what they are by default.
class options_text {
public:
  options_text(std::string type, std::size_t dimensions) : type(std::move(type)), dimensions(dimensions) {}

  template <class Option>
  void add(const char* name, const Option& value, const Option& otherwise) {
    if (words(value) != words(otherwise))
      fields += (fields.empty() ? "." : ", .") + std::string(name) + " = " + words(value);
  }
  bool plain() const { return fields.empty(); }
  std::string operator()() const { return type + "{" + fields + "}"; }

private:
  static std::string words(bool of) { return of ? "true" : "false"; }
  static std::string words(std::size_t of) { return std::to_string(of); }
  std::string words(sizes of) const { return text_of(of, dimensions); }
  std::string words(const padding_sizes& of) const { return text_of(of, dimensions); }

  std::string type, fields;
  std::size_t dimensions;
};

/// In the order of ONNX: {height, width}, of one dimension {width}; of a padding first all before, then all after.
inline formula_value list_of(const char* name, sizes of, std::size_t dimensions) {
  formula_value list{formula_value::kind::list, name, {}};
  if (dimensions == 2)
    list.numbers.push_back(static_cast<double>(of.h));
  list.numbers.push_back(static_cast<double>(of.w));
  return list;
}
inline formula_value list_of(const char* name, const padding_sizes& of, std::size_t dimensions) {
  formula_value list = list_of(name, of.before, dimensions);
  for (const double after : list_of(name, of.after, dimensions).numbers)
    list.numbers.push_back(after);
  return list;
}
inline formula_value number_of(const char* name, std::size_t of) {
  return {formula_value::kind::whole, name, {static_cast<double>(of)}};
}

/// The kernel that a layer has said: "kernel", or "kernel_h" and "kernel_w".
inline sizes kernel_of(const layer_description& layer) {
  return layer.number("kernel") ? sizes{1, layer.number("kernel")} : sizes{layer.number("kernel_h"), layer.number("kernel_w")};
}

/// An argument in words of C++, and what it means in the formula.
inline void set_text(layer_description& layer, const char* name, std::string text, bool plain, std::vector<formula_value> options) {
  std::erase_if(layer.arguments, [&](const argument& one) { return one.name == name; });
  layer.arguments.push_back({argument::kind::text, name, 0, plain, std::move(text)});
  for (formula_value& one : options) {
    std::erase_if(layer.options, [&](const formula_value& before) { return before.name == one.name; });
    layer.options.push_back(std::move(one));
  }
}

/// The options of a convolution as the last argument of a layer that has said its kernel. In one dimension stride and
/// dilation are arguments of their own where they say all.
inline void set_options(layer_description& layer, const conv_options& of, std::size_t dimensions) {
  const conv_options plain;
  options_text text("inlay::conv_options", dimensions);
  text.add("stride", of.stride, plain.stride), text.add("dilation", of.dilation, plain.dilation);
  text.add("groups", of.groups, plain.groups), text.add("padding", of.padding, plain.padding);
  std::string words = text();
  if (dimensions == 1 && of.groups == 1 && text_of(of.padding, 1) == "0")
    words = std::to_string(of.stride.w) + (of.dilation.w == 1 ? "" : ", " + std::to_string(of.dilation.w));
  set_text(layer, "options", std::move(words), text.plain(),
           {list_of("stride", of.stride, dimensions), list_of("dilation", of.dilation, dimensions), number_of("groups", of.groups),
            list_of("padding", of.padding.of(kernel_of(layer), of.dilation), dimensions)});
}

/// The same of a pool, whose stride is the kernel's size where there is none.
inline void set_options(layer_description& layer, const pool_options& of, std::size_t dimensions) {
  const pool_options plain;
  const sizes kernel = kernel_of(layer), stride{of.stride.h ? of.stride.h : kernel.h, of.stride.w ? of.stride.w : kernel.w};
  options_text text("inlay::pool_options", dimensions);
  text.add("stride", of.stride, plain.stride), text.add("padding", of.padding, plain.padding);
  text.add("dilation", of.dilation, plain.dilation);
  text.add("count_include_pad", of.count_include_pad, plain.count_include_pad), text.add("ceil_mode", of.ceil_mode, plain.ceil_mode);
  set_text(layer, "options", text(), text.plain(),
           {list_of("stride", stride, dimensions), list_of("dilation", of.dilation, dimensions),
            number_of("count_include_pad", of.count_include_pad), number_of("ceil_mode", of.ceil_mode),
            list_of("padding", of.padding.of(kernel, of.dilation), dimensions)});
}

/// Those of an attention.
inline void set_options(layer_description& layer, const attention_options& of) {
  options_text text("inlay::attention_options", 1);
  text.add("is_causal", of.is_causal, false), text.add("window", of.window, std::size_t{0});
  set_text(layer, "options", text(), text.plain(), {number_of("is_causal", of.is_causal), number_of("window", of.window)});
}

} // namespace inlay::io::detail
