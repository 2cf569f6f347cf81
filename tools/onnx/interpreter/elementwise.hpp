#pragma once

#include "interpreter/operator_row.hpp"

#include <functional>
#include <span>

namespace inlay::onnx {

using elements_t = std::span<const double>; ///< one of each operand
using operands_t = std::vector<const tensor*>;

/// The node's inputs, none of which may be left out.
operands_t all_inputs(const computation& c);
/// What `function` makes of `count` operands, which are broadcast; 0: of any number but none.
tensor each_element(const computation& c, const operands_t& operands, std::size_t count,
                    const std::function<double(elements_t)>& function);

// Rows of operators that are a function of so many numbers.
operator_row unary(const char* operation, double (*function)(double));
operator_row unary(const char* operation, std::vector<const char*> attributes, double (*function)(double, const node&));
operator_row binary(const char* operation, double (*function)(double, double));
operator_row ternary(const char* operation, double (*function)(double, double, double));
operator_row variadic(const char* operation, double (*function)(elements_t));

// As ONNX defines them: a NaN stays one.
inline double minimum(double x, double bound) { return x > bound ? bound : x; }
inline double maximum(double x, double bound) { return x < bound ? bound : x; }

} // namespace inlay::onnx
