import { pickOutput, readOutput } from '../../activities/providers/output-files.ts';

const film = 'https://h.example/out/film.mp4?sig=a.png';
const plain = 'https://h.example/out/0f3a';
const picture = 'https://h.example/out/frame.PNG#1';

test.each<[string, unknown, readonly string[]]>([
  ['a field of previews', { previews: [plain], video: film }, [film]],
  ['a preview by its own name', ['https://h.example/film_preview.mp4', film], [film]],
  ['a preview alone', { preview: film }, [film]],
  ['words beside an address', { prompt: 'A lamp', url: ` ${film}\n` }, [film]],
  [
    'a discovery, which is no cover',
    ['https://h.example/discovery.mp4', film],
    ['https://h.example/discovery.mp4', film],
  ],
  ['a data address', { image: 'data:image/png;base64,AA==' }, ['data:image/png;base64,AA==']],
  ['numbers and nothing', [1, null, { seed: true }], []],
])('of an output with %s the files are read', (_what, output, addresses) => {
  expect(readOutput(output)).toEqual({ addresses, words: '' });
});

test.each<[unknown, string]>([
  [
    'The prompt was flagged: see https://h.example/rules',
    'The prompt was flagged: see https://h.example/rules',
  ],
  [{ message: 'No face found' }, 'No face found'],
  ['…', ''],
  ['', ''],
])('the output %j says %j', (output, words) => {
  expect(readOutput(output)).toEqual({ addresses: [], words });
});

test.each([
  { what: 'the film of a chunk', medium: 'chunk', from: [picture, film], taken: [film] },
  { what: 'the picture of a still', medium: 'still', from: [film, picture], taken: [picture] },
  { what: 'the address that tells no kind', medium: 'score', from: [picture, plain], taken: [plain] },
  { what: 'everything where nothing fits', medium: 'score', from: [picture, film], taken: [picture, film] },
  { what: 'nothing of nothing', medium: 'still', from: [], taken: [] },
] as const)('taken is $what', ({ medium, from, taken }) => {
  expect(pickOutput(from, medium)).toEqual(taken);
});
