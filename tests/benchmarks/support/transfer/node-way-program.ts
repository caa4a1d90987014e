import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

import { PutObjectCommand } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { request } from 'undici';

import { connectS3 } from '../../../../storage/create-s3-client.ts';
import { allowListPolicy, parseAllowList } from '../../../../storage/output-address.ts';
import { createPartSender } from '../../../../storage/part-sender.ts';
import { createSafeAgent } from '../../../../storage/safe-agent.ts';
import { readS3Settings } from '../../../../storage/s3-settings.ts';
import { createTransferMemory } from '../../../../storage/transfer-memory.ts';
import { createTransfer } from '../../../../storage/transfer.ts';
import { readMemory } from '../process-memory.ts';

/*
 * One way to move a file, in a process of its own: `node-way-program.ts WAY ADDRESS KEY...`, one transfer for each
 * key, all at once. The store comes from the environment. Prints one line of JSON.
 */
const [, , way = '', address = '', ...keys] = process.argv;
/** A small file moved first, because a worker has its libraries loaded already. */
const warmUpAddress = new URL('/file-16.mp4', address).href;
const s3 = connectS3(readS3Settings(process.env));
const Bucket = s3.settings.bucket;

type Move = (from: string, key: string) => Promise<unknown>;

const ways: Readonly<Record<string, () => Promise<Move>>> = {
  buffered: () =>
    Promise.resolve(async (from, key) => {
      const answer = await fetch(from);
      const Body = Buffer.from(await answer.arrayBuffer());
      await s3.client.send(new PutObjectCommand({ Bucket, Key: key, Body }));
    }),
  'lib-storage': () =>
    Promise.resolve(async (from, key) => {
      const { body } = await request(from);
      await new Upload({ client: s3.client, params: { Bucket, Key: key, Body: body } }).done();
    }),
  'raw pipe': () =>
    Promise.resolve(async (from) => {
      const { body } = await request(from);
      await pipeline(body, createWriteStream('/dev/null'));
    }),
  ours: () => Promise.resolve(openOurs()),
};

function openOurs(): Move {
  const policy = allowListPolicy(parseAllowList(new URL(address).origin));
  const memoryMiB = Number(process.env['BENCHMARK_MEMORY_MIB'] ?? 64);
  const transfer = createTransfer({
    s3,
    reader: { agent: createSafeAgent(), policy },
    partSender: createPartSender(s3),
    memory: createTransferMemory({ memoryMiB }),
  });
  return (from, key) =>
    transfer.transferToStore({
      resolveAddress: () => Promise.resolve(from),
      key,
      expect: { kind: 'footage', maxBytes: 2 ** 40, contentTypes: ['video/mp4'] },
      onProgress: () => undefined,
      signal: new AbortController().signal,
    });
}

const open = ways[way];
if (open === undefined) throw new RangeError(`There is no way "${way}".`);
const move = await open();
await move(warmUpAddress, 'bench/warm-up.mp4');
const cpuBefore = process.cpuUsage();
const startedAt = performance.now();
await Promise.all(keys.map((key) => move(address, key)));
const seconds = (performance.now() - startedAt) / 1000;
const cpu = process.cpuUsage(cpuBefore);
const { peakMiB } = await readMemory(process.pid);
process.stdout.write(
  `${JSON.stringify({ seconds, peakMiB, cpuSeconds: (cpu.user + cpu.system) / 1_000_000 })}\n`,
);
process.exit(0);
