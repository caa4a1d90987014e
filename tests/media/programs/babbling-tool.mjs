#!/usr/bin/env node
/** Stands for an ffprobe that ends well and says nothing that can be read. */
process.stdout.write('{"format":{"format_name":"mo');
