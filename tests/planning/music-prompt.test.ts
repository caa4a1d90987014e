import { draftStoryboard } from '../../activities/planning/build-storyboard.ts';
import { createBrief } from './support/create-brief.ts';

test('a style that a person asked for comes first, with the length after it', () => {
  const { musicPrompt } = draftStoryboard(
    createBrief({ durationSeconds: 12.5, music: { enabled: true, style: 'slow felt piano' } }),
  );

  expect(musicPrompt).toMatch(/^slow felt piano, 12\.5 seconds long, instrumental, no vocals/);
});

test.each([
  ['A gritty, fast ride through mud', /^gritty, hard drums and distorted bass, fast/],
  ['Eine ruhige Teestunde, langsam erzählt', /^calm, sparse and gentle, slow/],
  ['静かな森', /^calm/],
  ['A spreadsheet', /^unobtrusive instrumental score, medium tempo/],
  ['A spreadsheet that is not sad', /^unobtrusive/],
  ['A spreadsheet. Music: one solo cello', /^one solo cello/],
  ['A sad robot in a junkyard, melancholic piano', /^melancholic piano,/],
  ['A taxi driver in Lisbon, dark, cinematic, synth music', /^synth music,/],
  ['A girl walks home with soft acoustic guitar', /^soft acoustic guitar,/],
  ['Ein Schwimmbad bei Nacht. Ruhiges Cello.', /^Ruhiges Cello,/],
  ['Une gare vide. Piano mélancolique.', /^Piano mélancolique,/],
  ['Una panadería, ambiente cálido, guitarra suave', /^guitarra suave,/],
  ['Un documental sobre las salinas, con guitarra suave.', /^con guitarra suave,/],
  ['蛍の夜。切ないピアノの曲。', /^切ないピアノの曲,/],
  ['老火车站。忧伤的钢琴。', /^忧伤的钢琴,/],
  ['محطة قديمة. بيانو حزين.', /^بيانو حزين,/],
  ['एक पुराना स्टेशन। उदास सितार।', /^उदास सितार,/],
  ['An old piano in an empty hall', /^unobtrusive/],
])('the music of "%s" fits', (prompt, music) => {
  expect(draftStoryboard(createBrief({ prompt })).musicPrompt).toMatch(music);
});

test('no prompt asks for a song and for no vocals at once', () => {
  const { musicPrompt } = draftStoryboard(
    createBrief({ music: { enabled: true, style: 'folk song, female vocals' } }),
  );

  expect(musicPrompt).not.toContain('no vocals');
});

test('the longest style is kept and nothing pushes the prompt over 300 characters', () => {
  const style = 'x'.repeat(300);

  expect(draftStoryboard(createBrief({ music: { enabled: true, style } })).musicPrompt).toBe(style);
});
