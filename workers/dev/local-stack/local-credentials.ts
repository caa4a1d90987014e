import { createHmac, randomBytes } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { BeatreelFailure } from '../../../domain/beatreel-failure.ts';
import { failureTypes } from '../../../domain/failure-types.ts';
import { makeStateFolder } from './private-folder.ts';

const credentialsSchema = z.object({
  accessKeyId: z.string().min(16),
  secretAccessKey: z.string().min(32),
  standInToken: z.string().min(32),
});

type StoredCredentials = z.infer<typeof credentialsSchema>;

/** The secrets of one checkout's local stack. They open nothing but servers on this machine. */
export interface LocalCredentials extends StoredCredentials {
  /** Proves that the address of a webhook is ours. */
  readonly webhookSecret: string;
}

/**
 * Reads `.beatreel/credentials.json` below `root`, or creates it, readable by its owner only. Safe to run at the same
 * time in several processes: all get the same credentials.
 *
 * @throws BeatreelFailure `InvalidRequest` when the file is there but damaged
 */
export async function loadLocalCredentials(root: string): Promise<LocalCredentials> {
  const file = join(await makeStateFolder(root), 'credentials.json');
  const stored = (await read(file)) ?? (await create(file));
  // Derived from the stored key, so that older files need no change and every process gets the same secret.
  const webhookSecret = createHmac('sha256', stored.secretAccessKey).update('webhooks').digest('hex');
  return { ...stored, webhookSecret };
}

async function read(file: string): Promise<StoredCredentials | undefined> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    return credentialsSchema.parse(JSON.parse(text));
  } catch {
    // No `cause`: the parser's error quotes the text, which may hold a secret.
    const message = `${file} is damaged. Delete it; new credentials are made at the next start.`;
    throw new BeatreelFailure(failureTypes.invalidRequest, message);
  }
}

async function create(file: string): Promise<StoredCredentials> {
  const credentials: StoredCredentials = {
    accessKeyId: `BEATREEL${randomBytes(6).toString('hex').toUpperCase()}`,
    secretAccessKey: randomBytes(30).toString('base64url'),
    standInToken: randomBytes(30).toString('base64url'),
  };
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  try {
    // A link fails when the name exists, so the first process wins and no process reads half a file.
    await link(draft, file);
    return credentials;
  } catch (cause) {
    const winner = await read(file);
    if (winner === undefined) throw cause;
    return winner;
  } finally {
    await rm(draft, { force: true });
  }
}
