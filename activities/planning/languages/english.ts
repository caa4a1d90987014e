import type { Language } from './language.ts';
import { anyWord, forbidding, mannerWord, wholeWord, wordSet } from './patterns.ts';

const made =
  'music video|video|ad|advert|advertisement|commercial|clip|spot|teaser|trailer|film|reel|promo|short|recipe|tutorial|explainer|guide';
const genre = 'story|tale|fairy ?tale|documentary|animation|cartoon|movie';
const about =
  'about|of|for|on|showing|that shows|which shows|featuring|announcing|introducing|presenting|promoting|celebrating|to announce|to promote|explaining|in which|where';
const word = mannerWord(
  'an?|the|my|our|your|his|her|its|their|this|that|these|those|i|we|you|he|she|it|they|is|are|was|were|be|been|has|have|had|not|to|who|which|than|then|because|if|when|of|from|by|at|with|on|tells?|told|says?|said',
);
const wanted = `(?:an?|some|one)\\s+(?:${word}\\s+){0,8}?(?:${made}|${genre})s?(?!\\p{L})`;
const platform =
  '(?:(?:my |our )?(?:instagram|tiktok|youtube|facebook|linkedin|social media|website|channel)(?! (?:page )?(?:called|named)))(?: (?:reels?|shorts?|stories|story|ads?|page))?';

export const english: Language = {
  code: 'en',
  smallWords: wordSet(
    'the a an of and with for from our your this that these is are in on at to by its his her their it who which while as be make it’ how what into out up he she they i my me we was has or no not please when',
  ),
  nounPhrase: {
    determiners: wordSet('a an the our my your his her its their this that these those some every each'),
    joiners: wordSet(
      'of and & or with in on at from for by near under over beside inside behind between above below against around named called without',
    ),
    ends: wholeWord(
      'who|which|that|whose|when|where|while|because|but|so|as|is|are|was|were|has|have|had|can|will|would|makes?|made|brings|keeps|turns|helps|lets|gives|comes|came|goes|went|wakes|walks|walked|runs|ran|sits|sat|stands|stood|looks|waits|finds|found|sets|begins|starts|opens|works|lives|takes|gets|searches|watches|shows|showing|using|via|to|before|after|until|then|how|we|i|you|they|he|she|it|now|only|just|through|across|into|along|towards?|past|up|down|out|away|back|home|early|late|every',
    ),
    asides:
      /^(?:(?:ok|okay|well|basically|anyway|and|but|so|then|first|next|finally|suddenly|meanwhile|later|today|tonight|tomorrow|now|soon|again|just|only|sometimes|(?:after|before) that|at (?:last|first|dawn|dusk|night|noon|midnight|sunrise|sunset)|in the (?:end|morning|evening|afternoon|beginning|meantime)|(?:one|every|each|last|next|that|this|the next)(?: \p{L}+)? (?:day|morning|evening|afternoon|night|week|month|year|spring|summer|autumn|fall|winter)|(?:an?|one|two|three|\d+|many) (?:days?|weeks?|months?|years?|hours?) later|in \d{4})(?:,\s*|\s+))+/iu,
    indefinite: wholeWord('an?|one'),
    pronouns: wholeWord(
      'i|we|you|it|they|he|she|there|this|these|nobody|everyone|everybody|someone|somebody|nothing|no',
    ),
    openers:
      /^(?:(?:a|the) (?:short )?(?:history|story|tale) of\s+|(?:history|story) of\s+)?(?:once upon a time,?\s+)?(?:there(?: once)?(?:['’]?s| was| were| lived| is| are)\s+)?(?:(?:how|why|what (?:is|are|makes))\s+(?:do(?:es)?\s+)?)?/i,
    pastEnding: /[^e]ed$/,
    verbEnding: /(?:[^sui’']|[^s]e)s$/,
    ways: wholeWord('over|onto|off|through|across|into|along|towards?|past|up|down|out|away|back|home'),
  },
  requests: [
    /^(?:hi|hello|hey)(?: there| team| all)?(?:[,!.]+\s*|$)/i,
    /^(?:thanks|thank you|thx|cheers)(?: so much| a lot| in advance)?[!.]*$/i,
    /^(?:please|pls|plz|kindly|(?:just|simply)(?=\s+(?:please|make|create|film|show)\s))[,!]?\s+/i,
    new RegExp(
      `^(?:(?:can|could|would) (?:you|u)|(?:i|we)(?:['’]d| would)? (?:like|love|want|need)|let['’]s)(?: you)?(?: please| pls)?(?: to)?\\s+(?=(?:make|create|produce|generate|shoot)\\s|${wanted})`,
      'iu',
    ),
    new RegExp(
      `^(?:make|create|produce|generate|shoot|design|write|build|do|render|animate)\\s+(?:me\\s+|us\\s+)?(?:(?:an?|the|some|one|our|my)\\s+)?(?<manner>(?:${word}\\s+){0,8}?(?:(?:${genre})\\s+)??)(?:(?:${made})s?(?![\\p{L}-])|(?<=\\s(?:${genre})\\s))\\s*(?:for ${platform}\\s*)?(?:(?:from|of|with|using|out of) (?:the following|this) (?:text|script|poem|lines)\\s*)?(?<late>(?:in|with)(?:\\s+(?!for\\s|on\\s)${word}){1,5}?\\s+)?(?:(?:${about})\\s+|[:,–—-]\\s*|[.!]*$)`,
      'iu',
    ),
    new RegExp(
      `^(?:an?\\s+|the\\s+|our\\s+)?(?<manner>(?:${word}\\s+){0,6}?(?:(?:${genre})\\s+)??)(?:video|ad|advert|advertisement|commercial|film|recipe|clip|reel|promo|teaser|tutorial|explainer|(?<=(?:^|\\s)(?:${genre})\\s))\\s*(?:for ${platform}\\s*)?(?<late>(?:in|with)(?:\\s+(?!for\\s|on\\s)${word}){1,5}?\\s+)?(?:about|for|of|on|showing|that shows|announcing|:)\\s+`,
      'iu',
    ),
    /[,;]?\s+(?:please|pls|plz|thanks|thank you)(?=[!.]*$)/i,
    new RegExp(
      `^(?<rest>(?:${word}\\s+){1,4})(?:ad|advert|commercial|promo|reel|teaser|trailer|video)(?=[.!,]|$)`,
      'iu',
    ),
    /\s+in\s+\d+\s*(?:seconds?|secs?|minutes?)(?=[.:!]|$)/i,
    /^(?:explain|show|tell) (?:it|this) (?:with|using)\s+/i,
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
      /\b(?:(?:children['’]s|bedtime|short|love|ghost) story|fairy ?tale|once upon a time)\b|\b(?:story|tale) (?:of|about) (?:an?|one|two|three)\b|(?<=^\W*(?:please )?(?:make|create|write|tell|film)\b[^.,:]{0,40})\b(?:story|tale) (?:of|about)\b/im,
    explainer: /\bexplain(?:s|er|ing)?\b|\bhow [^.?!\n]{2,60} works?\b|^\W*(?:why|what (?:is|are))\b/im,
    lifestyle_ad: /\blifestyle (?:ad|advert|spot|video|commercial|film)\b/i,
    product_showcase:
      /\bproduct (?:video|showcase|demo|film|ad|spot)\b|\b(?:ad|advert|advertisement|commercial)\s+for\b/i,
  },
  forbids: forbidding({
    softly: 'please|pls|thanks|also|absolutely',
    but: 'but',
    orders:
      "(?:do not|don[’']?t|never) (?:ever )?(?:show|use|include|add|make|put|film|write|display|depict|mention|feature|create|generate|animate|play)|avoid (?:showing|using|adding|including|making|featuring)|(?:i|we) (?:really )?(?:do not|don[’']?t) (?:want|need|like)|(?:there|it|the (?:video|film|clip|ad)) (?:should|must|may|can)(?:n[’']t| not| (?:be|have|show|contain) no)|make sure (?:that )?(?:there (?:is|are) )?(?:no|not)",
    no: '(?:with )?no(?! (?:one|matter|longer|sooner|doubt|wonder)(?!\\p{L}))|not any|zero',
    avoid: 'avoid(?: any| all| the| all the)?',
    without: 'without(?: any)?',
    things:
      '(?:real |on-?screen |background |visible )?(?:people|persons?|humans?|faces?|texts?|words|letters|lettering|captions?|subtitles?|titles?|logos?|watermarks?|music|soundtrack|sounds?|audio|voices?|voice-?overs?|narrat(?:ion|or)|dialogue|talking|speech|vocals?|singing|drums?|animals|children|kids|cars|brands?|ads?|adverts?|blood|violence|weapons|smoke|cuts|effects|transitions|emojis?)',
    or: 'or|nor|and',
    music: 'music|soundtrack|audio|sound',
  }),
  style: {
    looks: anyWord(
      '3D render|anime|black[- ]and[- ]white|cartoon style|claymation|comic[- ]book|cyberpunk|documentary|flat illustration|hand[- ]drawn|isometric|line art|low[- ]poly|monochrome|oil painting|origami|paper[- ]?cut|pixel art|pop art|pencil sketch|stop[- ]motion|water ?colou?r(?: style)?|film noir|35 ?mm film|16 ?mm|VHS|super 8|neon(?:[- ]lit)?|(?:in the )?(?:18|19|20)\\d0s|victorian|medieval|art deco|cinematic|minimalist|retro',
    ),
    times: anyWord(
      'golden hour|blue hour|(?:at|before|after) (?:night|dawn|dusk|sunrise|sunset|midnight|noon|daybreak)|by candlelight|by moonlight|in the (?:rain|snow|fog|morning|evening|afternoon)|moonlit|overnight',
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
      /^(?:(?:(?:the )?(?:style|look|mood|tone|feel|atmosphere|setting|era|lighting|light|medium|aesthetic|colou?rs)(?:\s*[:=]|\s+(?:is|should be|are))\s*)(?<what>.+)|(?<what2>(?:in|with|shot|filmed|painted|drawn|animated)\s+.{0,50}\b(?:style|look|mood|tone|feel|aesthetic|atmosphere|film|lighting))|make it (?<what3>.+)|(?<what4>not (?:too|so)\s+.+)|(?<what5>(?:[\w-]+\s+){1,4}style))$/i,
    music:
      /^(?:(?:music|soundtrack|score|sound)\s*(?:[:=]|is|should be)\s*(?<what>.+)|(?:(?:use|add|play|with|set to|over)\s+)?(?<what2>(?:(?!the\s|a\s)[\w-]+\s+){1,4}(?:music|soundtrack|score))(?:\s+(?:in the background|throughout))?)$/i,
    instruments: anyWord(
      '(?:(?:acoustic|electric|solo|bass|soft) )?(?:pianos?|guitars?|violins?|cello|strings|flutes?|harp|drums?|percussion|synth(?:s|esi[sz]ers?)?|saxophone|sax|trumpets?|accordion|ukulele|banjo|harmonica|organ|orchestra|choir|beats?|vocals?|singing|jazz|techno|lo-?fi)(?: music)?',
    ),
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
    picture: 'Picture ',
    kinds: { product: 'product', person: 'person', place: 'place', style: 'style' },
    named:
      /\b(?:camera|pans?|panning|zooms?|zooming|dolly|tilts?|orbits?|tracking shot|handheld|push-in|pull-back|crane|close-?up|macro|wide shot|aerial|drone|overhead|bird['’]s[- ]eye|establishing shot)\b/i,
  },
  comma: ', ',
  stop: '.',
};
