/** Ends before it ever listens. */
process.stderr.write('no drawing today\n');
process.exitCode = 3;
