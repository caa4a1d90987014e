import { beatOf, briefOf } from '../support/briefs.ts';
import { clipsOf, stillsOf } from '../support/at-the-host.ts';
import { drawPicture } from '../support/draw-picture.ts';
import { type Fleet, startFleet } from '../support/start-fleet.ts';
import { verify } from '../support/verify.ts';
import { sha256 } from '../storage/test-files.ts';

let fleet: Fleet;
const pictures = new Map<string, Buffer>();

beforeAll(async () => {
  fleet = await startFleet({ standIn: { drawing: 'full' } });
  for (const color of ['green', 'red', 'gold']) {
    const bytes = await drawPicture(fleet.dependencies.tools, { color });
    pictures.set(color, bytes);
    await fleet.dependencies.store.putBytes(keyOf(color), bytes, { contentType: 'image/png' });
  }
});
afterAll(() => fleet.close());

test('the host receives exactly the bytes of the references that each beat names, in their order', async () => {
  const shown = [['bottle', 'anna'], [], ['gold leaf', 'bottle']];
  const brief = briefOf(shown.length, {
    beats: shown.map((references, beat) => ({
      prompt: `beat-${beat} of the lamp`,
      durationSeconds: 5,
      references,
    })),
    references: {
      bottle: { image: keyOf('green'), kind: 'product', note: 'green glass' },
      anna: { image: keyOf('red'), kind: 'person' },
      'gold leaf': { image: keyOf('gold'), kind: 'style' },
    },
    models: { still: 'nano-banana-2', clip: 'kling-v3-omni' },
    music: { enabled: false },
  });

  const video = await fleet.startVideo(brief);
  const { videoId } = await video.result();

  const colors: Readonly<Record<string, string>> = { bottle: 'green', anna: 'red', 'gold leaf': 'gold' };
  const hashes = shown.map((names) => names.map((name) => hashOf(colors[name] ?? '')));
  const byBeat = (one: { input: object }, other: { input: object }) => beatIn(one) - beatIn(other);
  const stills = stillsOf(fleet.standIn).toSorted(byBeat);
  expect(stills.map(({ received }) => received?.['image_input'] ?? [])).toEqual(hashes);
  const clips = clipsOf(fleet.standIn).toSorted(byBeat);
  expect(clips.map(({ received }) => received?.['reference_images'] ?? [])).toEqual(hashes);
  expect(await verify(fleet, videoId)).toMatchObject({ ok: true, problems: [] });
});

function beatIn({ input }: { readonly input: object }): number {
  return beatOf((input as { readonly prompt?: unknown }).prompt);
}

function keyOf(color: string): string {
  return `uploads/default/${color}.png`;
}

function hashOf(color: string): string {
  return sha256(pictures.get(color) ?? Buffer.alloc(0));
}
