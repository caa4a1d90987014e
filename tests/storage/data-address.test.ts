import { inspect } from 'node:util';

import { publicAddressPolicy } from '../../storage/output-address.ts';
import { createPartSender } from '../../storage/part-sender.ts';
import { createSafeAgent } from '../../storage/safe-agent.ts';
import { createTransferMemory } from '../../storage/transfer-memory.ts';
import { createTransfer } from '../../storage/transfer.ts';
import { footage, startTransferBench, type TransferBench } from './start-transfer-bench.ts';
import { mp4, png, sha256 } from './test-files.ts';

let bench: TransferBench;

beforeAll(async () => {
  bench = await startTransferBench();
});
afterAll(() => bench.stop());

const file = mp4(200_000);

test.each<[string, string]>([
  ['in base64', `data:video/mp4;base64,${file.toString('base64')}`],
  ['with parameters', `data:video/mp4;codecs=avc1;base64,${file.toString('base64')}`],
  ['in capitals', `DATA:video/mp4;BASE64,${file.toString('base64')}`],
  ['without a media type', `data:;base64,${file.toString('base64')}`],
  ['of unknown type', `data:application/octet-stream;base64,${file.toString('base64')}`],
  ['in percent escapes', `data:video/mp4,${escapeBytes(file)}`],
])('a file that is its own address %s is stored byte for byte', async (_how, address) => {
  const request = bench.request(address);

  const artifact = await bench.transfer.transferToStore(request);

  expect(artifact).toEqual({
    key: request.key,
    sizeBytes: file.byteLength,
    sha256: sha256(file),
    contentType: 'video/mp4',
  });
  expect(JSON.stringify(request.progress)).not.toContain('data:');
});

test('a file of more than one part is stored as well', async () => {
  const large = mp4(11 * 1024 * 1024);

  const artifact = await bench.transfer.transferToStore(
    bench.request(`data:video/mp4;base64,${large.toString('base64')}`),
  );

  expect(artifact).toMatchObject({ sizeBytes: large.byteLength, sha256: sha256(large) });
});

const secret = Buffer.from('what nobody may read in a log').toString('base64');

test.each<[string, string, RegExp]>([
  [
    'another kind of file',
    `data:image/png;base64,${png(100).toString('base64')}`,
    /calls it image\/png, where a footage/,
  ],
  [
    'a file of another kind than it says',
    `data:video/mp4;base64,${png(100).toString('base64')}`,
    /first bytes show/,
  ],
  ['text', `data:text/plain;base64,${secret}`, /calls it text\/plain, where a footage/],
  ['no base64', `data:video/mp4;base64,***${secret}`, /not base64/],
  ['no comma', `data:video/mp4;base64;${secret}`, /without a comma/],
  ['nothing', 'data:video/mp4;base64,', /0 bytes/],
  ['a file that is cut', `data:video/mp4;base64,${file.subarray(0, 1000).toString('base64')}`, /cut off/],
])('a data address with %s is refused, and not shown', async (_what, address, problem) => {
  const request = bench.request(address);

  const failure: unknown = await bench.transfer.transferToStore(request).catch((error: unknown) => error);

  expect(failure).toMatchObject({
    type: 'ArtifactMissing',
    message: expect.stringMatching(problem) as string,
  });
  expect(inspect(failure, { depth: 10 })).not.toContain(secret);
  expect(await bench.store.head(request.key)).toBeUndefined();
});

test('a data address of more bytes than a file may have is refused before it is decoded', async () => {
  const expect_ = { ...footage, maxBytes: 1000 };

  const failure: unknown = await bench.transfer
    .transferToStore(bench.request(`data:video/mp4;base64,${file.toString('base64')}`, { expect: expect_ }))
    .catch((error: unknown) => error);

  expect(failure).toMatchObject({
    type: 'ArtifactMissing',
    message: expect.stringContaining('1000 bytes') as string,
  });
});

test('a data address that a caller gives is refused', async () => {
  const { s3 } = bench.server;
  const agent = createSafeAgent();
  const partSender = createPartSender(s3);
  const memory = createTransferMemory({ memoryMiB: 20, partMiB: 5 });
  const ofCallers = createTransfer({
    s3,
    partSender,
    memory,
    reader: { agent, policy: publicAddressPolicy },
  });

  const failure: unknown = await ofCallers
    .transferToStore(bench.request(`data:video/mp4;base64,${secret}`))
    .catch((error: unknown) => error);

  await Promise.all([agent.close(), partSender.close()]);
  expect(failure).toMatchObject({ type: 'InvalidRequest' });
  expect(inspect(failure, { depth: 10 })).not.toContain(secret);
});

function escapeBytes(bytes: Buffer): string {
  return Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}
