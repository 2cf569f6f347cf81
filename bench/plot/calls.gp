# gnuplot -e "data = 'FOLDER'" calls.gp: how long single calls take: their histogram, and the share that takes longer.
load 'style.gp'
eval terminal(960, 440)
set datafile separator whitespace
file = data.'/calls.dat'
blocks = int(system("grep -c '^\"' '".file."'"))
if (blocks == 0) { # nobody's results were right
  set title heading("Single calls of ".shown_net.", ".shown_topology)
  unset border
  unset tics
  set label "nothing was timed" at graph 0.5, 0.5 center textcolor rgb ink
  plot [0:1] [0:1] NaN notitle
  exit
}
called(i) = system("grep '^\"' '".file."' | tr -d '\"' | sed -n ".(i + 1)."p")
first = system("grep -v '^\"' '".file."' | awk 'NF { print $1 }' | sort -g | head -n 1") + 0
last = system("grep -v '^\"' '".file."' | awk 'NF { print $2 }' | sort -g | tail -n 1") + 0
array most[blocks] # the highest bin of each, and where the last of these is
mode = 0
do for [i = 0:blocks - 1] {
  stats file index i every ::1 using 1:3 nooutput
  most[i + 1] = STATS_max_y
  mode = STATS_pos_max_y > mode ? STATS_pos_max_y : mode
}

set multiplot title heading("Single calls of ".shown_net.", ".shown_topology)
set logscale x
set tmargin at screen 0.80
set bmargin at screen 0.12
unset key

set xrange [first / 1.3:mode * 3]
eval "set xtics ".(mode * 4 / first > 100 ? time_tics : close_time_tics)
set lmargin at screen 0.125
set rmargin at screen 0.51
set title "how often each time" font ",12" offset 0, -0.5
set yrange [blocks - 0.75:-1]
set ytics () scale 0
do for [i = 0:blocks - 1] { set ytics add (called(i) i - 0.15) }
set border 1
set grid noytics
plot for [i = 0:blocks - 1] file index i every ::1 using ($3 < 1e-3 ? NaN : sqrt($1 * $2)):(i):1:2:(i):(i - 0.85 * $3 / most[i + 1]) \
  with boxxyerror lc rgb color(called(i))

set xrange [first / 1.3:last * 1.2]
eval "set xtics ".time_tics
set lmargin at screen 0.60
set rmargin at screen 0.975
set title "share of the calls that take longer" font ",12" offset 0, -0.5
set border 3
set yrange [1e-5:1]
set logscale y
set ytics ("all" 1, "1 in 10" 0.1, "1 in 100" 1e-2, "1 in 1 000" 1e-3, "1 in 10 000" 1e-4) scale 0.5
set grid ytics
plot for [i = blocks - 1:0:-1] file index i every ::1 using 2:4 with lines lw width(called(i)) lc rgb color(called(i))
unset multiplot
