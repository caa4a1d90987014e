import { createSeededRandom } from '../../../../domain/seeded-random.ts';
import { seedOf } from '../sha256.ts';
import type { DrawingTools } from './draw-still.ts';
import type { ScoreRequest } from './render-request.ts';

/** Triads as semitones above the key's root, four chords a phrase. */
const progressions: readonly [number[][], ...number[][][]] = [
  [
    [0, 4, 7],
    [7, 11, 14],
    [9, 12, 16],
    [5, 9, 12],
  ],
  [
    [9, 12, 16],
    [5, 9, 12],
    [0, 4, 7],
    [7, 11, 14],
  ],
  [
    [0, 4, 7],
    [9, 12, 16],
    [5, 9, 12],
    [7, 11, 14],
  ],
  [
    [2, 5, 9],
    [7, 11, 14],
    [0, 4, 7],
    [9, 12, 16],
  ],
];
const chordSeconds = 2;
const phraseSeconds = chordSeconds * 4;

/** Plays seeded chords under a plucked figure for exactly the requested time and writes them to `target`. */
export async function drawScore(
  request: ScoreRequest,
  target: string,
  { ffmpeg }: DrawingTools,
): Promise<void> {
  const { durationSeconds, sampleRate, format } = request;
  const fadeSeconds = Math.min(1.5, durationSeconds / 4);
  const graph = [
    `aevalsrc='${phrase(request, 1)}|${phrase(request, 1.002)}':sample_rate=${sampleRate}:duration=${phraseSeconds}`,
    `aloop=loop=-1:size=${phraseSeconds * sampleRate}`,
    `atrim=duration=${durationSeconds}`,
    'lowpass=f=3500',
    'aecho=0.8:0.8:90|170:0.3|0.2',
    `atrim=duration=${durationSeconds}`,
    `afade=t=in:d=${fadeSeconds / 2}`,
    `afade=t=out:st=${durationSeconds - fadeSeconds}:d=${fadeSeconds}`,
  ].join(',');
  const codec = format === 'mp3' ? ['-c:a', 'libmp3lame', '-b:a', '128k'] : ['-c:a', 'pcm_s16le'];
  await ffmpeg.run([
    ...['-filter_complex', `${graph}[music]`, '-map', '[music]', ...codec],
    ...['-fflags', '+bitexact', '-flags:a', '+bitexact', '-map_metadata', '-1', '-f', format, target],
  ]);
}

/**
 * One phrase as an expression of time. Variables: 0 the chord, 2 to 4 its notes in Hz, 5 the time within the chord,
 * 6 how loud the chord is, 7 the note of the figure.
 */
function phrase({ seed }: ScoreRequest, detune: number): string {
  const random = createSeededRandom(seedOf(`${seed} music`));
  const root = 130.81 * 2 ** (Math.floor(random.between(-4, 5)) / 12) * detune;
  const chords = random.pick(progressions);
  const pluckSeconds = random.pick([0.25, 0.5]);
  const note = (voice: number): string =>
    chords.reduceRight((otherwise, chord, index) => {
      const frequency = (root * 2 ** ((chord[voice] ?? 0) / 12)).toFixed(3);
      return otherwise === '' ? frequency : `if(eq(ld(0),${index}),${frequency},${otherwise})`;
    }, '');
  return [
    `st(0,floor(t/${chordSeconds}))`,
    ...[0, 1, 2].map((voice) => `st(${voice + 2},${note(voice)})`),
    `st(5,mod(t,${chordSeconds}))`,
    `st(6,min(1,ld(5)*4)*min(1,(${chordSeconds}-ld(5))*4))`,
    `st(7,mod(floor(t/${pluckSeconds}),4))`,
    `st(7,2*if(eq(ld(7),0),ld(2),if(eq(ld(7),2),ld(4),ld(3))))`,
    `0.09*ld(6)*(sin(2*PI*ld(2)*t)+sin(2*PI*ld(3)*t)+sin(2*PI*ld(4)*t)+sin(PI*ld(2)*t))` +
      `+0.16*sin(2*PI*ld(7)*t)*exp(-5*mod(t,${pluckSeconds}))*min(1,200*mod(t,${pluckSeconds}))`,
  ].join(';');
}
