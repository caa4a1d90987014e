import { parseArgs } from 'node:util';
import { startStandIn } from './start-stand-in.ts';
import { drawings, type StandInOptions } from './stand-in-options.ts';

/*
 * Runs the stand-in as a process of its own. It prints one line of JSON when it listens, and ends cleanly on SIGTERM
 * and SIGINT. Restarted on the same folder and port after a kill, it goes on where it stopped.
 */
const standIn = await startStandIn(readOptions());
process.stdout.write(
  `${JSON.stringify({ baseUrl: standIn.baseUrl, port: standIn.port, pid: process.pid })}\n`,
);

let closing: Promise<void> | undefined;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    closing ??= standIn.close();
  });
}

function readOptions(): StandInOptions {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      folder: { type: 'string' },
      ffmpeg: { type: 'string', default: process.env['FFMPEG'] ?? 'ffmpeg' },
      /** Name of the environment variable that holds the token, so that process lists do not show the token. */
      'token-env': { type: 'string' },
      drawing: { type: 'string', default: 'full' },
      'still-seconds': { type: 'string', default: '2' },
      'clip-seconds': { type: 'string', default: '4' },
      'score-seconds': { type: 'string', default: '3' },
      'output-retention-seconds': { type: 'string', default: '3600' },
    },
  });
  if (values.folder === undefined)
    throw new Error('The stand-in keeps its state in a folder: pass --folder <path>.');
  const token = readToken(values['token-env']);
  return {
    port: Number(values.port),
    folder: values.folder,
    ffmpeg: values.ffmpeg,
    drawing: drawings.find((name) => name === values.drawing) ?? 'full',
    stillSeconds: Number(values['still-seconds']),
    clipSeconds: Number(values['clip-seconds']),
    scoreSeconds: Number(values['score-seconds']),
    outputRetentionSeconds: Number(values['output-retention-seconds']),
    token,
  };
}

function readToken(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const token = process.env[name];
  if (token === undefined || token === '') {
    throw new Error(`The stand-in's token should be in the environment variable ${name}, which is not set.`);
  }
  return token;
}
