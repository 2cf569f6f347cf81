// inlay_import_onnx MODEL HEADER --name NAME [--digest TEXT] [--output TENSOR]... [--inputs TENSOR.pb]...
// [--depfile FILE]
//
// Writes a header with the model as a net of inlay's. inlay_add_model() calls this.
#include "import.hpp"

#include "inlay/io/detail/file.hpp"
#include "inlay/io/detail/header_text.hpp"

#include <cstdio>
#include <exception>
#include <string_view>

namespace {

using namespace inlay;

struct arguments {
  std::string model, header, name, digest, depfile;
  onnx::import_options options;
};

bool parse(int count, char** values, arguments& into) {
  std::vector<std::string> files;
  for (int i = 1; i < count; ++i) {
    const std::string_view option = values[i];
    if (!option.starts_with("--")) {
      files.emplace_back(option);
      continue;
    }
    if (++i == count)
      return false;
    if (option == "--name")
      into.name = values[i];
    else if (option == "--digest")
      into.digest = values[i];
    else if (option == "--output")
      into.options.outputs.emplace_back(values[i]);
    else if (option == "--inputs")
      into.options.inputs.push_back(onnx::load_tensor(values[i]));
    else if (option == "--depfile")
      into.depfile = values[i];
    else
      return false;
  }
  if (files.size() != 2 || into.name.empty())
    return false;
  into.model = files[0], into.header = files[1];
  return true;
}

/// A path as a rule of make has it.
std::string escaped(const std::string& path) {
  std::string text;
  for (const char c : path)
    text += c == ' ' || c == '#' ? std::string("\\") + c : c == '$' ? "$$" : std::string(1, c);
  return text;
}

std::vector<io::detail::frozen_port> ports(const std::vector<onnx::port>& of) {
  std::vector<io::detail::frozen_port> into;
  for (const onnx::port& one : of)
    into.push_back({one.name, one.shape_text});
  return into;
}

} // namespace

int main(int count, char** values) try {
  arguments given;
  if (!parse(count, values, given)) {
    std::fputs("usage: inlay_import_onnx MODEL HEADER --name NAME [--digest TEXT] [--output TENSOR]... "
               "[--inputs TENSOR.pb]... "
               "[--depfile FILE]\n",
               stderr);
    return 2;
  }
  const auto graph = onnx::load_graph(given.model);
  const auto model = onnx::import_model(graph, given.options);
  for (const auto& note : model.notes)
    std::printf("%s: %s\n", given.model.c_str(), note.c_str());
  const io::detail::frozen_model frozen{.name = given.name,
                                        .source = std::filesystem::path(given.model).filename().string(),
                                        .digest = given.digest,
                                        .inputs = ports(model.inputs),
                                        .outputs = ports(model.outputs),
                                        .x = model.x,
                                        .y = model.y,
                                        .tolerance = model.tolerance};
  io::detail::write_file(given.header, io::detail::header_text(model.net, frozen).text);
  if (!given.depfile.empty()) {
    std::string rule = escaped(given.header) + ":";
    for (const auto& file : graph.files)
      rule += " " + escaped(file.string());
    io::detail::write_file(given.depfile, rule + "\n");
  }
} catch (const std::exception& refused) {
  std::fprintf(stderr, "error: %s\n", refused.what());
  return 1;
}
