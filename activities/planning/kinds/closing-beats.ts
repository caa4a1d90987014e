import type { BeatKind } from './beat-kind.ts';

/** Kinds that end a story: they leave room for a line of text that an editor may lay over them. */
export const closingBeats: readonly BeatKind[] = [
  {
    kind: 'call_to_action',
    title: 'Your turn',
    shot: 'medium hero shot',
    action: '{subject} invites to act',
    cameraMovement: 'slow pull-back that comes to rest',
    stills: [
      '{subject} offered towards the viewer {setting}, within reach, plenty of calm empty space beside it',
      'A confident final look at {subject} {setting}, bright and inviting, an uncluttered area left for a headline',
    ],
    motion: 'Everything settles, {subject} glows a little brighter and stays perfectly readable',
  },
  {
    kind: 'closing_logo',
    title: 'End card',
    shot: 'centred static shot',
    action: 'the story comes to rest on {subject}',
    cameraMovement: 'static, barely noticeable push-in',
    stills: [
      '{subject} centred on a plain background in the colours of the film, balanced, generous empty space',
      'A still, elegant end card with {subject} small in the centre and soft light around it',
    ],
    motion: 'A last soft shimmer passes over {subject}, then stillness',
  },
];
