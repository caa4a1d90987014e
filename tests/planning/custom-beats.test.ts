import { draftStoryboard } from '../../activities/planning/build-storyboard.ts';
import { createBrief } from './support/create-brief.ts';

test('beats of the brief replace planning, all of them and in order', () => {
  const beats = Array.from({ length: 10 }, (_, at) => ({ prompt: `Moment ${at}`, durationSeconds: 10 }));
  const draft = draftStoryboard(createBrief({ beats }));

  expect(draft.plannedBy).toBe('brief');
  expect(draft.beats.map((beat) => beat.title)).toEqual(beats.map((beat) => beat.prompt));
  expect(draft.beats.every((beat) => beat.purpose === 'custom' && beat.durationSeconds === 10)).toBe(true);
});

test('nothing is added to what a person wrote but what the brief says of style', () => {
  const beats = [{ prompt: 'steam over the cup', durationSeconds: 5 }];

  expect(draftStoryboard(createBrief({ beats })).beats[0]).toMatchObject({
    stillPrompt: 'steam over the cup. Calm and cosy.',
    motionPrompt: 'steam over the cup',
  });
  expect(draftStoryboard(createBrief({ prompt: 'A fox at home', beats })).beats[0]).toMatchObject({
    stillPrompt: 'steam over the cup',
    motionPrompt: 'steam over the cup',
  });
});

test('a motion prompt and a title that a person wrote stay as they are', () => {
  const motionPrompt = 'It spins; the camera pans left';
  const beats = [{ prompt: 'The cup', durationSeconds: 5, title: 'Cup', motionPrompt }];

  expect(draftStoryboard(createBrief({ beats })).beats[0]).toMatchObject({
    title: 'Cup',
    motionPrompt,
    cameraMovement: 'as written',
  });
});

test('the longest prompt a beat may have is sent whole', () => {
  const prompt = 'word '.repeat(400).trim();
  const [beat] = draftStoryboard(createBrief({ beats: [{ prompt, durationSeconds: 5 }] })).beats;

  expect(beat?.stillPrompt).toBe(prompt);
  expect(beat?.title.length).toBeLessThanOrEqual(60);
});

test('content of a prompt that its own beats leave out is named', () => {
  const beats = [{ prompt: 'A fox crosses a wet street', durationSeconds: 5 }];
  const prompt = 'A fox crosses a wet street. It looks into a bakery. Black and white. No people.';

  expect(draftStoryboard(createBrief({ prompt, beats })).warnings).toEqual([
    'The brief has beats of its own, which do not tell: “It looks into a bakery.”',
    'The built-in planner cannot promise this, so no prompt names it: “No people”',
  ]);
});
