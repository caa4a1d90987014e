import { link, symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';

import { execa } from 'execa';

import { uploadPictures } from '../../client/files/upload-pictures.ts';
import { checkStart } from '../../client/videos/check-start.ts';
import { png, sha256 } from '../storage/test-files.ts';
import { useFileStore } from './support/use-file-store.ts';

const bench = useFileStore();

const brief = { prompt: 'A mug', durationSeconds: 5 };

async function upload(productImage: string, tenant?: string): Promise<string> {
  const uploaded = await uploadPictures(bench.files, {
    ...brief,
    productImage,
    ...(tenant ? { tenant } : {}),
  });
  return uploaded.productImage ?? '';
}

async function write(name: string, bytes: Uint8Array | string): Promise<string> {
  const path = join(bench.folder, name);
  await writeFile(path, bytes);
  return path;
}

test('a picture is uploaded among those of its tenant, whole', async () => {
  const picture = png(2000);
  const path = await write('mug.jpg', picture);

  const key = await upload(path, 'acme');

  expect(key).toMatch(new RegExp(`^uploads/acme/[0-9a-f]{32}-${sha256(picture)}\\.png$`));
  expect(await bench.store.hashObject(key)).toEqual({
    sha256: sha256(picture),
    sizeBytes: picture.byteLength,
  });
});

test('the names of uploads cannot be guessed from the picture', async () => {
  const path = await write('known.png', png(100));

  const keys = [await upload(path), await upload(`file://${path}`), await upload(path)];

  expect(new Set(keys.map((key) => key.slice(0, 'uploads/default/'.length + 32))).size).toBe(3);
});

test('pictures of references are uploaded too, and a bad one is named by its field before any is', async () => {
  const [bottle, anna] = [await write('bottle.png', png(120)), await write('anna.png', png(130))];
  const references = {
    bottle: { image: bottle, kind: 'product', note: 'green' },
    sea: { image: 'https://pictures.invalid/sea.png', kind: 'place' },
    anna: { image: anna, kind: 'person' },
  } as const;

  const uploaded = await uploadPictures(bench.files, { ...brief, references });
  const missing = { ...references, dog: { image: './no-dog.png', kind: 'person' } } as const;
  const refused = uploadPictures(bench.files, { ...brief, tenant: 'no-dog', references: missing });

  expect(uploaded.references).toEqual({
    bottle: {
      ...references.bottle,
      image: expect.stringMatching(new RegExp(`^uploads/default/.{32}-${sha256(png(120))}.png$`)) as unknown,
    },
    sea: references.sea,
    anna: { ...references.anna, image: expect.stringContaining(sha256(png(130))) as unknown },
  });
  expect(Object.keys(uploaded.references ?? {})).toEqual(['bottle', 'sea', 'anna']);
  await expect(refused).rejects.toMatchObject({
    problems: [{ field: 'references.dog.image', rule: 'the file cannot be read (ENOENT)' }],
  });
  expect((await bench.store.list('uploads/no-dog/').next()).done).toBe(true);
});

test('a source that is not a local path is left unchanged', async () => {
  for (const productImage of ['https://pictures.invalid/mug.png', 'uploads/default/mug.png'])
    expect(await upload(productImage)).toBe(productImage);
});

test.each<[string, () => Promise<string>, string]>([
  ['a device without end', () => Promise.resolve('/dev/zero'), noFile()],
  ['a pipe', () => pipe('pipe'), noFile()],
  ['a socket', () => socket('socket'), noFile()],
  ['a folder', () => Promise.resolve(`${bench.folder}/`), noFile()],
  ['a link to a picture', async () => linkTo(await write('target.png', png(100))), noFile()],
  [
    'too large',
    () => sparse('large.png', 64 * 1024 * 1024 + 1),
    'the file has 67108865 bytes; at most 67108864',
  ],
  [
    'a picture of a telephone by another name',
    () => write('mug.jpg', '\0\0\0\x18ftypheic\0\0\0\0mif1heic'),
    'the file is HEIC, as telephones take it, whatever its name says; send a PNG, JPEG or WebP picture',
  ],
  ['text', () => write('page.png', '<html>'), noPicture()],
  ['a secret', () => Promise.resolve('/etc/passwd'), noPicture()],
  [
    'cut off',
    () => write('cut.png', png(500).subarray(0, 300)),
    'the picture is cut off: its end is missing',
  ],
  ['empty', () => write('empty.png', ''), noPicture()],
  ['not there', () => Promise.resolve('./not-there.png'), 'the file cannot be read (ENOENT)'],
  [
    'on another machine',
    () => Promise.resolve('file://elsewhere/mug.png'),
    'the file cannot be read (ERR_INVALID_FILE_URL_HOST)',
  ],
])('a local file that is %s is refused and not uploaded', async (_what, make, rule) => {
  const path = await make();
  const tenant = `refused-${Date.now()}`;

  await expect(upload(path, tenant)).rejects.toMatchObject({
    code: 'InvalidBrief',
    problems: [{ field: 'productImage', value: JSON.stringify(path), rule }],
  });

  expect((await bench.store.list(`uploads/${tenant}/`).next()).done).toBe(true);
});

test('a second name of a picture is a picture', async () => {
  const path = join(bench.folder, 'second.png');
  await link(await write('first.png', png(100)), path);

  expect(await upload(path)).toContain(sha256(png(100)));
});

test.each(['./mug.png', '../mug.png', '/home/me/mug.png', '~/mug.png', 'file:///home/me/mug.png'])(
  'the brief of a caller who did not allow local files may not name %s',
  (productImage) => {
    const input = { ...brief, productImage };

    expect(() => checkStart(input)).toThrow('a file of this machine is read with allowLocalFiles alone');
    expect(checkStart(input, { allowLocalFiles: true })).toEqual(input);
  },
);

function noFile(): string {
  return 'not a regular file; links, pipes and devices are not read';
}

function noPicture(): string {
  return 'the file is no picture, whatever its name says; send a PNG, JPEG or WebP picture';
}

async function pipe(name: string): Promise<string> {
  const path = join(bench.folder, name);
  await execa('bash', ['-c', 'mkfifo "$0"', path]);
  return path;
}

async function socket(name: string): Promise<string> {
  const path = join(bench.folder, name);
  const listener = createServer().listen(path);
  listener.unref();
  await new Promise((resolve) => listener.once('listening', resolve));
  return path;
}

async function linkTo(target: string): Promise<string> {
  const path = join(bench.folder, 'link.png');
  await symlink(target, path);
  return path;
}

/** A picture padded with a hole to this size. */
async function sparse(name: string, sizeBytes: number): Promise<string> {
  const path = await write(name, png(100));
  await truncate(path, sizeBytes);
  return path;
}
