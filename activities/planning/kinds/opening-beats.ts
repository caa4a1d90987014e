import type { BeatKind } from './beat-kind.ts';

/** Kinds that begin a story: they set place, need and curiosity. */
export const openingBeats: readonly BeatKind[] = [
  {
    kind: 'opening',
    title: 'Opening',
    shot: 'wide shot',
    action: 'the first look at {subject}',
    cameraMovement: 'slow push-in',
    stills: [
      'A {mood} first look at {subject} {setting}, a strong silhouette with light breaking in from one side',
      'The scene opens {setting}: {subject} waits in the foreground, everything else soft behind it',
      'An inviting opening image of {subject} {setting}, clear shapes, one bright point that draws the eye',
    ],
    motion: 'Light slowly travels across {subject} as the scene comes alive around it',
  },
  {
    kind: 'establishing',
    title: 'The place',
    shot: 'extreme wide shot',
    action: 'the place is shown before anything happens',
    cameraMovement: 'slow aerial drift forward',
    stills: [
      'A sweeping view {setting}, {subject} small within it, depth from foreground to horizon',
      'The whole place at a glance {setting}, quiet before the day begins, {subject} at the edge of the picture',
    ],
    motion: 'Air, light and small background movement breathe life into the place',
  },
  {
    kind: 'problem',
    title: 'The need',
    shot: 'medium close-up',
    action: 'someone misses what {subject} would bring',
    cameraMovement: 'subtle handheld sway',
    stills: [
      'A person {setting} pauses with a thoughtful look, something is clearly missing: {feature}',
      'An everyday moment {setting} that does not go smoothly, muted colours, waiting for {subject}',
    ],
    motion: 'The person sighs, shoulders drop, then the eyes lift towards something off screen',
  },
  {
    kind: 'teaser',
    title: 'A hint',
    shot: 'extreme close-up',
    action: 'only a part of {subject} is seen',
    cameraMovement: 'slow slide sideways',
    stills: [
      'Only the edge of {subject} emerges from deep shadow, a thin line of light traces its shape',
      'A mysterious fragment of {subject}, most of it hidden out of focus, a {mood} glow behind it',
    ],
    motion: 'A beam of light glides along the edge and reveals a little more',
  },
  {
    kind: 'announcement_hook',
    title: 'The news',
    shot: 'low-angle hero shot',
    action: '{subject} is announced',
    cameraMovement: 'fast push-in that settles',
    stills: [
      '{subject} bursts into view {setting}, centre stage, radiant backlight, fine particles in the air',
      'A bold, {mood} announcement image: {subject} large in front of a clean background, light streaming out',
    ],
    motion: 'Light flares up behind {subject}, particles swirl and settle as it takes the stage',
  },
  {
    kind: 'countdown',
    title: 'Not long now',
    shot: 'close-up',
    action: 'time runs towards {subject}',
    cameraMovement: 'steady creep forward',
    stills: [
      'Rings of light close in towards {subject}, one after the other, tension before the moment',
      'Long shadows move across {subject} {setting}, as if the hours were running towards it',
    ],
    motion: 'Rings of light tighten beat by beat towards the centre',
  },
];
