#pragma once

#include "recognize/follower.hpp"

#include "inlay/io/detail/description.hpp"

namespace inlay::onnx {

/// A batch of thousands that is written in, as hls4ml's files have it, is as good as an open one. What it was, or 0.
std::int64_t open_batch(port& input);
/// Closes extents of inputs that the file leaves open: a shape of a sample for each, or of all with the batch's extent first.
void set_shapes(graph& model, const std::map<std::string, std::vector<std::int64_t>>& shapes);
/// Throws io::error for an input that no net has.
void check_input(const graph& model, const port& input);
/// The model with cells of one step in nodes, see expand_cells().
graph with_cells(graph model);
/// Why each node of the model is refused, see follower::refusals().
std::vector<io::error> refusals(const graph& model, const std::vector<std::string>& outputs);
/// The follower that understood the model: with samples along the first axis, or else along the last.
/// `batch`: how many the model has written in, to be named where it is to blame; or 0.
follower understand(const graph& model, const std::vector<std::string>& outputs, std::int64_t batch);
/// The net of its steps: the shapes of its inputs, and the layers.
io::detail::net_description net_of(const follower& followed);
/// A graph may compute with the number of samples, which a net does not know: three must give the layers that two gave.
void check_independence(const graph& model, const std::vector<std::string>& outputs, const io::detail::net_description& net);

} // namespace inlay::onnx
