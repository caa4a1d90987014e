#!/usr/bin/env node
/** Plays an ffprobe that exits with 0 and prints unreadable JSON. */
process.stdout.write('{"format":{"format_name":"mo');
