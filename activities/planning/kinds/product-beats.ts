import type { BeatKind } from './beat-kind.ts';

/** Kinds that look at the thing itself and at what it does. */
export const productBeats: readonly BeatKind[] = [
  {
    kind: 'product_reveal',
    title: 'The reveal',
    shot: 'medium hero shot',
    action: '{subject} is fully seen for the first time',
    cameraMovement: 'half orbit',
    stills: [
      '{subject} revealed in full {setting}, centred, crisp edges, a soft reflection beneath it',
      'The hero image of {subject} {setting}: a clean view of its whole form, rim light along its outline',
    ],
    motion: 'The last shadow slides off {subject} and leaves it in full light',
  },
  {
    kind: 'product_detail',
    title: 'In detail',
    shot: 'macro close-up',
    action: 'one detail of {subject} fills the picture',
    cameraMovement: 'macro slide with shifting focus',
    stills: [
      'A macro view of one detail of {subject}, tiny highlights, what matters here: {feature}',
      'The most telling part of {subject} fills the picture, razor-sharp focus falling off into blur',
    ],
    motion: 'Focus glides over the surface from front to back, highlights twinkle',
  },
  {
    kind: 'texture',
    title: 'To the touch',
    shot: 'extreme macro',
    action: 'the surface is almost felt',
    cameraMovement: 'slow lateral glide',
    stills: [
      'The surface and material of {subject} so near that it can almost be felt, light raking across it',
      'An almost abstract texture taken from {subject}, fine grain and gentle relief, {mood} tones',
    ],
    motion: 'Raking light moves over the surface and makes its relief stand out',
  },
  {
    kind: 'feature',
    title: 'What it can do',
    shot: 'close-up',
    action: 'one strength is shown: {feature}',
    cameraMovement: 'gentle tilt down',
    stills: [
      'A clear picture of what {subject} can do: {feature}; nothing else competes for attention',
      '{subject} {setting}, arranged to make one thing obvious at once: {feature}',
    ],
    motion: 'One simple movement demonstrates it: {feature}',
  },
  {
    kind: 'product_in_use',
    title: 'In use',
    shot: 'over-the-shoulder shot',
    action: 'hands use {subject}',
    cameraMovement: 'follow the hands',
    stills: [
      'Relaxed hands with {subject} {setting}, caught in the middle of using it, natural gestures',
      'Over the shoulder of someone enjoying {subject} {setting}, the view they have themselves',
    ],
    motion: 'The hands complete the gesture in one calm, natural movement',
  },
  {
    kind: 'benefit',
    title: 'What it gives',
    shot: 'medium shot',
    action: 'the good it does becomes visible',
    cameraMovement: 'slow arc around the person',
    stills: [
      'A person {setting} visibly at ease thanks to {subject}, the reason in plain sight: {feature}',
      'The moment after {subject} has done its part {setting}: order, calm and a {mood} glow',
    ],
    motion: 'A slow smile, a breath out, the surroundings seem to brighten',
  },
  {
    kind: 'transformation',
    title: 'Before and after',
    shot: 'wide shot',
    action: 'the scene changes because of {subject}',
    cameraMovement: 'smooth track from left to right',
    stills: [
      'One half of the scene {setting} dull and grey, the other alive with colour, {subject} at the turning point',
      'Colour and light spread outwards from {subject} {setting} and change everything they reach',
    ],
    motion: 'Colour spreads outwards from {subject} until it fills the scene',
  },
  {
    kind: 'comparison',
    title: 'The difference',
    shot: 'symmetrical medium shot',
    action: '{subject} stands out from the ordinary',
    cameraMovement: 'slow lateral dolly',
    stills: [
      '{subject} in sharp focus beside plain, unbranded, ordinary alternatives that fade into grey',
      'A row of look-alikes in shadow and {subject} alone in the light, what sets it apart: {feature}',
    ],
    motion: 'Light leaves the row and gathers on {subject} alone',
  },
];
