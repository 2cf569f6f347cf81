#pragma once

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

namespace bench {

/// Rows of text in columns; the first to the left, the others to the right.
class table {
public:
  explicit table(std::vector<std::string> header) { rows_.push_back(std::move(header)); }
  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }

  void print() const {
    std::vector<std::size_t> width;
    for (const auto& row : rows_)
      for (std::size_t c = 0; c < row.size(); ++c) {
        if (c == width.size()) width.push_back(0);
        width[c] = std::max(width[c], length(row[c]));
      }
    for (std::size_t r = 0; r < rows_.size(); ++r) {
      std::string line;
      for (std::size_t c = 0; c < rows_[r].size(); ++c) {
        const std::string space(width[c] - length(rows_[r][c]), ' ');
        line += c == 0 ? "  " + rows_[r][c] + space : "  " + space + rows_[r][c];
      }
      std::printf("%s\n", line.c_str());
      if (r == 0) {
        std::size_t total = 0;
        for (auto w : width) total += w + 2;
        for (std::printf("  "); total-- > 2;) std::printf("─");
        std::printf("\n");
      }
    }
  }

private:
  static std::size_t length(const std::string& text) { // of UTF-8
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
  }

  std::vector<std::vector<std::string>> rows_;
};

inline std::string number(const char* pattern, double value) {
  char text[40];
  std::snprintf(text, sizeof text, pattern, value);
  return text;
}

/// Three digits, in ns, µs or ms.
inline std::string duration(double ns) {
  const char* unit = "ns";
  if (ns >= 999.5e3) ns /= 1e6, unit = "ms";
  else if (ns >= 9999.5) ns /= 1e3, unit = "µs";
  return number(ns < 9.995 ? "%.2f " : (ns < 99.95 ? "%.1f " : "%.0f "), ns) + unit;
}

inline std::string percent(double share) { return number("%.0f %%", 100 * share); }

/// "3.4×": how many times longer.
inline std::string times(double ratio) { return number(ratio < 9.95 ? "%.1f×" : "%.0f×", ratio); }

} // namespace bench
