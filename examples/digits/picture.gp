# gnuplot -e "data = 'FOLDER'" picture.gp >digits.svg
load data.'/facts.gp'
set terminal svg size 1100,740 font "DejaVu Sans,Helvetica,Arial,sans-serif,13" background "#ffffff"
ink = "#33373d"; ours = "#d9480f"; theirs = "#4263eb"
set tics nomirror out scale 0.6 textcolor rgb ink
set title offset 0,-0.3 textcolor rgb ink font ",15"
set border 0
unset key
set multiplot

# Top left: which digit is read as which.
set lmargin at screen 0.06
set rmargin at screen 0.46
set bmargin at screen 0.56
set tmargin at screen 0.93
set title sprintf("%.2f %% of %d held-out digits are right", accuracy, count)
set xlabel "read as" textcolor rgb ink offset 0,0.4
set ylabel "truth" textcolor rgb ink
set xrange [-0.5:9.5]
set yrange [9.5:-0.5]
set xtics 1 scale 0
set ytics 1 scale 0
set cbrange [-1:12]
set palette defined (-1 "#dbe4ff", -0.01 "#dbe4ff", 0 "#f4f6f8", 1 "#ffe3cc", 6 "#f5a36b", 12 "#e06d2c")
unset colorbox
plot data.'/confusion.dat' using 1:2:($1 == $2 ? -1 : $3) with image pixels, \
     data.'/confusion.dat' using 1:2:($1 == $2 || $3 > 0 ? sprintf("%d", $3) : "") with labels textcolor rgb ink

# Top right: the course of the training.
set lmargin at screen 0.57
set rmargin at screen 0.93
set border 11 lc rgb ink lw 0.8
set title "Training"
set xlabel "epoch"
set ylabel "mean loss on the training samples" textcolor rgb theirs
set y2label "wrong on held-out samples, %" textcolor rgb ours rotate by -90
set xrange [1:*]
set xtics auto scale 0.6
set yrange [*:*] noreverse
set logscale y
set ytics auto textcolor rgb theirs scale 0.6
set y2range [0:*]
set y2tics textcolor rgb ours
set grid y2tics lc rgb "#dee2e6" lw 0.7 lt 1
plot data.'/course.dat' using 1:2 with lines lw 2 lc rgb theirs axes x1y1, \
     data.'/course.dat' using 1:(100 - $3) with lines lw 2 lc rgb ours axes x1y2

# Bottom: images.
unset logscale
unset grid
unset xlabel
unset ylabel
unset y2label
unset xtics
unset ytics
unset y2tics
set border 0
set autoscale xfix
unset title
top = 0.41
below(rows, columns) = top - 0.44 * 1100 / 740 * rows / columns # a box of that many rows, 0.44 of the picture wide
set tmargin at screen top

set label 1 sprintf("What %d %s of the first layer look for: ink (blue), paper (red)", units, sees ? "filters" : "units") at screen 0.25, top + 0.03 center font ",15" textcolor rgb ink
set lmargin at screen 0.03
set rmargin at screen 0.47
weights_rows = units / 8
set bmargin at screen below(1.0 * weights_rows * weights_width, 8 * weights_width)
set xrange [-0.5:8 * weights_width * weights_zoom]
set yrange [weights_rows * weights_width * weights_zoom:-0.5]
set cbrange [-1:1]
set palette defined (-1 "#d9480f", 0 "#ffffff", 1 "#1c3faa")
plot data.'/weights.dat' matrix with image

set label 1 "The mistakes it was most sure of" at screen 0.75, top + 0.03
set lmargin at screen 0.53
set rmargin at screen 0.97
set bmargin at screen below(3.0 * height, 7 * width)
set xrange [-0.5:7 * width * zoom]
set yrange [3 * height * zoom:-0.5]
set cbrange [-0.1:1]
set palette defined (-0.1 "#ffffff", -0.01 "#ffffff", 0 "#eef1f4", 1 "#14171a")
if (mistakes > 0) plot data.'/mistakes.dat' matrix with image, data.'/captions.dat' \
     using (zoom * ($1 * width + side * 0.5)):(zoom * ($2 * height + side * 1.16)):3 with labels font ",10" textcolor rgb ink
unset multiplot
