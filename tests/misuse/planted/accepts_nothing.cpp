// expect: error: .*nothing
// fails: ^what should compile does not
int one = nothing;
