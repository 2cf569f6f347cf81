#pragma once

#include "inlay/io/detail/description.hpp"
#include "inlay/io/detail/name.hpp"
#include "inlay/io/detail/text.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// What an input or output of a frozen model is called, and its shape in words.
struct frozen_port {
  std::string name, shape{};
};

/// As a string of C++, without line breaks and quotes, which a file is free to have in its names.
inline std::string literal(const std::string& value) {
  std::string text = "\"";
  for (const char c : value.substr(0, 200)) {
    if (c == '"' || c == '\\')
      text += '\\';
    text += static_cast<unsigned char>(c) < ' ' || c == 127 ? '?' : c;
  }
  return text + "\"";
}

/// What a generated header says of a model's inputs and outputs: one has a name and a shape, of several these are arrays, and
/// there is a call with the inputs by their names and a struct of the outputs by theirs.
class header_ports {
public:
  header_ports(const net_description& net, std::vector<frozen_port> inputs, std::vector<frozen_port> outputs)
      : inputs(named(std::move(inputs), "input", net.inputs.size())),
        outputs(named(std::move(outputs), "output", heads_of(net).size())), output_type(net.over_time ? "net_t::step_output_type" : "net_t::output_type") {
    for (const auto& shape : net.inputs)
      input_sizes.push_back(size_of(shape));
    for (const auto& branch : heads_of(net))
      output_sizes.push_back(branch.empty() ? size_of(net.layers.back().input) : size_of(branch.back().output));
  }

  /// The constants.
  std::string names() const { return of("input", inputs) + of("output", outputs); }

  /// The functions for several inputs, and for several outputs.
  std::string functions() const {
    std::string text;
    if (input_sizes.size() > 1) {
      const auto words = identifiers(inputs, {"y"});
      std::string taken, given;
      for (std::size_t k = 0; k < input_sizes.size(); ++k) {
        taken += (k ? ", " : "") + ("std::span<const net_t::scalar, " + std::to_string(input_sizes[k])) + "> " + words[k];
        given += (k ? ", " : "") + words[k];
      }
      text += "  constexpr net_t::output_type operator()(" + taken + ") const noexcept { return net(" + given + "); }\n";
    }
    if (output_sizes.size() > 1) {
      const auto words = identifiers(outputs, {});
      text += "\n  /// The outputs by their names: `named(y)." + words[0] + "`.\n  struct named_outputs {\n";
      for (std::size_t k = 0; k < output_sizes.size(); ++k)
        text += "    std::array<net_t::scalar, " + std::to_string(output_sizes[k]) + "> " + words[k] + "{};\n";
      text += "  };\n  static constexpr named_outputs named(const " + output_type + "& y) noexcept {\n    named_outputs all;\n";
      std::size_t first = 0;
      for (std::size_t k = 0; k < output_sizes.size(); first += output_sizes[k++])
        text += "    for (std::size_t i = 0; i < " + std::to_string(output_sizes[k]) + "; ++i) all." + words[k] + "[i] = y[" +
                std::to_string(first) + " + i];\n";
      text += "    return all;\n  }\n";
    }
    return text + stream();
  }

private:
  /// What an output is called that is an input of the next step, and that input: h_in and h_out, state_ins and state_outs, h0 and hn.
  static std::string without_direction(const std::string& name) {
    static const std::set<std::string> directions{"in", "ins", "input", "out", "outs", "output", "new", "next", "prev", "previous", "last"};
    std::string stem, word;
    for (std::size_t i = 0; i <= name.size(); ++i) {
      const char c = i < name.size() ? name[i] : '_';
      if (c != '_' && c != '.' && c != ':' && c != '/') {
        word += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        continue;
      }
      if (!directions.contains(word))
        stem += (word.size() == 2 && std::string_view("0nxyt").find(word[1]) != std::string_view::npos ? word.substr(0, 1) : word) + "_";
      word.clear();
    }
    return stem;
  }
  /// The output that input k is in the next step, or as many as there are.
  std::size_t next_of(std::size_t k) const {
    std::size_t found = outputs.size();
    const std::string stem = without_direction(inputs[k].name);
    for (std::size_t o = 0; o < outputs.size() && stem != "_" && !stem.empty(); ++o)
      if (output_sizes[o] == input_sizes[k] && without_direction(outputs[o].name) == stem)
        found = found == outputs.size() ? o : found;
    return found;
  }
  /// Of a model whose state goes in and comes out a stream: the state as a value, and a call of one step.
  std::string stream() const {
    if (input_sizes.size() < 2 || output_sizes.size() < 2 || output_type != "net_t::output_type")
      return "";
    const auto in = identifiers(inputs, {"y", "state"}), out = identifiers(outputs, {});
    std::string state, taken, given, kept;
    for (std::size_t k = 0; k < in.size(); ++k) {
      const std::string size = std::to_string(input_sizes[k]);
      const bool is_state = next_of(k) < outputs.size();
      given += (k ? ", " : "") + (is_state ? "state." + in[k] : in[k]);
      if (is_state) {
        state += "    std::array<net_t::scalar, " + size + "> " + in[k] + "{};\n";
        kept += "    state." + in[k] + " = y." + out[next_of(k)] + ";\n";
      } else {
        taken += ", std::span<const net_t::scalar, " + size + "> " + in[k];
      }
    }
    if (state.empty() || taken.empty())
      return "";
    return "\n  /// What the model remembers from step to step, zeros at first.\n  struct state_type {\n" + state +
           "    friend constexpr bool operator==(const state_type&, const state_type&) = default;\n  };\n"
           "  /// `auto stream = model.stream();`, then the outputs of each step by name are `model(stream, x)`.\n"
           "  static constexpr state_type stream() noexcept { return {}; }\n"
           "  constexpr named_outputs operator()(state_type& state" +
           taken + ") const noexcept {\n    const named_outputs y = named(net(" + given + "));\n" + kept + "    return y;\n  }\n";
  }
  static std::vector<std::vector<layer_description>> heads_of(const net_description& net) {
    if (net.layers.empty() || !net.layers.back().is_a("heads"))
      return {};
    return net.layers.back().branches;
  }
  static std::vector<frozen_port> named(std::vector<frozen_port> of, const std::string& word, std::size_t count) {
    if (of.empty() && count == 0)
      of.push_back({word});
    for (std::size_t k = of.size(); k < count; ++k)
      of.push_back({word + std::to_string(k + 1)});
    return of;
  }
  static std::string of(const std::string& word, const std::vector<frozen_port>& ports) {
    std::string names, shapes;
    for (const frozen_port& one : ports) {
      names += (names.empty() ? "" : ", ") + literal(one.name);
      shapes += (shapes.empty() ? "" : ", ") + literal(one.shape);
    }
    const std::string begin = "  static constexpr std::string_view " + word;
    if (ports.size() == 1)
      return begin + "_name = " + names + ";\n" + begin + "_shape = " + shapes + ";\n";
    return begin + "_names[] = {" + names + "};\n" + begin + "_shapes[] = {" + shapes + "};\n";
  }
  /// Of each name an identifier, all different.
  static std::vector<std::string> identifiers(const std::vector<frozen_port>& ports, std::set<std::string> taken) {
    std::vector<std::string> words;
    for (const frozen_port& one : ports) {
      std::string word;
      for (const char c : one.name) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'), digit = c >= '0' && c <= '9';
        if (letter || digit)
          word += c;
        else if (!word.empty() && word.back() != '_')
          word += '_';
      }
      while (!word.empty() && word.back() == '_')
        word.pop_back();
      if (word.empty() || (word[0] >= '0' && word[0] <= '9') || !refused_name(word).empty())
        word = word.empty() ? "port" : "port_" + word;
      std::string free = word;
      for (std::size_t k = 2; !taken.insert(free).second; ++k)
        free = word + "_" + std::to_string(k);
      words.push_back(free);
    }
    return words;
  }

  std::vector<frozen_port> inputs, outputs;
  std::vector<std::size_t> input_sizes, output_sizes;
  std::string output_type; // of a sequence, a step's
};

} // namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail
