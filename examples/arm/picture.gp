# gnuplot -e "data = 'FOLDER'" picture.gp >arm.svg
load data.'/facts.gp'
set terminal svg size 1100,520 font "DejaVu Sans,Helvetica,Arial,sans-serif,13" background "#ffffff"
ink = "#33373d"; ours = "#d9480f"; theirs = "#4263eb"
set border 3 lc rgb ink lw 0.8
set tics nomirror out scale 0.6 textcolor rgb ink
set title offset 0,-0.3 textcolor rgb ink font ",15"
set multiplot

# Left: where in reach the hand comes to be how far off.
set origin 0,0
set size 0.56,1
set lmargin at screen 0.06
set rmargin at screen 0.47
set bmargin at screen 0.125
set tmargin at screen 0.90
set size ratio -1
set title "Distance of the hand from where it was sent"
set xlabel "x, metres" textcolor rgb ink
set ylabel "y, metres" textcolor rgb ink offset 1,0
set xrange [-0.55:0.57]
set yrange [-0.36:0.64]
set xtics 0.2
set ytics 0.2
set cblabel "millimetres" textcolor rgb ink offset 0.3,0
set cbrange [0:*]
set cbtics textcolor rgb ink
set colorbox user origin 0.475,0.25 size 0.012,0.5 noborder
set palette defined (0 "#e9f3ee", 0.25 "#b4dfcb", 0.5 "#63c2b0", 0.75 "#2f7f9e", 1 "#2b2d6e")
unset key
plot data.'/map.dat' using 1:2:3 with image, \
     data.'/joints.dat' using 1:2 with lines lw 9 lc rgb ink, \
     data.'/joints.dat' using 1:2 with points pt 7 ps 1.1 lc rgb "#ffffff", \
     data.'/joints.dat' using 1:2 every ::2 with points pt 7 ps 1.3 lc rgb ours, \
     "+" using (0):(0) every ::::0 with points pt 5 ps 2 lc rgb ink

# Right: how long single calls took.
set size noratio
unset colorbox
set lmargin at screen 0.64
set rmargin at screen 0.975
set logscale xy
set xrange [9:22000]
set xtics ("10 ns" 10, "" 20, "50" 50, "100" 100, "200" 200, "500" 500, "1 µs" 1000, "2" 2000, "5" 5000, "10" 10000, "20 µs" 20000)
set yrange [1e-6:6]
set ytics ("one in 10^6" 1e-6, "one in 10^4" 1e-4, "1 %%" 1e-2, "all" 1)
set grid ytics lc rgb "#dee2e6" lw 0.7 lt 1
unset xlabel
unset ylabel
set style fill solid 0.55 noborder

# The medians stand at the peaks: inlay's label ends there, Eigen's begins there.
label(who, median) = sprintf("%s %.0f ns", who, median)

set tmargin at screen 0.90
set bmargin at screen 0.59
set title "One call, beside Eigen with dynamic sizes"
set label 1 label("inlay", call_inlay) at call_inlay * 1.12, 2.2 right textcolor rgb ours
set label 2 label("Eigen", call_eigen) at call_eigen * 0.95, 2.2 left textcolor rgb theirs
plot data.'/call.dat' using 1:3 with fillsteps lc rgb theirs, '' using 1:2 with fillsteps lc rgb ours

set tmargin at screen 0.435
set bmargin at screen 0.125
set title "One training step: forward, loss, backward, Adam"
set xlabel "time of a single call" textcolor rgb ink
set label 1 label("inlay", step_inlay) at step_inlay * 1.12, 2.2 right textcolor rgb ours
set label 2 label("Eigen", step_eigen) at step_eigen * 0.95, 2.2 left textcolor rgb theirs
plot data.'/step.dat' using 1:3 with fillsteps lc rgb theirs, '' using 1:2 with fillsteps lc rgb ours
unset multiplot
