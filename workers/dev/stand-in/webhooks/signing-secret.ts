import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The folder's webhook secret; made on the first start and the same ever after. */
export async function loadSigningSecret(folder: string): Promise<string> {
  const path = join(folder, 'webhook-secret');
  try {
    await writeFile(path, `whsec_${randomBytes(24).toString('base64')}`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readFile(path, 'utf8');
}
