#pragma once

#include "csv.hpp"
#include "idx.hpp"
#include "samples.hpp"
#include "source.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace digits {

/// What the files on the command line hold, told by their first bytes and not by their names.
struct contents {
  std::vector<samples<784>> idx; // the first image file with the first label file, the second with the second
  std::vector<samples<64>> csv;
};

inline contents read_files(const std::vector<std::string>& paths) {
  contents all;
  std::vector<std::pair<std::string, std::vector<std::size_t>>> labels;
  for (const auto& path : paths) {
    source file(path);
    if (file.begins_as_text())
      all.csv.push_back(read_csv(file));
    else if (read_magic(file) == image_magic)
      all.idx.push_back({path, read_images(file), {}});
    else
      labels.emplace_back(path, read_labels(file));
  }

  if (all.idx.size() > labels.size())
    throw bad_file(all.idx[labels.size()].name, "a label file beside this image file", "none");
  if (labels.size() > all.idx.size())
    throw bad_file(labels[all.idx.size()].first, "an image file beside this label file", "none");
  for (std::size_t i = 0; i < labels.size(); ++i) {
    auto& [name, images, wanted] = all.idx[i];
    wanted = std::move(labels[i].second);
    if (wanted.size() != images.size())
      throw bad_file(labels[i].first, "byte 4",
                     std::to_string(images.size()) + " labels, one for each image of " + name,
                     std::to_string(wanted.size()));
  }
  if (!all.csv.empty() && !all.idx.empty())
    throw bad_file(all.csv[0].name, "files of one kind", "CSV beside IDX");
  if (all.csv.size() + all.idx.size() > 2)
    throw bad_file(paths.back(), "at most two sets, for training and for judging", "a third");
  return all;
}

} // namespace digits
