import { draftStoryboard } from '../../activities/planning/build-storyboard.ts';
import { createBrief } from './support/create-brief.ts';

test('beats of the brief replace planning, all of them and in order', () => {
  const beats = Array.from({ length: 10 }, (_, at) => ({ prompt: `Moment ${at}`, durationSeconds: 10 }));
  const draft = draftStoryboard(createBrief({ beats }));

  expect(draft.plannedBy).toBe('brief');
  expect(draft.beats.map((beat) => beat.title)).toEqual(beats.map((beat) => beat.prompt));
  expect(draft.beats.every((beat) => beat.purpose === 'custom' && beat.durationSeconds === 10)).toBe(true);
});

test('what a person wrote opens the still prompt, and the look of the video follows', () => {
  const [beat] = draftStoryboard(
    createBrief({ aspectRatio: '1:1', beats: [{ prompt: 'Steam over the cup', durationSeconds: 5 }] }),
  ).beats;

  expect(beat?.stillPrompt).toMatch(/^Steam over the cup\. Photorealistic .*calm and cosy mood.*Square 1:1/);
  expect(beat?.motionPrompt).toMatch(
    /^Steam over the cup, natural movement\. Camera: slow push-in\. Calm and cosy mood/,
  );
});

test('a motion prompt and a title that a person wrote stay as they are', () => {
  const [beat] = draftStoryboard(
    createBrief({
      beats: [
        {
          prompt: 'The cup',
          durationSeconds: 5,
          title: 'Cup',
          motionPrompt: 'It spins; the camera pans left',
        },
      ],
    }),
  ).beats;

  expect(beat).toMatchObject({
    title: 'Cup',
    motionPrompt: 'It spins; the camera pans left',
    cameraMovement: 'as written',
  });
});

test('the longest prompt a beat may have is sent whole', () => {
  const prompt = 'word '.repeat(400).trim();
  const [beat] = draftStoryboard(createBrief({ beats: [{ prompt, durationSeconds: 5 }] })).beats;

  expect(beat?.stillPrompt).toBe(`${prompt}.`);
  expect(beat?.title.length).toBeLessThanOrEqual(60);
});

test.each([
  ['Macro of the glaze', 'macro close-up'],
  ['A wide view of the harbour', 'wide shot'],
  ['Drone flight over the roofs', 'aerial shot'],
  ['A cup', 'medium shot'],
])('the shot of "%s" is a %s', (prompt, shot) => {
  expect(draftStoryboard(createBrief({ beats: [{ prompt, durationSeconds: 5 }] })).beats[0]?.shot).toBe(shot);
});
