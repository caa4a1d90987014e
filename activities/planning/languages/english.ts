import type { Language } from './language.ts';
import { anyWord, wholeWord, wordSet } from './language.ts';

const made =
  'video|ad|advert|advertisement|commercial|clip|spot|teaser|trailer|film|reel|promo|short|recipe|tutorial|explainer|guide';
const genre = 'story|tale|fairy ?tale|documentary|animation|cartoon|movie';
const about =
  'about|of|for|on|showing|that shows|which shows|featuring|announcing|introducing|presenting|promoting|celebrating|to announce|to promote|explaining|in which|where';

export const english: Language = {
  code: 'en',
  smallWords: wordSet(
    'the a an of and with for from our your this that these is are in on at to by its his her their it who which while as be make it’s how what into out up he she they',
  ),
  nounPhrase: {
    determiners: wordSet('a an the our my your his her its their this that these those some every each'),
    joiners: wordSet(
      'of and & or with in on at from for by near under over beside inside behind between above below against around named called without',
    ),
    ends: wholeWord(
      'who|which|that|whose|when|where|while|because|but|so|as|is|are|was|were|has|have|had|can|will|would|makes?|made|brings|keeps|turns|helps|lets|gives|comes|came|goes|went|wakes|walks|walked|runs|ran|sits|sat|stands|stood|looks|waits|finds|found|sets|begins|starts|opens|works|lives|takes|gets|searches|watches|shows|showing|using|via|to|before|after|until|then|how|we|i|you|they|he|she|it|now|only|just|through|across|into|along|towards?|past|up|down|out|away|back|home|early|late|every',
    ),
    pronouns: wholeWord('i|we|you|it|they|he|she|there|this|these|nobody|everyone|no'),
    openers:
      /^(?:once upon a time,?\s+)?(?:there (?:once )?(?:was|were|lived|is|are)\s+)?(?:(?:how|why|what (?:is|are|makes))\s+(?:do(?:es)?\s+)?)?/i,
    verbEnding: /(?:[^sui’']|[^s]e)s$/,
    ways: wholeWord('over|onto|off|through|across|into|along|towards?|past|up|down|out|away|back|home'),
  },
  requests: [
    /^(?:please|kindly|hi|hello|hey)[,!]?\s+/i,
    /^(?:(?:can|could|would) you|(?:i|we)(?:['’]d| would)? (?:like|love|want|need)|let['’]s)(?: you)?(?: please)?(?: to)?\s+(?=make|create|produce|generate|shoot|an? |have)/i,
    new RegExp(
      `^(?:make|create|produce|generate|shoot|design|write|build|do|render|animate)\\s+(?:me\\s+|us\\s+)?(?:(?:an?|the|some|one|our|my)\\s+)?(?<manner>(?:(?:[^\\s.:;!?]|[:.](?=\\S))+\\s+){0,8}?(?:\\b(?:${genre})\\s+)??)(?:(?:${made})s?|(?<=\\b(?:${genre})\\s))\\s*(?:(?:${about})\\s+|[:,–—-]\\s*|[.!]?$)`,
      'i',
    ),
    new RegExp(
      `^(?:an?\\s+|the\\s+|our\\s+)?(?<manner>(?:(?:[^\\s.:;!?]|[:.](?=\\S))+\\s+){0,6}?(?:\\b(?:${genre})\\s+)??)(?:video|ad|advert|advertisement|commercial|film|recipe|clip|reel|promo|teaser|tutorial|explainer|(?<=\\b(?:${genre})\\s))\\s*(?:about|for|of|showing|that shows|announcing|:)\\s+`,
      'i',
    ),
    /^how to (?:(?:make|bake|cook|build|prepare|brew|do)\s+)?/i,
    /^(?:announc(?:e|ing)|introduc(?:e|ing)|present(?:ing)?|promot(?:e|ing)|advertis(?:e|ing)|showcas(?:e|ing)|show|celebrate|explain(?:ing)?|depict|visuali[sz]e|meet|discover|say hello to|tell (?:the |a )?(?:story|tale) (?:of|about)|tell)\b\s*:?\s+(?:that\s+)?/i,
    /^we(?:['’]re|['’]ve| are| have)?\s+(?:now\s+|just\s+)?(?:launch|introduc|releas|announc|present|unveil)\w*\s+/i,
    /^(?:start|begin|open|end|finish|close)\s+(?:with|on)\s+/i,
    /^(?:ends?|the (?:video|film|clip) (?:ends?|closes?|finishes|starts|opens|begins))\s+(?:with|on)\s+/i,
  ],
  cues: {
    announcement:
      /^\W*(?:please\s+)?(?:announce|announcing|introducing)\b|\bgrand opening\b|\bwe(?:['’]re| are) (?:launching|announcing|opening)\b|\bnow (?:open|available)\b|\b(?:video|clip|reel|teaser|film)\s+(?:announcing|to announce)\b/im,
    how_to: /\bhow to\b|\brecipe\b|\bstep[- ]by[- ]step\b|\btutorial\b|\bhow-to\b/i,
    story:
      /\b(?:(?:children['’]s|bedtime|short|love|ghost) story|fairy ?tale|(?:story|tale) (?:of|about)|once upon a time)\b/i,
    explainer: /\bexplain(?:s|er|ing)?\b|\bhow [^.?!\n]{2,60} works?\b|^\W*(?:why|what (?:is|are))\b/im,
    lifestyle_ad: /\blifestyle (?:ad|advert|spot|video|commercial|film)\b/i,
    product_showcase:
      /\bproduct (?:video|showcase|demo|film|ad|spot)\b|\b(?:ad|advert|advertisement|commercial)\s+for\b/i,
  },
  style: {
    looks: anyWord(
      '3D render|anime|black[- ]and[- ]white|cartoon style|claymation|comic[- ]book|cyberpunk|documentary|flat illustration|hand[- ]drawn|isometric|line art|low[- ]poly|monochrome|oil painting|origami|paper[- ]?cut|pixel art|pop art|pencil sketch|stop[- ]motion|water ?colou?r(?: style)?|film noir|35 ?mm film|16 ?mm|VHS|super 8|neon(?:[- ]lit)?|(?:in the )?(?:18|19|20)\\d0s|victorian|medieval|art deco|cinematic|minimalist|retro',
    ),
    times: anyWord(
      'golden hour|blue hour|(?:at|before|after) (?:night|dawn|dusk|sunrise|sunset|midnight|noon|daybreak)|by candlelight|by moonlight|in the (?:rain|snow|fog|morning|evening|afternoon)|moonlit|overnight|(?:next|every|one) (?:morning|evening|night|day)',
    ),
    moods: {
      gritty: anyWord('gritty|aggressive|hard-hitting|edgy|rebellious|muddy'),
      calm: anyWord(
        'calm|quiet|peaceful|serene|gentle|cosy|cozy|relaxed|meditative|soothing|tranquil|tender|intimate',
      ),
      playful: anyWord('playful|funny|whimsical|quirky|cheeky|humorous|silly'),
      sad: anyWord('sad|melanchol(?:y|ic)|wistful|bittersweet|nostalgic|lonely'),
      epic: anyWord('epic|heroic|triumphant|majestic|dramatic'),
      tense: anyWord('tense|suspenseful|eerie|ominous|mysterious|spooky|moody'),
      joyful: anyWord('joyful|cheerful|happy|upbeat|festive|optimistic|uplifting|hopeful'),
      dreamy: anyWord('dreamy|ethereal|surreal|magical|dreamlike'),
    },
    fast: anyWord('fast|quick|rapid|energetic|high-energy|fast-paced|driving|hectic|breathless|frantic'),
    slow: anyWord('slow|slowly|unhurried|slow-paced|leisurely'),
    tones: anyWord(
      'dark|raw|rough|warm|cold|cool|soft|bright|clean|fresh|wild|natural|bold|light|vivid|muted|elegant|simple|honest|modern|vintage|rustic|fun|friendly|serious|premium|wet|dusty|pastel colou?rs|colou?rful|romantic|loud|handheld|grainy',
    ),
    clause:
      /^(?:(?:(?:the )?(?:style|look|mood|tone|feel|atmosphere|setting|era|lighting|light|medium|aesthetic|colou?rs)(?:\s*[:=]|\s+(?:is|should be|are))\s*)(?<what>.+)|(?<what2>(?:in|with|shot|filmed|painted|drawn|animated)\s+.{0,50}\b(?:style|look|mood|tone|feel|aesthetic|atmosphere|film|lighting))|(?<what3>(?:no|without|avoid|never)\s+.+))$/i,
    music:
      /^(?:(?:music|soundtrack|score|sound)\s*(?:[:=]|is|should be)\s*(?<what>.+)|(?:use|add|play|with|set to|over)\s+(?<what2>(?:[\w-]+\s+){0,5}(?:music|soundtrack|score))(?:\s+(?:in the background|throughout))?)$/i,
    technical:
      /^(?:(?:in |a |of |about |around |duration:? |length:? |format:? )*(?:\d{1,3}(?:[.,]\d+)?[- ]?(?:seconds?|secs?|s|minutes?|mins?)(?: long)?|short|long|quick|brief|little|new|nice|vertical|horizontal|square|portrait|landscape|HD|4K|1080p|(?:16:9|9:16|1:1|4:3|4:5)|aspect ratio|format|social media|instagram|tiktok|youtube|promotional|promo|product|for|video|clip)(?:[\s,]+|$))+$/i,
    and: /\s*(?:,|\band\b|\bbut\b|&)\s*/i,
  },
  states: /^(?:\S+\s+){1,4}(?:wears?|(?:is|are|has|have)\s+(?:an?|no|very|two)\b)/i,
  camera: {
    shots: [
      'wide shot',
      'medium shot',
      'close-up',
      'full shot',
      'medium close-up',
      'extreme wide shot',
      'detail shot',
      'extreme close-up',
    ],
    angles: [
      'at eye level',
      'from a low angle',
      'from above',
      'from the side',
      'from behind',
      'from far away',
      'with blurred foreground',
      'from directly overhead',
    ],
    movements: [
      'slow push-in',
      'static camera',
      'slow pan to the right',
      'gentle tracking shot',
      'slow pull-back',
      'slow tilt up',
      'slow arc',
      'handheld, following',
    ],
    oneShot: 'one continuous shot',
    asInPicture: 'Exactly as in the reference picture: same shape, colours and markings',
    named:
      /\b(?:camera|pans?|panning|zooms?|zooming|dolly|tilts?|orbits?|tracking shot|handheld|push-in|pull-back|crane|close-?up|macro|wide shot|aerial|drone|overhead|bird['’]s[- ]eye|establishing shot)\b/i,
  },
  comma: ', ',
  stop: '.',
};
