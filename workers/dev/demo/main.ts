import { openSession } from '../open-session.ts';
import { untilStopped } from '../../until-stopped.ts';
import { installLogger } from '../../logging/install-logger.ts';
import { readOptions } from '../../programs/read-options.ts';
import { runProgram } from '../../programs/run-program.ts';
import { makeVideo } from './make-video.ts';
import { readDemoBrief } from './read-demo-brief.ts';

const usage = `Usage: npm run demo -- [options]
  --brief FILE        a brief as JSON; without one, an example
  --prompt TEXT       what the video shows
  --duration SECONDS  its length, 5-300
  --keep              leave everything up until Ctrl-C
  --json              print one line of JSON`;

/**
 * `npm run demo`: starts the servers that the environment does not name, makes one video before the reader's eyes, and
 * ends what it started. With `--json` standard output is one line of JSON.
 */
async function main(): Promise<number> {
  const values = readOptions(usage, {
    brief: { type: 'string' },
    prompt: { type: 'string' },
    duration: { type: 'string' },
    keep: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  });
  const brief = await readDemoBrief(values);
  // The video has its own display, so only problems are logged.
  installLogger({ level: 'WARN' });
  const say = (sentence: string) => process.stderr.write(`${sentence}\n`);
  const abort = new AbortController();
  let exitCode = 0;
  const stopped = untilStopped().then((code) => {
    exitCode = code;
    abort.abort();
  });
  const session = await openSession(say, abort.signal);
  if (!session) return exitCode;
  try {
    // `makeVideo` itself reacts to a stop and cancels the video before the servers end.
    await Promise.race([makeVideo(brief, { json: values.json, signal: abort.signal }), session.broken]);
    if (!values.keep || abort.signal.aborted) return exitCode;
    say(`Everything stays up until Ctrl-C; the Web UI is at ${process.env['TEMPORAL_UI_URL'] ?? 'your own'}`);
    await Promise.race([stopped, session.broken]);
    return exitCode;
  } finally {
    await session.close();
  }
}

await runProgram(main);
