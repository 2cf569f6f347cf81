#pragma once

#include "csv.hpp"
#include "idx.hpp"
#include "source.hpp"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace digits {

/// What the files on the command line hold, told by their first bytes and not by their names.
struct contents {
  std::vector<idx_reader> idx; // the first image file with the first label file, the second with the second
  std::vector<csv_reader> csv;
};

inline contents open_files(const std::vector<std::string>& paths) {
  contents all;
  std::vector<source> images, labels;
  for (const auto& path : paths) {
    source file(path);
    if (file.begins_as_text())
      all.csv.emplace_back(std::move(file));
    else
      (read_magic(file) == image_magic ? images : labels).push_back(std::move(file));
  }

  if (images.size() > labels.size())
    throw bad_file(images[labels.size()].path(), "a label file beside this image file", "none");
  if (labels.size() > images.size())
    throw bad_file(labels[images.size()].path(), "an image file beside this label file", "none");
  if (!all.csv.empty() && !images.empty())
    throw bad_file(all.csv[0].name(), "files of one kind", "CSV beside IDX");
  if (all.csv.size() + images.size() > 2)
    throw bad_file(paths.back(), "at most two sets, for training and for judging", "a third");
  for (std::size_t i = 0; i < images.size(); ++i)
    all.idx.emplace_back(std::move(images[i]), std::move(labels[i]));
  return all;
}

} // namespace digits
