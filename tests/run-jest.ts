import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { execa } from 'execa';

import { createObjectStore } from '../storage/object-store.ts';
import { readS3Settings } from '../storage/s3-settings.ts';
import { packageRoot } from '../workers/setup/package-root.ts';
import { findOpenUploads, findProcesses, findTemporaryFiles, runVariable } from './support/leftovers.ts';
import { startTestStack } from './support/test-stack.ts';

/**
 * Starts the servers that the tests need, runs jest with the given arguments, and fails when the tests leave
 * anything behind: a process, a listener, an open multipart upload, a temporary file.
 */
async function runJest(args: readonly string[]): Promise<number> {
  const runId = randomUUID();
  process.env[runVariable] = runId;
  // This run's own folder for temporary files: anything in it at the end was left by the tests.
  const temporaryFolder = await mkdtemp(join(tmpdir(), 'beatreel-run-'));
  process.env['TMPDIR'] = temporaryFolder;
  const servers = await startTestStack();
  const ownFiles = await findTemporaryFiles();
  const ownProcesses = await listProcessIds(runId);
  let exitCode = 1;
  const leftovers: string[] = [];
  try {
    const jest = await execa(
      process.execPath,
      ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', ...args],
      {
        cwd: packageRoot(),
        env: {
          ...servers.env,
          NODE_NO_WARNINGS: '1',
          AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
        },
        stdio: 'inherit',
        reject: false,
      },
    );
    exitCode = jest.exitCode ?? 1;
    const store = createObjectStore(readS3Settings({ ...process.env, ...servers.env }));
    Object.assign(process.env, servers.env);
    leftovers.push(...(await findOpenUploads(store)).map((key) => `an open upload of ${key}`));
    store.close();
    leftovers.push(...(await settledProcesses(runId, ownProcesses)).map((line) => `a process, ${line}`));
    const files = (await findTemporaryFiles()).filter((name) => !ownFiles.includes(name));
    leftovers.push(...files.map((name) => `the temporary file ${name}`));
  } finally {
    await servers.stop();
    await rm(temporaryFolder, { recursive: true, force: true });
  }
  leftovers.push(...(await findProcesses(runId, [])).map((line) => `a server, ${line}`));
  for (const leftover of leftovers) process.stderr.write(`The tests left ${leftover}\n`);
  return leftovers.length > 0 ? 1 : exitCode;
}

/** Finds forgotten processes. A killed worker's render may first run to the end of its clip. */
async function settledProcesses(runId: string, knownIds: readonly number[]): Promise<string[]> {
  const deadline = performance.now() + 15_000;
  let found = await findProcesses(runId, knownIds);
  while (found.length > 0 && performance.now() < deadline) {
    await sleep(250);
    found = await findProcesses(runId, knownIds);
  }
  return found;
}

async function listProcessIds(runId: string): Promise<number[]> {
  return (await findProcesses(runId, [])).map((line) => Number.parseInt(line, 10));
}

process.exitCode = await runJest(process.argv.slice(2));
