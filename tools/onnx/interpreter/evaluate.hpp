#pragma once

#include "file/graph.hpp"

namespace inlay::onnx {

/// What a node computes, in double precision, written for clearness: it is what the compiled net is held to.
/// Inputs that the node leaves out are null. Throws io::error for an operator, attribute or shape that it
/// does not know.
tensor evaluate(const graph& model, const node& of, const std::vector<const tensor*>& inputs);

/// Throws io::error for an operator that evaluate does not know, or whose attributes could not be read.
void check_operator(const graph& model, const node& of);

/// The values of all tensors of the model for the given values of its inputs.
std::map<std::string, tensor> evaluate(const graph& model, std::map<std::string, tensor> values);

/// Of every tensor, whether some input of the model has to do with it; a shape does not count, nor, where `values` for some
/// inputs are known, a product with zeros.
std::map<std::string, bool> varying(const graph& model, const std::map<std::string, tensor>& values = {});

} // namespace inlay::onnx
