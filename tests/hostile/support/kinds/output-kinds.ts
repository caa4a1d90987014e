import { gzipSync } from 'node:zlib';

import { sendForever, sendText } from '../hostile-call.ts';
import type { HostileCall } from '../hostile-call.ts';
import type { Answer, Expectation, HostileKind, UnitKind } from '../kind.ts';
import { deliver, errorPage, firstTimes, withOutput } from './answers.ts';

type OutputKind = Pick<HostileKind, 'name' | 'what' | 'expect'> & { readonly answer: Answer };

const finished: Expectation = { end: 'finished' };
/** The paid file is asked for again and again, and people see why it is missing. */
const useless = (words: RegExp): Expectation => ({ end: 'parked', type: 'NotFetched', words });

/** Kinds with odd addresses of the picture. */
const addresses: readonly OutputKind[] = [
  {
    name: 'output-bad-data',
    what: 'delivers a data address that is no base64',
    answer: withOutput('data:image/png;base64,%%%!'),
    expect: useless(/not base64/),
  },
  {
    name: 'output-file-address',
    what: 'delivers the address of a local file',
    answer: withOutput('file:///etc/passwd'),
    expect: useless(/only https/),
  },
  {
    name: 'output-ftp-address',
    what: 'delivers an address of FTP',
    answer: withOutput('ftp://example.com/a.png'),
    expect: useless(/only https/),
  },
  {
    name: 'output-no-address',
    what: 'delivers words for an address',
    answer: withOutput('see above'),
    expect: { end: 'parked', type: 'PredictionFailed', words: /words in place of a file: "see above"/ },
  },
  {
    name: 'output-unresolved',
    what: 'delivers the address of a host that does not resolve',
    answer: withOutput('https://nowhere.invalid/a.png'),
    expect: useless(/ENOTFOUND|EAI_AGAIN/),
  },
  {
    name: 'output-private',
    what: 'delivers a private address',
    answer: withOutput('https://10.0.0.1/a.png'),
    expect: useless(/public Internet/),
  },
  {
    name: 'output-foreign',
    what: 'delivers the address of a host that is not its own',
    answer: withOutput('https://example.com/a.png'),
    expect: useless(/not in the list/),
  },
  {
    name: 'output-no-certificate',
    what: 'delivers an address of https where there is no certificate',
    answer: (call) => withOutput(`${call.origin.replace('http:', 'https:')}/out/a.png`)(call),
    expect: useless(/Reading from the host failed/),
  },
];

function redirect(location: string): Answer {
  return (call) => {
    sendText(call, '', { status: 302, headers: { location } });
  };
}

/** Sends a body shorter than its header states. */
function breakOff(call: HostileCall): void {
  const { still } = call.media;
  call.response.writeHead(200, { 'content-type': 'image/png', 'content-length': String(still.byteLength) });
  call.response.write(still.subarray(0, -100), () => call.request.socket.destroy());
}

/** Sends a byte at a time, and then nothing more. */
function trickle(call: HostileCall): void {
  const { still } = call.media;
  call.response.writeHead(200, { 'content-type': 'image/png', 'content-length': String(still.byteLength) });
  for (const byte of still.subarray(0, 70)) call.response.write(Buffer.from([byte]));
}

const pictures: readonly OutputKind[] = [
  {
    name: 'output-html',
    what: 'delivers an error page with 200',
    answer: deliver(errorPage, 'text/html'),
    expect: useless(/text\/html/),
  },
  {
    name: 'output-html-as-png',
    what: 'delivers an error page and calls it a picture',
    answer: deliver(errorPage, 'image/png'),
    expect: useless(/no known media type/),
  },
  {
    name: 'output-nothing',
    what: 'delivers a file of 0 bytes',
    answer: deliver('', 'image/png'),
    expect: useless(/0 bytes/),
  },
  {
    name: 'output-broken-off',
    what: 'breaks off before the length it announced, once',
    answer: firstTimes(1, breakOff),
    expect: finished,
  },
  {
    name: 'output-endless',
    what: 'delivers a picture without an end',
    answer: (call) => {
      call.response.writeHead(200, { 'content-type': 'image/png' });
      call.response.write(call.media.still.subarray(0, -12));
      sendForever(call, Buffer.alloc(256 * 1024));
    },
    expect: useless(/more than \d+ bytes/),
  },
  {
    name: 'output-endless-length',
    what: 'announces a picture of 900 terabytes',
    answer: (call) => {
      call.response.writeHead(200, { 'content-type': 'image/png', 'content-length': '900000000000000' });
      call.response.write(call.media.still);
    },
    expect: useless(/announces/),
  },
  {
    name: 'output-gzip',
    what: 'delivers a picture in gzip',
    answer: deliver(({ media }) => gzipSync(media.still), 'image/png', { 'content-encoding': 'gzip' }),
    expect: useless(/content-encoding gzip/),
  },
  {
    name: 'output-trickle',
    what: 'delivers a byte at a time and then nothing, once',
    answer: firstTimes(1, trickle),
    expect: finished,
  },
  {
    name: 'output-animation',
    what: 'delivers an animation and calls it a picture',
    answer: deliver(({ media }) => media.animation, 'image/png'),
    expect: useless(/image\/gif/),
  },
  {
    name: 'output-vast',
    what: 'delivers a picture of 30,000 by 30,000',
    answer: deliver(({ media }) => media.vastPicture, 'image/png'),
    expect: finished,
  },
  {
    name: 'output-redirect-private',
    what: 'redirects from its file to a private address',
    answer: redirect('http://127.0.0.1:9/a.png'),
    expect: useless(/only https/),
  },
  {
    name: 'output-redirect-metadata',
    what: "redirects from its file to a cloud's metadata server",
    answer: redirect('https://169.254.169.254/latest/'),
    expect: useless(/public Internet/),
  },
  {
    name: 'output-redirect-loop',
    what: 'redirects from its file to the same file',
    answer: (call) => redirect(call.request.url ?? '')(call),
    expect: useless(/more than 5 redirects/),
  },
];

/** Sends two versions of a file by turns. */
function changeEtag(call: HostileCall): void {
  const { bigClip } = call.media;
  const [, start = '0', end = ''] = /bytes=(\d+)-(\d*)/.exec(call.request.headers.range ?? '') ?? [];
  const last = Math.min(bigClip.byteLength - 1, end === '' ? Infinity : Number(end));
  const part = bigClip.subarray(Number(start), last + 1);
  sendText(call, part, {
    status: 206,
    headers: {
      'content-type': 'video/mp4',
      'content-range': `bytes ${start}-${last}/${bigClip.byteLength}`,
      etag: `"version-${call.nth}"`,
    },
  });
}

const playlist =
  '#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\nfile:///etc/passwd\n#EXTINF:6,\nhttp://127.0.0.1:9/a.ts\n';
const concat = "ffconcat version 1.0\nfile '/etc/passwd'\nfile '/dev/zero'\n";

const clips: readonly OutputKind[] = [
  {
    name: 'output-mistyped',
    what: 'delivers a picture for footage',
    answer: deliver(({ media }) => media.still, 'video/mp4'),
    expect: useless(/image\/png/),
  },
  {
    name: 'output-playlist',
    what: 'delivers a playlist of local files for footage',
    answer: deliver(playlist, 'video/mp4'),
    expect: useless(/no known media type/),
  },
  {
    name: 'output-concat',
    what: 'delivers a list of files to join for footage',
    answer: deliver(concat, 'video/mp4'),
    expect: useless(/no known media type/),
  },
  {
    name: 'output-new-etag',
    what: 'changes the ETag of footage with every request',
    answer: changeEtag,
    expect: useless(/changed at its host/),
  },
  {
    name: 'output-cut',
    what: 'delivers footage that is cut at the host',
    answer: deliver(({ media }) => media.clip.subarray(0, -1000), 'video/mp4'),
    expect: useless(/cut off/),
  },
  {
    name: 'output-short',
    what: 'delivers a second of footage for six',
    answer: deliver(({ media }) => media.shortClip, 'video/mp4'),
    expect: { end: 'parked', type: 'MediaToolFailed', words: /frames/ },
  },
  {
    name: 'output-chatty',
    what: 'delivers footage with 5 MB of comments in it',
    answer: deliver(({ media }) => media.chattyClip, 'video/mp4'),
    expect: { end: 'parked', type: 'MediaToolFailed', words: /wrote more than/ },
  },
];

const scores: readonly OutputKind[] = [
  {
    name: 'output-silent',
    what: 'delivers an error page for music',
    answer: deliver(errorPage, 'audio/mpeg'),
    expect: useless(/no known media type/),
  },
];

function asKinds(unit: UnitKind, operation: 'look' | 'output', kinds: readonly OutputKind[]): HostileKind[] {
  return kinds.map(({ answer, ...kind }) => ({ ...kind, unit, answers: { [operation]: answer } }));
}

/** Kinds that deliver files wrongly. */
export const outputKinds: readonly HostileKind[] = [
  ...asKinds('still', 'look', addresses),
  ...asKinds('still', 'output', pictures),
  ...asKinds('clip', 'output', clips),
  ...asKinds('score', 'output', scores),
];
