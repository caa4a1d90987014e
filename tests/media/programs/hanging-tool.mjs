#!/usr/bin/env node
/** Plays an ffmpeg that hangs: it keeps reporting, as ffmpeg does, that nothing more was written. */
import { writeSync } from 'node:fs';

const report = () => {
  try {
    writeSync(3, 'frame=24\nout_time_us=1000000\ntotal_size=48\nprogress=continue\n');
  } catch {
    // ffprobe is given no third file to report to.
  }
};
setInterval(report, 20);
