import type { Video } from '../../support/video.ts';
import type { HostileFleet } from './hostile-fleet.ts';
import { canaryKey } from './kinds/answers.ts';

const base64 = Buffer.from(canaryKey).toString('base64');

/** The key of the account, and its forms in addresses, headers and JSON. */
const forms: Readonly<Record<string, string>> = {
  'as it is': canaryKey,
  'in an address': encodeURIComponent(canaryKey),
  'in base64': base64.replace(/=+$/, ''),
  'in base64 for addresses': Buffer.from(canaryKey).toString('base64url'),
  // The same bytes after those of `Bearer `.
  'in a header in base64': Buffer.from(`Bearer ${canaryKey}`).toString('base64url').slice(12, -4),
  'escaped in JSON': String.raw`\u0072\u0038\u005f`,
};

/** @returns the places with traces of the key: in the history, the bucket and the logs */
export async function findCanaries({ store, shared, alone }: HostileFleet, video: Video): Promise<string[]> {
  const traces: Record<string, string> = {
    'the history': JSON.stringify(decode(await video.handle.fetchHistory())),
    'the progress': JSON.stringify(await video.progress().catch(() => '')),
    'the log': `${await shared.log()}${await alone.log()}`,
  };
  for await (const { key } of store.list(`videos/${video.id}/`))
    if (key.endsWith('.json')) traces[key] = JSON.stringify((await store.getJson(key))?.value);
  return Object.entries(traces).flatMap(([where, text]) => {
    // Text within text within JSON is escaped twice.
    const plain = text.replace(/\\+\//g, '/').replace(/\\+u/g, String.raw`\u`);
    return Object.entries(forms)
      .filter(([, form]) => plain.includes(form))
      .map(([how]) => `the key stands in ${where}, ${how}`);
  });
}

/** Decodes payloads from bytes to text. */
function decode(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (Array.isArray(value)) return value.map(decode);
  if (value === null || typeof value !== 'object') return typeof value === 'bigint' ? String(value) : value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, decode(part)]));
}
