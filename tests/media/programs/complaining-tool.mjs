#!/usr/bin/env node
/** Plays an ffmpeg that complains early and reports much after it, as an encoder does at its end. */
process.stderr.write('Input #0, mov, from clip.mp4:\n  title : no error at all\n');
process.stderr.write('[h264 @ 0x1] Invalid NAL unit size (9 > 4).\n');
for (let frame = 0; frame < 2000; frame += 1)
  process.stderr.write(`[libx264 @ 0x2] frame ${frame} QP avg: 21.3 does not matter\n`);
process.exitCode = 69;
