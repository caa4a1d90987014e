import { chmod, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { request } from 'undici';

import { listenersOf } from './living-processes.ts';
import { linuxTest } from './linux-test.ts';
import { withTemporaryFolder } from './temporary-folder.ts';
import { until } from './until.ts';
import { connectToStore, withStack } from './with-stack.ts';

/** Starts only the object store. */
const storeAlone = { TEMPORAL_ADDRESS: 'elsewhere:7233', REPLICATE_API_TOKEN: 'given' };
const page = { origin: 'https://pages.example' };
/** An id as the volume server gives them; without a signature it is refused before the look-up. */
const chunk = '1,01637037d6';
const partBytes = 6 * 1024 * 1024;

async function send(method: string, url: string, body?: Buffer) {
  const headers = { ...page, 'access-control-request-method': 'PUT' };
  const answer = await request(url, {
    method: method,
    headers,
    ...(body === undefined ? {} : { body }),
  });
  const bytes = Buffer.from(await answer.body.arrayBuffer());
  return {
    status: answer.statusCode,
    allowed: answer.headers['access-control-allow-origin'],
    etag: String(answer.headers['etag']),
    bytes,
  };
}

linuxTest('no web page reads, writes or deletes through any port of the object store', async () => {
  await withTemporaryFolder(async (root) => {
    await withStack({ root, env: storeAlone }, async (stack) => {
      const s3 = connectToStore(stack);
      const at = { Bucket: stack.env['S3_BUCKET']!, Key: 'videos/a/brief.json' };
      await s3.send(new PutObjectCommand({ ...at, Body: 'mine' }));
      const { groupId } = stack.objectStore!;
      await until('SeaweedFS has opened all its ports', () => listenersOf(groupId).length === 10);
      const ports = listenersOf(groupId).map((address) => `http://${address}`);
      const object = `${at.Bucket}/${at.Key}`;
      const paths = ['buckets', at.Bucket, object, `buckets/${object}`, 'dir/assign', 'dir/status', 'submit'];
      paths.push(`col/delete?collection=${at.Bucket}`, chunk);
      for (const path of paths) {
        for (const method of ['GET', 'PUT', 'POST', 'DELETE']) await tryEverywhere(ports, path, method);
      }
      const statuses = ports.map(
        async (port) => (await send('DELETE', `${port}/${chunk}`).catch(() => undefined))?.status,
      );
      expect(await Promise.all(statuses)).toContain(401);
      const preflight = await send('OPTIONS', `${stack.env['S3_ENDPOINT']!}/${at.Bucket}/${at.Key}`);
      expect(preflight).toMatchObject({ status: 403, allowed: undefined });
      const kept = await s3.send(new GetObjectCommand(at));
      expect(await kept.Body?.transformToString()).toBe('mine');
      s3.destroy();
    });
  });
});

/** Tries all ports. A GET may succeed, because the browser hides its page; nothing else may. */
async function tryEverywhere(ports: readonly string[], path: string, method: string): Promise<void> {
  for (const port of ports) {
    const body = method === 'PUT' || method === 'POST' ? Buffer.from('theirs') : undefined;
    // Ports with only gRPC end the connection.
    const answer = await send(method, `${port}/${path}`, body).catch(() => undefined);
    if (answer === undefined) continue;
    expect(answer.bytes.toString()).not.toContain('mine');
    const opened = answer.status < 300 && (method !== 'GET' || answer.allowed !== undefined);
    if (opened) throw new Error(`${method} ${port}/${path} was answered with ${answer.status}.`);
  }
}

linuxTest('signed addresses and uploads in parts work, and answer no web page', async () => {
  await withTemporaryFolder(async (root) => {
    await withStack({ root, env: storeAlone }, async (stack) => {
      const s3 = connectToStore(stack);
      const at = { Bucket: stack.env['S3_BUCKET']!, Key: 'videos/a/video.mp4' };
      const { UploadId } = await s3.send(new CreateMultipartUploadCommand(at));
      const Parts = [];
      for (const PartNumber of [1, 2]) {
        const address = await getSignedUrl(s3, new UploadPartCommand({ ...at, UploadId, PartNumber }));
        const { status, allowed, etag } = await send('PUT', address, Buffer.alloc(partBytes, PartNumber));
        expect({ status, allowed }).toEqual({ status: 200, allowed: undefined });
        Parts.push({ PartNumber, ETag: etag });
      }
      await s3.send(new CompleteMultipartUploadCommand({ ...at, UploadId, MultipartUpload: { Parts } }));
      const got = await send('GET', await getSignedUrl(s3, new GetObjectCommand(at)));
      expect(got).toMatchObject({ status: 200, allowed: undefined });
      expect(got.bytes.equals(Buffer.concat([1, 2].map((byte) => Buffer.alloc(partBytes, byte))))).toBe(true);
      s3.destroy();
    });
  });
});

linuxTest('only its owner enters the folder of a stack, also one that was open before', async () => {
  await withTemporaryFolder(async (root) => {
    const folder = join(root, '.beatreel');
    await mkdir(folder);
    await chmod(folder, 0o755);
    await withStack({ root, env: storeAlone }, () => undefined);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });
});
