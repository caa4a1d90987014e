import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { parseDocument, type Document } from 'yaml';

import { loadDevConfig } from '../../workers/configuration/dev-config.ts';
import { withTemporaryFolder } from './temporary-folder.ts';

const shipped = join(import.meta.dirname, '..', '..', 'temporal-dev.yaml');

/** Loads the shipped configuration after a change to it. */
async function loadChanged(change: (document: Document) => unknown): Promise<unknown> {
  const document = parseDocument(await readFile(shipped, 'utf8'));
  change(document);
  return loadText(document.toString());
}

async function loadText(text: string): Promise<unknown> {
  return withTemporaryFolder(async (folder) => {
    const file = join(folder, 'temporal-dev.yaml');
    await writeFile(file, text);
    return loadDevConfig(file);
  });
}

test('the shipped temporal-dev.yaml is valid and keeps within the host’s limits', async () => {
  const { queues, maximums, temporal } = await loadDevConfig(shipped);
  const { stills, chunks, score, waiting, transfer } = queues;
  expect((stills.ratePerSecond + chunks.ratePerSecond + score.ratePerSecond) * 60).toBeLessThanOrEqual(600);
  expect(waiting.ratePerSecond * 60).toBeLessThan(3000);
  expect(transfer.partMiB * transfer.partsInFlight).toBeLessThanOrEqual(transfer.memoryMiB);
  expect(maximums).toEqual({ concurrentStills: 5, concurrentChunks: 3 });
  expect(temporal.dynamicConfig).toMatchObject({ 'matching.enableFairness': true });
});

test.each<[string, (document: Document) => unknown]>([
  [
    'fixed ports',
    (document) => {
      document.setIn(['temporal', 'port'], 7999);
    },
  ],
  ['no database file', (document) => document.deleteIn(['temporal', 'databaseFile'])],
  [
    'one more search attribute',
    (document) => {
      document.setIn(['temporal', 'searchAttributes', 'Team'], 'Keyword');
    },
  ],
  [
    'a rate below one a second',
    (document) => {
      document.setIn(['queues', 'chunks', 'ratePerSecond'], 0.5);
    },
  ],
  [
    'no caching of workflows',
    (document) => {
      document.setIn(['queues', 'orchestrator', 'maxCachedWorkflows'], 0);
    },
  ],
])('accepts %s', async (_name, change) => {
  await expect(loadChanged(change)).resolves.toBeDefined();
});

const bad: [path: string[], value: unknown, message: string][] = [
  [['temporal', 'port'], 99_999, 'temporal.port is 99999: must be "auto" or a whole number from 1 to 65535'],
  [['temporal', 'uiPort'], 'any', 'temporal.uiPort is "any": must be "auto"'],
  [['temporal', 'ip'], '0.0.0.0', 'temporal.ip is "0.0.0.0": must be 127.0.0.1, because'],
  [['temporal', 'namespace'], '', 'temporal.namespace is "": must be letters'],
  [['temporal', 'databaseFile'], '', 'temporal.databaseFile is "": must name a file or folder'],
  [
    ['temporal', 'searchAttributes', 'BeatreelBeats'],
    'Keyword',
    'temporal.searchAttributes.BeatreelBeats is "Keyword": must be Int, because the workflow sets it',
  ],
  [
    ['temporal', 'searchAttributes', 'Team'],
    'String',
    'temporal.searchAttributes.Team is "String": Invalid option',
  ],
  [['temporal', 'dynamicConfig', 'x.y'], [1], 'temporal.dynamicConfig.x.y is [1]: Invalid input'],
  [['temporal', 'prot'], 7233, 'temporal.prot is not a setting; remove it or correct its name'],
  [['kueues'], {}, 'kueues is not a setting'],
  [['queues', 'prefix'], 'Beat Reel', 'queues.prefix is "Beat Reel": must be 1 to 41 of a-z'],
  [
    ['queues', 'waiting', 'ratePerSecond'],
    'fast',
    'queues.waiting.ratePerSecond is "fast": Invalid input: expected number',
  ],
  [['queues', 'stills', 'slots'], 0, 'queues.stills.slots is 0: Too small'],
  [['queues', 'stills', 'slots'], 2.5, 'queues.stills.slots is 2.5: Invalid input: expected int'],
  [['queues', 'transfer', 'partMiB'], 4, 'queues.transfer.partMiB is 4: Too small'],
  [['queues', 'transfer', 'memoryMiB'], 6, 'queues.transfer.memoryMiB is 6: must hold at least one part'],
  [['queues', 'render'], { slots: 2 }, 'queues.render.coresPerSlot is missing'],
  [['maximums', 'concurrentChunks'], -1, 'maximums.concurrentChunks is -1: Too small'],
  [['objectStore', 'bucket'], 'My_Bucket', 'objectStore.bucket is "My_Bucket": must be 3 to 63 of a-z'],
  [['standIn', 'stillSeconds'], '2 s', 'standIn.stillSeconds is "2 s": Invalid input: expected number'],
];

test.each(bad)('refuses %j = %j by name, value and rule', async (path, value, message) => {
  const loading = loadChanged((document) => {
    document.setIn(path, value);
  });
  await expect(loading).rejects.toThrow(message);
  await expect(loading).rejects.toMatchObject({ type: 'InvalidRequest' });
});

test('names every missing part and every fault at once', async () => {
  const loading = loadChanged((document) => {
    document.deleteIn(['objectStore']);
    document.setIn(['temporal', 'port'], 0);
  });
  await expect(loading).rejects.toThrow(/temporal\.port is 0: .*objectStore is missing: /s);
});

test.each([
  ['an empty file', '', 'the file is null'],
  ['what is no YAML', 'a: [1', 'is not valid YAML'],
  ['a setting given twice', 'a: 1\na: 2\n', 'Map keys must be unique'],
])('refuses %s', async (_name, text, message) => {
  await expect(loadText(text)).rejects.toThrow(message);
});

test('says which file could not be read', async () => {
  await expect(loadDevConfig('/nowhere/temporal-dev.yaml')).rejects.toThrow(
    '/nowhere/temporal-dev.yaml could not be read',
  );
});

test('limits of a host account are optional, and a host that no worker knows is refused by name', async () => {
  await expect(loadChanged((document) => document.delete('hosts'))).resolves.toBeDefined();
  await expect(
    loadChanged((document) => {
      document.setIn(['hosts', 'replicate'], { concurrentStills: 5, concurrentChunks: 3 });
    }),
  ).resolves.toMatchObject({ hosts: { replicate: { concurrentStills: 5, concurrentChunks: 3 } } });
  await expect(
    loadChanged((document) => {
      document.setIn(['hosts', 'replicat'], { concurrentStills: 5 });
    }),
  ).rejects.toThrow('hosts.replicat is not a setting');
});
