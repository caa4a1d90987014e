import { PutObjectCommand } from '@aws-sdk/client-s3';

import { connectS3 } from '../../../storage/create-s3-client.ts';
import { readS3Settings } from '../../../storage/s3-settings.ts';
import { readMemory } from './process-memory.ts';

/*
 * The buffered way, for comparison: fetches the addresses of its arguments at once, each whole into memory, and puts
 * them into the bucket. Prints one line of JSON.
 */
const s3 = connectS3(readS3Settings(process.env));
const { nowMiB: idleMiB } = await readMemory(process.pid);
const startedAt = performance.now();
const sizes = await Promise.all(process.argv.slice(2).map(store));
const seconds = (performance.now() - startedAt) / 1000;
const { peakMiB } = await readMemory(process.pid);
s3.client.destroy();
process.stdout.write(`${JSON.stringify({ idleMiB, peakMiB, seconds, sizeBytes: Math.max(...sizes) })}\n`);

async function store(address: string, index: number): Promise<number> {
  const answer = await fetch(address);
  const body = Buffer.from(await answer.arrayBuffer());
  await s3.client.send(
    new PutObjectCommand({ Bucket: s3.settings.bucket, Key: `buffered/${index}.mp4`, Body: body }),
  );
  return body.byteLength;
}
