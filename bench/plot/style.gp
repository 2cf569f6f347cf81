# What the pictures have in common; each script loads it with `data` set to the folder of a run.
load data.'/facts.gp'
set encoding utf8
set terminal svg size 900,540 font "DejaVu Sans,Helvetica,Arial,sans-serif,13" background "#ffffff"
set datafile separator tab
ink = "#33373d"; ours = "#d9480f"; faint = "#dee2e6"
# The color of a peer, by its place among the columns: dark to light would suggest an order, so these differ in hue.
peer(i) = word("#1864ab #4dabf7 #2b8a3e #862e9c #c2255c #8a6d00 #5f3dc4 #495057 #0b7285", i)
set border 3 lc rgb ink lw 0.8
set tics nomirror out scale 0.6 textcolor rgb ink
set title textcolor rgb ink font ",15"
set xlabel textcolor rgb ink
set ylabel textcolor rgb ink
set grid back lc rgb faint lw 0.7 lt 1
set key textcolor rgb ink samplen 2 spacing 1.25
where = cpu.", ".isa.", ".compiler.", one thread"
