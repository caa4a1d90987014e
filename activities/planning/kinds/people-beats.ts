import type { BeatKind } from './beat-kind.ts';

/** Kinds that show people and the life around the thing. */
export const peopleBeats: readonly BeatKind[] = [
  {
    kind: 'lifestyle',
    title: 'A day with it',
    shot: 'medium wide shot',
    action: 'an everyday moment with {subject}',
    cameraMovement: 'relaxed handheld follow',
    stills: [
      'A candid, {mood} everyday moment {setting}, {subject} naturally part of it',
      'Life as it is {setting}: someone moves through the day and {subject} is simply there',
    ],
    motion: 'The person moves naturally through the scene, hair and cloth stir in the air',
  },
  {
    kind: 'people',
    title: 'The people',
    shot: 'medium group shot',
    action: 'people share the moment',
    cameraMovement: 'slow dolly along the group',
    stills: [
      'Two friends {setting} share a genuine laugh, {subject} between them',
      'A small, diverse group {setting} gathered around {subject}, open faces, easy postures',
    ],
    motion: 'Glances are exchanged, somebody laughs, small unposed gestures',
  },
  {
    kind: 'portrait',
    title: 'One face',
    shot: 'portrait close-up',
    action: 'a face tells how it feels',
    cameraMovement: 'almost still, slight push-in',
    stills: [
      'A portrait of one person {setting}, {mood} expression, the light of {subject} in their eyes',
      'A quiet face in profile {setting}, {subject} softly out of focus in the foreground',
    ],
    motion: 'The gaze lifts slowly, a hint of a smile appears',
  },
  {
    kind: 'environment',
    title: 'Around it',
    shot: 'wide detail shot',
    action: 'small signs of life around {subject}',
    cameraMovement: 'slow pan right',
    stills: [
      'Small signs of life {setting}: objects, plants, light and shadow around {subject}',
      'The surroundings {setting} in loving detail, {subject} placed as if it had always belonged there',
    ],
    motion: 'Leaves, steam or curtains move gently, shadows wander',
  },
  {
    kind: 'social_proof',
    title: 'Many already know',
    shot: 'wide shot',
    action: 'many people have chosen {subject}',
    cameraMovement: 'crane up',
    stills: [
      'Many different people {setting}, each with their own {subject}, a lively pattern',
      'A bustling, friendly crowd {setting}, {subject} turning up again and again among them',
    ],
    motion: 'The crowd moves and mingles, more and more people join in',
  },
  {
    kind: 'testimonial',
    title: 'In their words',
    shot: 'medium close-up',
    action: 'someone speaks of {subject} from experience',
    cameraMovement: 'locked off, gentle drift',
    stills: [
      'A sincere person looks just past the camera {setting}, {subject} in their hands, mid-sentence',
      'An interview-like portrait {setting}, {subject} beside the person, a warm and honest expression',
    ],
    motion: 'The person speaks with calm conviction, a hand emphasises a word',
  },
  {
    kind: 'behind_the_scenes',
    title: 'How it is made',
    shot: 'medium close-up',
    action: 'the work behind {subject}',
    cameraMovement: 'slow track along the workbench',
    stills: [
      'Skilled hands at work on {subject}, tools and traces of making around them, concentration',
      'A glimpse behind the scenes of {subject}: materials, sketches and a half-finished stage',
    ],
    motion: 'The hands work with practised precision, dust drifts through the light',
  },
  {
    kind: 'event',
    title: 'The moment',
    shot: 'wide stage shot',
    action: 'people come together for {subject}',
    cameraMovement: 'sweeping crane down',
    stills: [
      'An expectant audience {setting}, {subject} as the focus of the evening, lights from above',
      'A {mood} gathering for {subject} {setting}, faces lit from the front, a sense of occasion',
    ],
    motion: 'Lights sweep over the audience, heads turn to the centre',
  },
  {
    kind: 'celebration',
    title: 'Joy',
    shot: 'dynamic medium shot',
    action: 'people celebrate',
    cameraMovement: 'circling handheld',
    stills: [
      'Joy breaks out {setting}: raised arms, confetti in the light, {subject} in the middle of it',
      'A happy toast {setting} to {subject}, sparkling lights behind, {mood} faces',
    ],
    motion: 'Confetti drifts down, people cheer in gentle slow motion',
  },
];
