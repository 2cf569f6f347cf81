//
// Writes a header with the model as a net of inlay's. inlay_add_model() calls this.
#include "explain.hpp"
#include "reasons.hpp"

#include "inlay/io/detail/file.hpp"
#include "inlay/io/detail/header_text.hpp"

#include <algorithm>
#include <cstdio>
#include <exception>
#include <string_view>

namespace {

using namespace inlay;

constexpr const char* usage = "usage: inlay_import_onnx --explain MODEL... [--output TENSOR]... [--shape INPUT=1x64x80]...\n"
                              "       inlay_import_onnx MODEL HEADER --name NAME [--digest TEXT] [--output TENSOR]...\n"
                              "                         [--shape INPUT=1x64x80]... [--inputs TENSOR.pb]... [--depfile FILE]\n";

struct arguments {
  bool explain = false;
  std::vector<std::string> files;
  std::string name, digest, depfile;
  onnx::import_options options;
};

/// "obs=1x64x80"
bool add_shape(const std::string& text, onnx::import_options& into) {
  const auto equal = text.rfind('=');
  if (equal == text.npos || equal + 1 == text.size())
    return false;
  auto& shape = into.shapes[text.substr(0, equal)];
  for (std::size_t at = equal + 1; at <= text.size();) {
    const auto end = std::min(text.find('x', at), text.size());
    if (end == at || end - at > 9 || text.substr(at, end - at).find_first_not_of("0123456789") != text.npos)
      return false;
    shape.push_back(std::stoll(text.substr(at, end - at)));
    at = end + 1;
  }
  return true;
}

bool parse(int count, char** values, arguments& into) {
  for (int i = 1; i < count; ++i) {
    const std::string_view option = values[i];
    if (option == "--explain") {
      into.explain = true;
      continue;
    }
    if (!option.starts_with("--")) {
      into.files.emplace_back(option);
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
    else if (option != "--shape" || !add_shape(values[i], into.options))
      return false;
  }
  return into.explain ? !into.files.empty() : into.files.size() == 2 && !into.name.empty();
}

/// A path as a rule of make has it.
std::string escaped(const std::string& path) {
  std::string text;
  for (const char c : path)
    text += c == ' ' || c == '#' ? std::string("\\") + c : (c == '$' ? "$$" : std::string(1, c));
  return text;
}

std::vector<io::detail::frozen_port> ports(const std::vector<onnx::port>& of) {
  std::vector<io::detail::frozen_port> into;
  for (const onnx::port& one : of)
    into.push_back({one.name, one.shape_text});
  return into;
}

int explain(const arguments& given) {
  std::vector<std::pair<std::string, onnx::explanation>> all;
  for (const auto& file : given.files)
    all.emplace_back(file, onnx::explain(file, given.options));
  std::fputs(all.size() == 1 ? all[0].second.text.c_str() : onnx::table(all).c_str(), stdout);
  return std::all_of(all.begin(), all.end(), [](const auto& one) { return one.second.taken; }) ? 0 : 1;
}

void import(const arguments& given, const onnx::graph& graph) {
  const std::string &source = given.files[0], &header = given.files[1];
  const auto model = onnx::import_model(graph, given.options);
  for (const auto& note : model.notes)
    std::printf("%s: %s\n", source.c_str(), note.c_str());
  const io::detail::frozen_model frozen{.name = given.name,
                                        .source = std::filesystem::path(source).filename().string(),
                                        .digest = given.digest,
                                        .inputs = ports(model.inputs),
                                        .outputs = ports(model.outputs),
                                        .x = model.x,
                                        .y = model.y,
                                        .tolerance = model.tolerance,
                                        .whole_sequences = model.net.over_time};
  io::detail::write_file(header, io::detail::header_text(model.net, frozen).text);
  if (given.depfile.empty())
    return;
  std::string rule = escaped(header) + ":";
  for (const auto& file : graph.files)
    rule += " " + escaped(file.string());
  io::detail::write_file(given.depfile, rule + "\n");
}

} // namespace

int main(int count, char** values) try {
  arguments given;
  if (!parse(count, values, given)) {
    std::fputs(usage, stderr);
    return 2;
  }
  if (given.explain)
    return explain(given);
  const auto graph = onnx::load_graph(given.files[0]);
  try {
    import(given, graph);
  } catch (const io::error& refused) {
    const auto all = onnx::reasons(graph, given.options);
    if (all.empty())
      throw;
    for (const io::error& why : all)
      std::fprintf(stderr, "error: %s\n", why.what());
    for (const auto& line : onnx::advice(graph, given.options))
      std::fprintf(stderr, "note: %s: %s\n", given.files[0].c_str(), line.c_str());
    std::fprintf(stderr, "error: %s: refused for %zu reason%s\n", given.files[0].c_str(), all.size(), all.size() == 1 ? "" : "s");
    return 1;
  }
} catch (const std::exception& refused) {
  std::fprintf(stderr, "error: %s\n", refused.what());
  return 1;
}
