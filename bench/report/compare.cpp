// compare FOLDER...: inlay's times in several runs of the benchmark side by side, each with its share of what its own
// run found the machine to allow for that instruction set.
#include "report/table.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace bench {
namespace {

using nlohmann::json;

json read(const std::filesystem::path& folder) {
  std::ifstream file(folder / "results.json");
  if (!file) throw std::runtime_error("there is no results.json in " + folder.string());
  return json::parse(file);
}

/// What makes a row: the net and how it is called.
std::string row_name(const json& result) {
  const auto task = result.at("task").get<std::string>();
  auto name = result.at("net").get<std::string>() + ", " + (task == "batch" ? "batch" : task);
  if (task == "batch" || task == "training") name += ' ' + std::to_string(result.at("batch").get<int>());
  return name;
}

std::string cell(const json& run, const json& result) {
  const auto& libraries = result.at("libraries");
  if (!libraries.contains("inlay")) return {};
  const double ns = libraries.at("inlay").at("median_ns");
  const auto net = result.at("net").get<std::string>();
  const bool dependent = result.at("task") == "dependent";
  const double limit = dependent ? run.at("nets").at(net).at("dependency_chain_ns") : result.at("limit_ns");
  return duration(ns) + number("%6.0f %%", 100 * limit / ns);
}

void compare(const std::vector<std::string>& folders) {
  std::vector<std::string> header{""}, order;
  std::vector<json> runs;
  for (const auto& folder : folders) {
    header.push_back(std::filesystem::path(folder).filename().string());
    runs.push_back(read(folder));
    for (const auto& result : runs.back().at("results"))
      if (const auto name = row_name(result); std::find(order.begin(), order.end(), name) == order.end())
        order.push_back(name);
  }
  std::printf("\ninlay in each run, and of what that run's instruction set allows\n");
  table t(header);
  for (const auto& name : order) {
    std::vector<std::string> row{name};
    for (const auto& run : runs) {
      std::string text;
      for (const auto& result : run.at("results"))
        if (row_name(result) == name) text = cell(run, result);
      row.push_back(text);
    }
    t.add(row);
  }
  t.print();
}

} // namespace
} // namespace bench

int main(int argc, char** argv) try {
  bench::compare({argv + 1, argv + argc});
} catch (const std::exception& e) {
  std::fprintf(stderr, "compare: %s\n", e.what());
  return 2;
}
