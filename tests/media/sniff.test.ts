import { readFile } from 'node:fs/promises';

import { sniffedBytes, sniffMediaType } from '../../storage/sniff.ts';
import { useMediaBench } from './support/media-bench.ts';

const bench = useMediaBench();

const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=64x64:r=4:d=1'];
const sound = ['-f', 'lavfi', '-i', 'sine=d=1'];

test.each([
  ['a.png', 'image/png', [...picture, '-frames:v', '1']],
  ['a.jpg', 'image/jpeg', [...picture, '-frames:v', '1']],
  ['a.webp', 'image/webp', [...picture, '-frames:v', '1']],
  ['a.gif', 'image/gif', picture],
  ['a.mp4', 'video/mp4', picture],
  ['a.mov', 'video/quicktime', picture],
  ['a.webm', 'video/webm', picture],
  ['a.mkv', 'video/x-matroska', picture],
  ['a.m4a', 'audio/mp4', sound],
  ['a.mp3', 'audio/mpeg', sound],
  ['bare.mp3', 'audio/mpeg', [...sound, '-id3v2_version', '0', '-write_xing', '0']],
  ['a.aac', 'audio/aac', sound],
  ['a.wav', 'audio/wav', sound],
  ['a.flac', 'audio/flac', sound],
  ['a.ogg', 'audio/ogg', [...sound, '-c:a', 'libvorbis']],
])('%s is recognised as %s', async (name, mediaType, args) => {
  const file = await bench().make(name, ...args);
  const bytes = await readFile(file);
  expect(sniffMediaType(bytes.subarray(0, sniffedBytes))).toBe(mediaType);
});

test.each([
  ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg">'],
  ['image/svg+xml', '\xef\xbb\xbf<?xml version="1.0"?>\n<svg>'],
  ['image/svg+xml', '<!DOCTYPE svg PUBLIC'],
  ['image/avif', '\0\0\0\x1cftypmif1\0\0\0\0mif1avif'],
  ['image/heic', '\0\0\0\x18ftypmif1\0\0\0\0mif1heic'],
  ['image/heic', '\0\0\0\x18ftypheis\0\0\0\0'],
  ['image/tiff', 'II*\0\x08'],
])('%s is recognised by %j', (mediaType, bytes) => {
  expect(sniffMediaType(Buffer.from(bytes, 'latin1'))).toBe(mediaType);
});

test.each([
  ['an HTML page', '<!DOCTYPE html><html>'],
  ['an HLS playlist', '#EXTM3U\n#EXT-X-VERSION:3\n'],
  ['a JSON error', '{"error":"expired"}'],
  ['an XML error', '<?xml version="1.0"?><Error/>'],
  ['an empty file', ''],
  ['a DASH manifest', '<MPD xmlns="urn:mpeg:dash">'],
  ['a concat list', 'ffconcat version 1.0\nfile a.mp4\n'],
])('%s is no media', (_, text) => {
  expect(sniffMediaType(Buffer.from(text))).toBeUndefined();
});
