import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { crc32 } from 'node:zlib';

import { connectS3 } from '../../storage/create-s3-client.ts';
import type { TransferProgress } from '../../storage/transfer/transfer-request.ts';
import { partBytes, useTransferBench } from './start-transfer-bench.ts';
import { box, sha256 } from './test-files.ts';
import { typescriptFlags } from '../../workers/setup/typescript-flags.ts';

/** Parts that move at once, by default. */
const partsInFlight = 3;
const parts = 64;
const largest = hugeMp4(parts * partBytes);
const expect1GiB = { kind: 'footage', maxBytes: 2 ** 30, contentTypes: ['video/mp4'] } as const;
const bench = useTransferBench();

/** One box of repeated bytes, which is quicker to make than noise. */
function hugeMp4(sizeBytes: number): Buffer {
  const bytes = Buffer.alloc(sizeBytes, 'beatreel moves large files');
  bytes.write('\0\0\0\x18ftypisom\0\0\0\0isommp42', 0, 'latin1');
  bytes.writeUInt32BE(sizeBytes - 24, 24);
  bytes.write('mdat', 28, 'latin1');
  return bytes;
}

function crcOf(bytes: Buffer): string {
  return crc32(bytes).toString(16).padStart(8, '0');
}

/** Runs a transfer in its own process, kills it at this many stored parts, and returns its last heartbeat. */
async function killAt(storedParts: number, address: string, key: string): Promise<TransferProgress> {
  const { endpoint = '', bucket } = bench().server.s3.settings;
  const program = fileURLToPath(new URL('programs/transfer-program.ts', import.meta.url));
  const worker = spawn(process.execPath, [...typescriptFlags, program, address, key], {
    env: {
      ...process.env,
      S3_ENDPOINT: endpoint,
      S3_BUCKET: bucket,
      S3_CHECKSUM: 'by_store',
      NODE_NO_WARNINGS: '1',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    let last: TransferProgress | undefined;
    for await (const line of createInterface(worker.stdout)) {
      last = JSON.parse(line) as TransferProgress;
      if (last.parts.length >= storedParts) break;
    }
    if (last === undefined) throw new Error('The worker ended before it said anything.');
    return last;
  } finally {
    worker.kill('SIGKILL');
    if (worker.exitCode === null && worker.signalCode === null) await once(worker, 'exit');
  }
}

test('a worker killed at 40 of 64 parts costs at most the parts in flight', async () => {
  const address = bench().source.serve('/killed.mp4', { bytes: largest });
  const s3 = connectS3({ ...bench().server.s3.settings, checksum: 'by_store' });
  const request = bench().request(address, { expect: expect1GiB });
  const resume = await killAt(40, address, request.key);
  const ref = await bench()
    .transferWith({}, s3)
    .transferToStore({ ...request, resume });
  s3.client.destroy();
  expect(ref).toEqual({
    key: request.key,
    sizeBytes: largest.byteLength,
    crc32: crcOf(largest),
    contentType: 'video/mp4',
  });
  const asked = bench().source.hits.filter(({ path }) => path === '/killed.mp4').length;
  expect(asked).toBeGreaterThanOrEqual(parts);
  expect(asked).toBeLessThanOrEqual(parts + partsInFlight);
  expect((await bench().store.hashObject(request.key)).sha256).toBe(sha256(largest));
});

test.each([
  ['the store sums it', 'by_store', { crc32: true }],
  ['parts carry our sums', 'crc32', { crc32: true }],
  ['only we sum it', 'when_required', { sha256: true }],
] as const)('a file above 64 MiB is proven where %s', async (_, checksum, proof) => {
  const bytes = largest.subarray(0, 14 * partBytes);
  // The box is as long as the file.
  const file = Buffer.from(bytes);
  file.writeUInt32BE(file.byteLength - 24, 24);
  const s3 = connectS3({ ...bench().server.s3.settings, checksum });
  const request = bench().request(bench().source.serve(`/${checksum}.mp4`, { bytes: file }), {
    expect: expect1GiB,
  });
  const transfer = bench().transferWith({}, s3);
  const ref = await transfer.transferToStore(request);
  expect(ref).toEqual({
    key: request.key,
    sizeBytes: file.byteLength,
    contentType: 'video/mp4',
    ...('crc32' in proof ? { crc32: crcOf(file) } : { sha256: sha256(file) }),
  });
  const { value } = await bench().store.sumObject(request.key, 'crc32' in proof ? 'crc32' : 'sha256');
  expect(value).toBe('crc32' in proof ? ref.crc32 : ref.sha256);
  // A later transfer finds the same file.
  expect(await transfer.transferToStore(request)).toEqual(ref);
  s3.client.destroy();
});

test.each([
  ['inside its content', (file: Buffer) => file.subarray(0, file.byteLength - 1)],
  [
    'inside the index behind its content',
    (file: Buffer) => Buffer.concat([file, box('moov', Buffer.alloc(5_000)).subarray(0, 3_000)]),
  ],
])(
  'a large file that the host has only in part, cut %s, is refused before any of it is moved',
  async (_, cut) => {
    const file = cut(hugeMp4(14 * partBytes));
    const s3 = connectS3({ ...bench().server.s3.settings, checksum: 'by_store' });
    const request = bench().request(bench().source.serve('/cut-large.mp4', { bytes: file }), {
      expect: expect1GiB,
    });
    const before = bench().source.hits.length;

    await expect(bench().transferWith({}, s3).transferToStore(request)).rejects.toMatchObject({
      type: 'ArtifactMissing',
      message: `The video/mp4 of ${file.byteLength} bytes is cut off at the host itself.`,
    });

    s3.client.destroy();
    // The first part, and a look at each box behind it.
    expect(bench().source.hits.length - before).toBeLessThanOrEqual(2);
    expect(request.progress).toEqual([]);
    expect(await bench().store.head(request.key)).toBeUndefined();
  },
);

test('a large file with its index behind its content is followed to its end in a few looks', async () => {
  const file = Buffer.concat([
    hugeMp4(14 * partBytes),
    box('free', Buffer.alloc(1_000)),
    box('moov', Buffer.alloc(9_000)),
  ]);
  const s3 = connectS3({ ...bench().server.s3.settings, checksum: 'by_store' });
  const request = bench().request(bench().source.serve('/index-last.mp4', { bytes: file }), {
    expect: expect1GiB,
  });
  const before = bench().source.hits.length;

  const ref = await bench().transferWith({}, s3).transferToStore(request);

  s3.client.destroy();
  expect(ref).toMatchObject({ sizeBytes: file.byteLength, crc32: crcOf(file) });
  const looks = bench()
    .source.hits.slice(before)
    .filter(({ range }) => lengthOf(range) <= 256);
  expect(looks).toHaveLength(2);
});

function lengthOf(range: string | undefined): number {
  const [, start = 0, end = Infinity] = /=(\d+)-(\d+)/.exec(range ?? '') ?? [];
  return Number(end) - Number(start) + 1;
}
