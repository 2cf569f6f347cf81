// expect: error: .*nothing
// fails: ^wanted 1 error, found 2
#ifdef REJECT
int one = nothing;
int two = nothing;
#endif
