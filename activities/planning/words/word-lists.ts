/** Words that only English prose is full of. */
export const englishWords: ReadonlySet<string> = new Set(
  (
    'a an the of and with for from our your this that these is are in on at to by its their it who which while ' +
    'as be make create show'
  ).split(' '),
);

/** Words that other European languages are full of, and English is not. */
export const foreignWords: ReadonlySet<string> = new Set(
  (
    'und der die das ein eine einen einem mit für von im auf zu le la les une et avec dans pour des du au sur el ' +
    'los las una con para del il della che e di het een van voor och med på för og til av o os um uma com dla z w na'
  ).split(' '),
);

/** Words in front of a noun that a sentence of ours replaces by its own. */
export const determiners = 'a|an|the|our|my|your|their|his|her|its|this|that|these|some|new';

/** Words at which the thing a sentence is about ends, in English. */
export const subjectEnds: ReadonlySet<string> = new Set(
  (
    'with that which who whose when where while for from in inside on at by near under over above along beside into ' +
    'onto across through outside behind during without using via as is are was were has have had can will makes make ' +
    'brings bring keeps keep turns turn helps help lets let gives give comes come wakes wake walks sits stands ' +
    'shows drinks enjoys enjoying holding wearing walking sitting standing pouring drinking playing showing featuring ' +
    'including being based made designed set built to against amid around so because but'
  ).split(' '),
);

/** Words at which a place ends, in English. */
export const settingEnds: ReadonlySet<string> = new Set(
  'with that which who while for featuring including is are was as so because but then showing to using'.split(
    ' ',
  ),
);

/** Moods a brief may name, as they are written into prompts. */
export const moodWords: readonly string[] = (
  'adventurous ambitious authentic bold bright calm candid cheerful cinematic clean cosy cozy cool dark dramatic dreamy ' +
  'edgy elegant emotional energetic epic ethereal festive fresh friendly fun funny futuristic gentle glamorous happy ' +
  'heartfelt hopeful inspiring intimate joyful lively luxurious magical melancholic minimal minimalist moody mysterious ' +
  'natural nostalgic optimistic peaceful playful powerful premium quiet raw relaxed retro romantic rustic serene serious ' +
  'sleek soft sophisticated stylish surreal tense trendy upbeat urban vibrant vintage warm whimsical wild'
).split(' ');

/** Styles that take the place of photography when a brief names one. */
export const styleWords: readonly string[] = [
  '3D render',
  'anime',
  'black and white',
  'cartoon',
  'claymation',
  'comic book',
  'cyberpunk',
  'documentary',
  'flat illustration',
  'hand-drawn',
  'isometric',
  'line art',
  'low poly',
  'monochrome',
  'oil painting',
  'origami',
  'paper cut',
  'papercut',
  'pixel art',
  'pop art',
  'sketch',
  'stop motion',
  'stop-motion',
  'watercolor',
  'watercolour',
];

/** Light that a word of the brief asks for. The first two that are found are used. */
export const lightWords: readonly (readonly [pattern: RegExp, light: string])[] = [
  [/\bgolden[- ]hour\b/i, 'golden-hour light'],
  [/\bsunrise\b/i, 'soft sunrise light'],
  [/\b(?:dawn|daybreak)\b/i, 'pale dawn light'],
  [/\bmorning\b/i, 'fresh morning light'],
  [/\b(?:noon|midday)\b/i, 'clear midday light'],
  [/\bsunset\b/i, 'low sunset light'],
  [/\b(?:dusk|twilight|blue hour)\b/i, 'blue twilight'],
  [/\bevening\b/i, 'mellow evening light'],
  [/\b(?:night|midnight|nighttime)\b/i, 'night with pools of practical light'],
  [/\bmoonlight\b|\bmoonlit\b/i, 'silvery moonlight'],
  [/\bneon\b/i, 'coloured neon light'],
  [/\bcandle(?:s|light|lit)?\b/i, 'flickering candlelight'],
  [/\b(?:rain|rainy)\b/i, 'soft overcast light on wet surfaces'],
  [/\b(?:snow|snowy|winter)\b/i, 'clear cold winter light'],
  [/\b(?:fog|foggy|mist|misty)\b/i, 'hazy diffused light'],
  [/\b(?:sunny|sunlit|sunshine|sunlight)\b/i, 'bright sunlight'],
];
