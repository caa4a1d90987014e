import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

import { losslessTokens, parseLossless } from './lossless-json.ts';

/** Options for reading JSON. */
export interface JsonReading {
  /** Whether integers of 16 digits and more come as strings of their digits. Default: false. */
  readonly lossless?: boolean;
}

type ParsedJson =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: string };

/** Longer texts are parsed beside the event loop, where heartbeats and other units go on meanwhile. */
const longText = 512 * 1024;
/** The most values. A page of 100 predictions has some thousands; millions of empty objects would fill the memory. */
const mostValues = 200_000;

/** Reads JSON that somebody else wrote, of any length, without holding up this process. */
export async function parseJson(text: string, { lossless = false }: JsonReading = {}): Promise<ParsedJson> {
  if (text.length > longText) return parseBeside(text, lossless);
  try {
    return { ok: true, value: lossless ? parseLossless(text) : (JSON.parse(text) as unknown) };
  } catch {
    return { ok: false, problem: 'not JSON' };
  }
}

async function parseBeside(text: string, lossless: boolean): Promise<ParsedJson> {
  const workerData = { text, mostValues, ...(lossless ? { tokens: losslessTokens.source } : {}) };
  const thread = new Worker(program, {
    eval: true,
    workerData,
    // The thread gets neither our loaders nor our keys.
    execArgv: [],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  });
  try {
    const [parsed] = (await once(thread, 'message')) as [ParsedJson];
    return parsed;
  } catch {
    return { ok: false, problem: 'JSON that does not fit into memory' };
  } finally {
    await thread.terminate();
  }
}

/**
 * The thread's program. It counts values before it makes them, by the commas and brackets outside of texts. It is plain
 * JavaScript, because neither a loader nor a bundler sees it.
 */
const program = `
const { parentPort, workerData: { text, mostValues, tokens } } = require('node:worker_threads');
function countValues() {
  let values = 0;
  let inText = false;
  for (let at = 0; at < text.length && values <= mostValues; at += 1) {
    const code = text.charCodeAt(at);
    if (inText && code === 92) at += 1;
    else if (code === 34) inText = !inText;
    else if (!inText && (code === 44 || code === 91 || code === 123)) values += 1;
  }
  return values;
}
function keepDigits() {
  if (tokens === undefined || !/\\d{16}/.test(text)) return text;
  return text.replace(new RegExp(tokens, 'g'), (token) => /^-?\\d{16,}$/.test(token) ? '"' + token + '"' : token);
}
try {
  if (countValues() > mostValues) throw new Error('JSON of more than ' + mostValues + ' values');
  parentPort.postMessage({ ok: true, value: JSON.parse(keepDigits()) });
} catch (error) {
  const problem = error instanceof SyntaxError ? 'not JSON' : error.message;
  parentPort.postMessage({ ok: false, problem });
}
`;
