import fc from 'fast-check';

import { isVideoId, nameVideo } from '../../client/videos/name-video.ts';
import { titleOf } from '../../domain/title.ts';

const brief = { prompt: 'Rain on a tin roof', durationSeconds: 5 };

test('every title gives an id that Temporal, S3 and a file name take', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (title) => {
      expect(isVideoId(nameVideo({ ...brief, title }))).toBe(true);
    }),
  );
});

test('an id tells the title as far as it has letters', () => {
  expect(nameVideo({ ...brief, title: 'Ceramic mug, 15 s' })).toMatch(/^ceramic-mug-15-s-[a-z2-7]{8}$/);
  expect(nameVideo({ ...brief, title: 'Über—Straße №5' })).toMatch(/^uber-stra-e-no5-[a-z2-7]{8}$/);
  expect(nameVideo({ ...brief, title: '茶碗' })).toMatch(/^video-[a-z2-7]{8}$/);
  expect(nameVideo({ ...brief, title: 'long '.repeat(20) })).toHaveLength(64 - 1);
});

test('the same brief twice is two videos', () => {
  expect(nameVideo(brief)).not.toBe(nameVideo(brief));
});

test('a request id gives one id for each tenant, whatever else the brief says', () => {
  const id = nameVideo({ ...brief, requestId: 'order-1' });
  expect(id).toMatch(/^r-[0-9a-f]{24}$/);
  expect(nameVideo({ ...brief, requestId: 'order-1', tenant: 'default', title: 'Other' })).toBe(id);
  expect(nameVideo({ ...brief, requestId: 'order-1', tenant: 'acme' })).not.toBe(id);
  expect(nameVideo({ ...brief, requestId: 'order-2' })).not.toBe(id);
});

test('without a title a video is called by the first words of its prompt', () => {
  expect(titleOf({ prompt: ' Rain \n on a tin roof ' })).toBe('Rain on a tin roof');
  const title = titleOf({
    prompt: 'A handmade ceramic coffee mug on a wooden counter in a small Kyoto café',
  });
  expect(title).toBe('A handmade ceramic coffee mug on a wooden counter in a…');
});
