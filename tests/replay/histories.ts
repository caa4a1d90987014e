import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The folder of recorded histories, one video a file, as the Temporal CLI and UI export them. */
export const historiesFolder = join(import.meta.dirname, 'histories');

/** A recorded history and its name. */
export interface StoredHistory {
  readonly name: string;
  readonly history: unknown;
}

/** Every recorded history, by name. */
export async function readHistories(): Promise<StoredHistory[]> {
  const files = (await readdir(historiesFolder)).filter((file) => file.endsWith('.json')).sort();
  return Promise.all(
    files.map(async (file) => ({
      name: file.replace('.json', ''),
      history: JSON.parse(await readFile(join(historiesFolder, file), 'utf8')) as unknown,
    })),
  );
}
