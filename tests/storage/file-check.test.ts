import { admitFirstBytes, createFileCheck } from '../../storage/transfer/file-check.ts';
import { typesFor } from '../../storage/media-formats.ts';
import type { ExpectedFile } from '../../storage/transfer/transfer-request.ts';
import { box, mp3, mp4, noise, png, wav } from './test-files.ts';

const sound: ExpectedFile = { kind: 'sound', maxBytes: 1e6, contentTypes: typesFor(['sound']) };

/** A WAV whose header states this length. */
function wavOf(stated: number): Buffer {
  const bytes = wav(5000);
  bytes.writeUInt32LE(stated, 4);
  return bytes;
}

const fragmented = Buffer.concat([mp4(900), box('moof', noise(50)), box('mdat', noise(500))]);
const jpegWithTail = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), noise(100), Buffer.from('tail')]);
const proofs = ['a length', 'a last chunk'] as const;

const whole: readonly (readonly [string, string, Buffer])[] = [
  ['a WAV that states 0x7FFFFFFF', 'audio/wav', wavOf(0x7fffffff)],
  ['a WAV that states 2000000036', 'audio/wav', wavOf(2_000_000_036)],
  ['a WAV that states its whole size', 'audio/wav', wavOf(5016)],
  ['a WAV that states nothing', 'audio/wav', wavOf(0)],
  ['an MP3', 'audio/mpeg', mp3(3000)],
  ['a FLAC', 'audio/flac', Buffer.concat([Buffer.from('fLaC'), noise(900)])],
  ['a fragmented MP4', 'video/mp4', fragmented],
  [
    'an MP4 with a line of text behind it',
    'video/mp4',
    Buffer.concat([mp4(900), Buffer.from('hello world, this is the end\n')]),
  ],
  ['a JPEG with a tail', 'image/jpeg', jpegWithTail],
];

test.each(whole.flatMap((file) => proofs.map((proof) => [...file, proof] as const)))(
  '%s, %s, is whole where the transport proves it',
  (...[, contentType, bytes, proof]) => {
    const check = createFileCheck({
      contentType,
      totalBytes: proof === 'a length' ? bytes.byteLength : undefined,
      isChunked: proof === 'a last chunk',
      expect: sound,
    });
    check.push(bytes);
    expect(check.finish().sizeBytes).toBe(bytes.byteLength);
  },
);

test.each([
  ['an MP3', 'audio/mpeg', mp3(3000)],
  ['a WAV that states too much', 'audio/wav', wavOf(0x7fffffff)],
  ['a fragmented MP4', 'video/mp4', fragmented],
])('%s is not whole where nothing proves it', (_what, contentType, bytes) => {
  const check = createFileCheck({ contentType, totalBytes: undefined, expect: sound });
  check.push(bytes);
  expect(() => check.finish()).toThrow('announced no length');
});

test.each([
  ['footage without the end of its content', 'video/mp4', mp4(900).subarray(0, 700)],
  ['a picture without its last chunk', 'image/png', png(900).subarray(0, 700)],
])('%s is cut off at its host, although all of it came', (_what, contentType, bytes) => {
  const check = createFileCheck({ contentType, totalBytes: bytes.byteLength, expect: sound });
  check.push(bytes);
  expect(() => check.finish()).toThrow('cut off at the host');
});

test.each([
  ['video/webm', Buffer.from('\x1aE\xdf\xa3\x9fB\x82\x84webm', 'latin1')],
  ['audio/mp4', box('ftyp', Buffer.from('M4A \0\0\0\0'))],
  ['audio/ogg', Buffer.from('OggS\0')],
  ['audio/aac', Buffer.from([0xff, 0xf1, 0x50, 0x80])],
])('sound may come as %s, whatever its label', (type, bytes) => {
  expect(admitFirstBytes(bytes, sound, 'text/plain')).toBe(type);
});

test('a refused file is named by its bytes and by its label', () => {
  expect(() => admitFirstBytes(Buffer.from('<html>'), sound, 'audio/mpeg')).toThrow(
    'The first bytes show no known media type, the host calls it audio/mpeg, where a sound was expected.',
  );
});
