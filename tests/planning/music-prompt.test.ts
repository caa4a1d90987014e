import { draftStoryboard } from '../../activities/planning/build-storyboard.ts';
import { templates } from '../../workflows/domain/brief.ts';
import { createBrief } from './support/create-brief.ts';

test('a style that a person asked for comes first, with mood and length after it', () => {
  const { musicPrompt } = draftStoryboard(
    createBrief({ durationSeconds: 12.5, music: { enabled: true, style: 'slow felt piano' } }),
  );

  expect(musicPrompt).toMatch(
    /^slow felt piano, 12\.5 seconds long, calm and cosy mood, instrumental, no vocals/,
  );
});

test('each template has music of its own', () => {
  const prompts = templates.map((template) => draftStoryboard(createBrief({ template })).musicPrompt);

  expect(new Set(prompts).size).toBe(3);
});

test('nobody asks for a song and for no vocals at once', () => {
  const { musicPrompt } = draftStoryboard(
    createBrief({ music: { enabled: true, style: 'folk song, female vocals' } }),
  );

  expect(musicPrompt).not.toContain('no vocals');
});

test('the longest style is kept and nothing pushes the prompt over 300 characters', () => {
  const style = 'x'.repeat(300);

  expect(draftStoryboard(createBrief({ music: { enabled: true, style } })).musicPrompt).toBe(style);
});
