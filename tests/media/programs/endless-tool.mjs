#!/usr/bin/env node
/** Plays an ffprobe that reads a file full of metadata: it writes JSON without end. */
const more = () => process.stdout.write(`"${'x'.repeat(64 * 1024)}",\n`, more);
process.stdout.write('{"format":{"tags":[\n', more);
