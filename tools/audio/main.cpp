// inlay_import_audio MODEL HEADER --name NAME [--digest TEXT] [--submodel K]
//
// Writes a header with a model of audio people as a net of inlay's that streams. inlay_add_model() calls this.
#include "import.hpp"

#include "inlay/io/detail/file.hpp"
#include "inlay/io/detail/header_text.hpp"

#include <charconv>
#include <cstdio>
#include <exception>
#include <string_view>

namespace {

using namespace inlay;

struct arguments {
  std::string model, header, name, digest;
  audio::import_options options;
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
    const std::string_view value = values[i];
    if (option == "--name")
      into.name = value;
    else if (option == "--digest")
      into.digest = value;
    else if (option == "--submodel") {
      const auto [end, problem] = std::from_chars(value.data(), value.data() + value.size(), into.options.submodel);
      if (problem != std::errc() || end != value.data() + value.size() || into.options.submodel == 0)
        throw io::error(files.empty() ? "arguments" : files[0], "submodel", "a whole number from 1 on",
                        io::detail::in_quotes(value));
    } else
      return false;
  }
  if (files.size() != 2 || into.name.empty())
    return false;
  into.model = files[0], into.header = files[1];
  return true;
}

} // namespace

int main(int count, char** values) try {
  arguments given;
  if (!parse(count, values, given)) {
    std::fputs("usage: inlay_import_audio MODEL HEADER --name NAME [--digest TEXT] [--submodel K]\n", stderr);
    return 2;
  }
  const auto bytes = io::detail::read_file(given.model);
  const auto model =
      audio::import_model({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, given.model, given.options);
  io::detail::frozen_model frozen{.name = given.name,
                                  .source = std::filesystem::path(given.model).filename().string(),
                                  .digest = given.digest,
                                  .x = model.x,
                                  .y = model.y,
                                  .tolerance = model.tolerance,
                                  .initial_state = model.initial_state};
  frozen.inputs = {{"input", io::detail::text_of(std::vector{model.net.input[1]})}};
  frozen.outputs = {{"output", io::detail::text_of(std::vector{audio::outputs_of(model.net.layers, model.net.input[1])})}};
  io::detail::write_file(given.header, io::detail::header_text(model.net, frozen).text);
} catch (const std::exception& refused) {
  std::fprintf(stderr, "error: %s\n", refused.what());
  return 1;
}
