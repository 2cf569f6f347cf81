# gnuplot -e "data = 'FOLDER'" picture.gp >amp.svg
load data.'/facts.gp'
set terminal svg size 1100,700 font "DejaVu Sans,Helvetica,Arial,sans-serif,13" background "#ffffff"
ink = "#33373d"; pale = "#adb5bd"
array colour[2] = ["#d9480f", "#4263eb"]
name(track) = word(names, track)
set border 3 lc rgb ink lw 0.8
set tics nomirror out scale 0.6 textcolor rgb ink
set title offset 0,-0.3 textcolor rgb ink font ",15"
set key textcolor rgb ink samplen 2 spacing 1.15
set multiplot

# Top: the waves. A net lies on the truth where it is right.
set lmargin at screen 0.06
set rmargin at screen 0.975
set bmargin at screen 0.60
set tmargin at screen 0.93
set title given == 2 ? "What goes in, what the amplifier makes of it, and what the nets do" : "What goes in and what comes out"
set xlabel "milliseconds" textcolor rgb ink offset 0,0.4
set xrange [0:15]
set yrange [-1.1:1.6]
set ytics -1,0.5,1
set key top right horizontal
plot data.'/waves.dat' using 1:2 with lines lw 1.2 lc rgb pale title name(1), \
     for [t = 2:given] '' using 1:(column(t + 1)) with lines lw 6 lc rgb "#ced4da" title name(t), \
     for [n = 1:nets] '' using 1:(column(1 + given + n)) with lines lw 1.6 dt n lc rgb colour[n] title name(given + n)

# Bottom left: the spectra.
set rmargin at screen 0.50
set bmargin at screen 0.09
set tmargin at screen 0.46
set title given == 2 ? "Spectra: the sounds, and what is wrong in those of the nets" : "Spectra"
set logscale x
set xlabel "Hz"
set ylabel "dB" textcolor rgb ink offset 1.5,0
set xrange [40:20000]
set yrange [*:10]
set xtics ("50" 50, "100" 100, "200" 200, "500" 500, "1k" 1000, "2k" 2000, "5k" 5000, "10k" 10000, "20k" 20000)
set ytics 20
set grid ytics lc rgb "#dee2e6" lw 0.7 lt 1
set key top right vertical
plot data.'/spectra.dat' using 1:2 with lines lw 1.2 lc rgb pale title name(1), \
     for [t = 2:given] '' using 1:(column(t + 1)) with lines lw 4 lc rgb "#ced4da" title name(t), \
     for [n = 1:nets] '' using 1:(column(1 + given + n)) with lines lw 1.6 lc rgb colour[n] \
     title name(given + n).(given == 2 ? ", wrong" : "")

# Bottom right: how long single calls took.
set lmargin at screen 0.60
set rmargin at screen 0.975
unset key
unset ylabel
set logscale xy
set xrange [9:22000]
set xtics ("" 10, "" 20, "" 50, "" 100, "" 200, "" 500, "" 1000, "" 2000, "" 5000, "" 10000, "" 20000) # those below say it
set yrange [1e-5:6]
set ytics ("one in 10^4" 1e-4, "1 %%" 1e-2, "all" 1)
set style fill solid 0.55 noborder
median(n, ns) = sprintf("%s %.0f ns", name(given + n), ns)

set tmargin at screen 0.46
set bmargin at screen 0.325
set title "One sample a call"
unset xlabel
do for [n = 1:nets] { set label n median(n, sample[n]) at graph 0.98, graph (1 - 0.22 * n) right textcolor rgb colour[n] }
plot for [n = 1:nets] data.'/sample.dat' using 1:(column(1 + n)) with fillsteps lc rgb colour[n]

set tmargin at screen 0.225
set bmargin at screen 0.09
set xtics ("10 ns" 10, "" 20, "50" 50, "100" 100, "200" 200, "500" 500, "1 µs" 1000, "2" 2000, "5" 5000, "10" 10000, "20 µs" 20000)
set title sprintf("Blocks of %d, time of each sample", block_size)
set xlabel "time" textcolor rgb ink
do for [n = 1:nets] { set label n median(n, block[n]) at graph 0.98, graph (1 - 0.22 * n) right textcolor rgb colour[n] }
plot for [n = 1:nets] data.'/block.dat' using 1:(column(1 + n)) with fillsteps lc rgb colour[n]
unset multiplot
