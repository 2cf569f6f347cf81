# What the pictures have in common; each script loads it with `data` set to the folder of a run.
load data.'/facts.gp'
set encoding utf8
set datafile separator tab
font = "DejaVu Sans,Helvetica,Arial,sans-serif"
ink = "#33373d"; ours = "#d9480f"; faint = "#e9ecef"; quiet = "#868e96"

# A library keeps its color from picture to picture; a new one has the last.
names = "inlay Eigen-fixed Eigen-dynamic OpenBLAS oneDNN dlib FANN tiny-dnn libtorch onnxruntime"
colors = "#d9480f #1864ab #4dabf7 #2b8a3e #862e9c #c2255c #8a6d00 #0b7285 #495057 #5f3dc4"
dashed(name) = system("echo '".name."' | tr ' ' -")
place(name) = int(sum [i = 1:words(names)] (word(names, i) eq dashed(name) ? i : 0))
color(name) = word(colors, place(name) == 0 ? words(colors) : place(name))
width(name) = name eq 'inlay' ? 3 : 1.5

# The names in the first line of a table.
column_count(file) = int(system("head -n 1 '".file."' | awk -F '\t' '{print NF}'"))
column_name(file, c) = system("head -n 1 '".file."' | cut -f ".c)
rows_of(file, net) = "< awk -F '\t' '$1 == \"".net."\"' '".file."'"

set border 3 lc rgb quiet lw 0.8
set tics nomirror out scale 0.5 textcolor rgb ink
set title textcolor rgb ink
set xlabel textcolor rgb ink
set ylabel textcolor rgb ink
set grid back lc rgb faint lw 0.8 lt 1
set key textcolor rgb ink samplen 1.8 spacing 1.2
set style fill solid 0.85 noborder
where = cpu.", ".isa.", ".compiler.", one thread"
heading(text) = "{/:Bold=15 ".text."}\n{/*0.8 ".where."}"
time_text(ns) = ns < 1000 ? sprintf("%g ns", ns) : ns < 1e6 ? sprintf("%g µs", ns / 1e3) : sprintf("%g ms", ns / 1e6)
# From 1 ns to 100 ms: every power of ten, or 1, 2 and 5 times each where few decades are shown.
time_tics = ""
close_time_tics = ""
do for [e = 0:8] {
  time_tics = sprintf("%s%s'%s' 1e%d", time_tics, e ? ", " : "", time_text(10.0**e), e)
  do for [m in "1 2 5"] {
    close_time_tics = sprintf("%s%s'%s' %se%d", close_time_tics, strlen(close_time_tics) ? ", " : "", \
                              time_text(m * 10.0**e), m, e)
  }
}
time_tics = "(".time_tics.")"
close_time_tics = "(".close_time_tics.")"
terminal(w, h) = sprintf("set terminal svg size %d,%d font '%s,13' background '#ffffff'", w, h, font)
