import { connectS3 } from '../../../storage/create-s3-client.ts';
import { allowListPolicy, parseAllowList } from '../../../storage/output-address.ts';
import { createPartSender } from '../../../storage/part-sender.ts';
import { createSafeAgent } from '../../../storage/safe-agent.ts';
import { readS3Settings } from '../../../storage/s3-settings.ts';
import { createTransferMemory } from '../../../storage/transfer-memory.ts';
import { createTransfer } from '../../../storage/transfer.ts';

/*
 * A worker's transfer in a process that can be killed: `transfer-program.ts ADDRESS KEY`, the store from the
 * environment. Prints each progress as one line of JSON, as a heartbeat would carry it.
 */
const [, , address = '', key = ''] = process.argv;
const s3 = connectS3(readS3Settings(process.env));
const policy = allowListPolicy(parseAllowList(new URL(address).origin));
const transfer = createTransfer({
  s3,
  reader: { agent: createSafeAgent(), policy },
  partSender: createPartSender(s3),
  memory: createTransferMemory({ memoryMiB: 30, partMiB: 5 }),
});
await transfer.transferToStore({
  resolveAddress: () => Promise.resolve(address),
  key,
  expect: { kind: 'footage', maxBytes: 2 ** 30, contentTypes: ['video/mp4'] },
  onProgress: (progress) => process.stdout.write(`${JSON.stringify(progress)}\n`),
  signal: new AbortController().signal,
});
