import { parseArgs } from 'node:util';

import { openSession } from '../open-session.ts';
import { untilStopped } from '../../until-stopped.ts';
import { installLogger } from '../../logging/install-logger.ts';
import { reportFatal } from '../../logging/report-fatal.ts';
import { makeVideo } from './make-video.ts';
import { readDemoBrief } from './read-demo-brief.ts';

/**
 * `npm run demo`: brings up everything that is not given, makes one video before the reader's eyes, and ends what it
 * started. With `--json` standard output is one line of JSON.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      brief: { type: 'string' },
      prompt: { type: 'string' },
      duration: { type: 'string' },
      keep: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const brief = await readDemoBrief(values);
  // A video that goes well has its own display; what goes wrong is logged beside it.
  installLogger({ level: 'WARN' });
  const say = (sentence: string) => process.stderr.write(`${sentence}\n`);
  const abort = new AbortController();
  const stopped = untilStopped().then((code) => {
    process.exitCode = code;
    abort.abort();
  });
  const isStopped = () => abort.signal.aborted;
  const session = await openSession(say);
  try {
    if (isStopped()) return;
    // A stop is heard by the making itself, which cancels the video before the servers go.
    await Promise.race([makeVideo(brief, { json: values.json, signal: abort.signal }), session.broken]);
    if (!values.keep || isStopped()) return;
    say(`Everything stays up until Ctrl-C; the Web UI is at ${process.env['TEMPORAL_UI_URL'] ?? 'your own'}`);
    await Promise.race([stopped, session.broken]);
  } finally {
    await session.close();
  }
}

await main().catch(reportFatal);
