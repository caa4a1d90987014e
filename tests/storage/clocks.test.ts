import { describeSkew, ServerClock } from '../../domain/server-clock.ts';
import { connectS3 } from '../../storage/create-s3-client.ts';
import { createUpload, abortUploadsTo } from '../../storage/multipart-upload.ts';
import { createObjectStore } from '../../storage/object-store.ts';
import { createPartSender } from '../../storage/part-sender.ts';
import { readS3Settings } from '../../storage/s3-settings.ts';

const RealDate = Date;

/** Shifts the clock of this process. */
function setClockAhead(ms: number): void {
  const Shifted = class extends RealDate {
    constructor(...args: ConstructorParameters<typeof Date> | []) {
      if (args.length === 0) super(RealDate.now() + ms);
      else super(...args);
    }

    static override now(): number {
      return RealDate.now() + ms;
    }
  };
  Object.assign(globalThis, { Date: Shifted });
}

afterEach(() => {
  globalThis.Date = RealDate;
});

const minutes = 60_000;

test.each([-20, 20])(
  'a machine whose clock is %i minutes off writes, sends parts and signs addresses',
  async (off) => {
    setClockAhead(off * minutes);
    const s3 = connectS3(readS3Settings(process.env));
    const store = createObjectStore(s3);
    const sender = createPartSender(s3);
    const key = `clocks/${String(off)}-${String(RealDate.now())}.bin`;
    try {
      const uploadId = await createUpload(s3, { key, contentType: 'application/octet-stream' });
      const body = (async function* () {
        yield await Promise.resolve(Buffer.from('a part'));
      })();
      const part = { key, uploadId, partNumber: 1, sizeBytes: 6, body, signal: AbortSignal.timeout(10_000) };
      expect(await sender.send(part)).toMatchObject({ partNumber: 1, sizeBytes: 6 });

      await store.putBytes(key, Buffer.from('bytes'), { contentType: 'text/plain' });
      const address = await store.presignGet(key, { expiresSeconds: 60, publicEndpoint: false });
      expect(await (await fetch(address)).text()).toBe('bytes');
      expect(describeSkew('the store', s3.clock)).toMatch(
        off < 0 ? /^This machine's clock is 1[12]\d\d s behind that of the store: correct it\.$/ : /ahead of/,
      );
    } finally {
      await abortUploadsTo(s3, key);
      await store.deleteMany([key]);
      await sender.close();
      store.close();
    }
  },
);

test.each([
  ['no header', undefined, undefined],
  ['something else', 'yesterday', undefined],
  ['the same time', new RealDate(1_000_000).toUTCString(), 0],
  ['half an hour later', new RealDate(2_800_000).toUTCString(), 1_800_000],
])('a Date header that is %s says so', (_what, header, aheadMs) => {
  const clock = new ServerClock();
  clock.hear(header, 1_000_000);

  expect(clock.aheadMs).toBe(aheadMs);
});
