#pragma once

#include "../picture_data.hpp"
#include "streaming.hpp"
#include "strings.hpp"
#include "wav.hpp"

#include <unsupported/Eigen/FFT>

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstddef>
#include <numbers>
#include <string>
#include <vector>

namespace amp {

/// A sound under its name; "before" goes in, "true" is what the amplifier makes of it, the others are nets.
struct track {
  std::string name;
  sound samples;
};

/// The power of each of 2048 bands from 0 to half the rate, in dB: the mean over windows of 4096 samples (Welch 1967).
inline std::vector<float> spectrum(const sound& all) {
  constexpr std::size_t window = 4096;
  std::vector<double> power(window / 2);
  Eigen::FFT<float> transform;
  std::vector<float> x(window);
  std::vector<std::complex<float>> z;
  std::size_t windows = 0;
  for (std::size_t first = 0; first + window <= all.size(); first += window / 2, ++windows) {
    for (std::size_t i = 0; i < window; ++i)
      x[i] = all[first + i] * (0.5f - 0.5f * std::cos(2 * std::numbers::pi_v<float> * static_cast<float>(i) / window));
    transform.fwd(z, x);
    for (std::size_t k = 0; k < power.size(); ++k)
      power[k] += static_cast<double>(std::norm(z[k]));
  }
  std::vector<float> decibels;
  const double full = static_cast<double>(windows) * (window * window / 16.0); // of a sine between -1 and 1
  for (const double p : power)
    decibels.push_back(static_cast<float>(10 * std::log10(p / full + 1e-15)));
  return decibels;
}

/// A row for each twelfth of an octave from 40 Hz on: the frequency, the mean of each spectrum there.
inline void write_spectra(const std::string& path, const std::vector<std::vector<float>>& spectra) {
  auto file = create(path);
  const double hertz = static_cast<double>(rate) / 2 / static_cast<double>(spectra[0].size());
  for (double low = 40; low < 20'000; low *= std::exp2(1.0 / 12)) {
    const auto first = static_cast<std::size_t>(low / hertz);
    const auto end = std::max(first + 1, static_cast<std::size_t>(low * std::exp2(1.0 / 12) / hertz));
    file << low * std::exp2(1.0 / 24);
    for (const auto& one : spectra) {
      double sum = 0;
      for (std::size_t k = first; k < end; ++k)
        sum += std::pow(10.0, static_cast<double>(one[k]) / 10);
      file << ' ' << 10 * std::log10(sum / static_cast<double>(end - first));
    }
    file << '\n';
  }
}

/// What picture.gp draws: 15 ms of each track, a tenth of a second after the loudest sample, the spectra of the tracks before `nets` and of what the
/// nets make wrong (where there is no truth, of what they make), two histograms. And a WAV of each track.
template <std::size_t N>
void write_picture_data(const std::string& directory, const std::vector<track>& tracks, const stream_times<N>& times) {
  const std::size_t given = tracks.size() - N; // before, and perhaps true
  std::vector<float> largest; // of the true sound for those that imitate it
  for (const auto& one : tracks)
    largest.push_back(largest.size() < given || given == 1 ? loudest(one.samples) : largest[1]);
  const auto& before = tracks[0].samples;
  const std::size_t shown = rate / 1000 * 15;
  const auto loud = static_cast<std::size_t>(
      std::max_element(before.begin(), before.end() - static_cast<std::ptrdiff_t>(rate / 10 + shown)) - before.begin());
  auto waves = create(directory + "/waves.dat");
  for (std::size_t i = 0; i < shown; ++i, waves << '\n') {
    waves << 1000.0 * static_cast<double>(i) / static_cast<double>(rate);
    for (std::size_t t = 0; t < tracks.size(); ++t)
      waves << ' ' << tracks[t].samples[loud + rate / 10 + i] / largest[t];
  }

  std::vector<std::vector<float>> spectra;
  for (std::size_t t = 0; t < tracks.size(); ++t) {
    sound heard = tracks[t].samples;
    for (std::size_t i = 0; t >= given && given == 2 && i < heard.size(); ++i)
      heard[i] -= tracks[1].samples[i];
    for (float& x : heard)
      x /= largest[t];
    spectra.push_back(spectrum(heard));
    write_wav(directory + "/" + tracks[t].name + ".wav", tracks[t].samples, largest[t]);
  }
  write_spectra(directory + "/spectra.dat", spectra);
  write_histogram(directory + "/sample.dat", times.sample);
  write_histogram(directory + "/block.dat", times.block);

  auto facts = create(directory + "/facts.gp");
  facts << "given = " << given << "\nnets = " << N << "\nblock_size = " << block_size << "\nnames = \"";
  for (const auto& one : tracks)
    facts << one.name << ' ';
  facts << "\"\narray sample[" << N << "]\narray block[" << N << "]\n";
  for (std::size_t i = 0; i < N; ++i)
    facts << "sample[" << i + 1 << "] = " << times.sample[i].percentile(50) << "\nblock[" << i + 1
          << "] = " << times.block[i].percentile(50) << '\n';
}

} // namespace amp
