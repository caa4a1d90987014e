import type { Language } from './language.ts';
import { anyWord, forbidding, mannerWord, wholeWord, wordSet } from './patterns.ts';

const made =
  'Video|Clip|Spot|Werbespot|Film|Kurzfilm|Reel|Trailer|Teaser|Werbung|Anzeige|Rezept|Anleitung|Erklärvideo|Produktvideo|Werbevideo|Imagefilm|Tutorial';
const genre = 'Geschichte|Märchen|Kindergeschichte|Dokumentation|Zeichentrickfilm|Animation';
const word = mannerWord(
  'der|die|das|dem|den|des|eine?[nrms]?|(?:mein|dein|sein|ihr|unser)e?[nrms]?|ich|wir|du|er|sie|es|ist|sind|war|hat|nicht|dass|wie|wenn|weil|zu|von|erzähl\\p{L}*',
);
const wanted = `(?:eine?n?|so eine?n?)\\s+(?:${word}\\s+){0,8}?(?:${made}|${genre})(?!\\p{L})`;

export const german: Language = {
  code: 'de',
  smallWords: wordSet(
    'und der die das ein eine einen einem einer mit für von im auf zu den dem des ist sind nicht sich wie über aus bei nach wird zum zur er sie es ihr sein seine ich wir dich du uns unser unsere am an ab oder nur beim kein keine',
  ),
  nounPhrase: {
    determiners: wordSet(
      'der die das den dem des ein eine einen einem einer eines unser unsere unseren mein meine sein seine seinen seiner ihr ihre ihren ihrer',
    ),
    joiners: wordSet('und von vom aus mit in im am an auf bei für der des namens'),
    ends: wholeWord('der|die|das|welche[rs]?|wenn|als|während|weil|aber|ist|sind|war|hat|haben|kann|wird'),
    asides:
      /^(?:(?:und|aber|dann|danach|zuerst|zuletzt|schließlich|endlich|plötzlich|später|heute|morgen|gestern|nun|jetzt|bald|manchmal|einfach|nur|eines (?:Tages|Morgens|Abends|Nachts)|(?:jeden|am nächsten|am) (?:Tag|Morgen|Abend|Mittag|Nachmittag)|(?:jede|in der) Nacht|am Ende|zum Schluss|(?:im|jeden|letzten|diesen) (?:Frühling|Sommer|Herbst|Winter)|im Jahr \d{4}|bei (?:Nacht|Sonnenaufgang|Sonnenuntergang|Tagesanbruch)|nachts|abends|morgens)(?:,\s*|\s+))+/iu,
    indefinite: wholeWord('eine?[nrms]?'),
    pronouns: wholeWord('ich|wir|du|ihr|sie|er|es|man|dies|das|niemand|jemand|kein|keiner|alle'),
    openers:
      /^(?:(?:die )?geschichte (?:der|des|vom|von)\s+)?(?:es war einmal\s+)?(?:(?:wie|warum|was ist)\s+)?/i,
    capitalNouns: true,
  },
  requests: [
    /^(?:hallo|hi|moin|guten tag|servus)(?: zusammen| team)?(?:[,!.]+\s*|$)/i,
    /^(?:danke|vielen dank|dankeschön)(?: im voraus| schon mal)?[!.]*$/i,
    /^bitte[,!]?\s+/i,
    new RegExp(
      `^(?:ich (?:möchte|will|brauche|hätte gerne?)|wir (?:möchten|wollen|brauchen)|kannst du|könntest du|könnt ihr)(?: bitte| mir| uns| nur| einfach)*\\s+(?=${wanted})`,
      'iu',
    ),
    new RegExp(`^(?<rest>${wanted}.*?)\\s+(?:machen|erstellen|drehen|haben|produzieren)(?=[.!?]*$)`, 'iu'),
    new RegExp(
      `^(?:erstelle?n?|mache?n?|macht|produziere|drehe?|gestalte|schreibe?|generiere|zeige?)\\s+(?:(?:mir|uns|bitte)\\s+)*(?:(?:eine?n?|das|den|die)\\s+)?(?<manner>(?:${word}\\s+){0,8}?(?:(?:${genre})\\s+)??)(?:(?:${made})|(?<=(?:${genre})\\s))(?:\\s+(?:von|mit)\\s+\\d+\\s*(?:Sekunden|Minuten?))?\\s*(?:(?:über|für|von|zum?|zur|mit|aus)\\s+|,\\s*(?:das|der|die)\\s+zeigt,?\\s+|[:,–—-]\\s*|[.!]*$)`,
      'iu',
    ),
    new RegExp(
      `^(?:eine?n?\\s+|das\\s+|der\\s+|die\\s+)?(?<manner>(?:${word}\\s+){0,6}?(?:(?:${genre})\\s+)??)(?:(?:${made})|(?<=(?:${genre})\\s))\\s*(?:über|für|von|vom|:)\\s+`,
      'iu',
    ),
    /^(?<genre>(?:einem|ein|einer|eine)\s+(?:Märchen|Geschichte|Kindergeschichte))[.:]?$/iu,
    /[,;]?\s+(?:bitte|danke)(?=[!.]*$)/i,
    /^(?:mache?|macht|erstelle?)\s+(?:(?:bitte|mir|uns)\s+)*aus (?:dem )?(?:folgende[mn]|diesem) (?:Text|Gedicht)\s+(?:bitte\s+)?eine?n?\s+\p{L}+\s*[:.]?\s*/iu,
    /\s+in\s+\d+\s*(?:Sekunden|Minuten)(?=[.:!]|$)/i,
    /^so (?:macht|bäckt|backt|kocht|baut) man\s+/i,
    /^wie man\s+(?<rest>.+?)\s+(?:macht|bäckt|backt|kocht|baut)(?=[.:!]|$)/iu,
    /^(?:kündige?|kündigt|stelle?|stellt)\s+(?<rest>.+?)\s+(?:an|vor)(?=[.!:]?$)/iu,
    /^(?:kündige?|stelle?|präsentiere|bewirb|erkläre?|erklärt|zeige?|zeigt|erzähle?|wir (?:präsentieren|eröffnen|zeigen|stellen vor)),?\s*:?\s+(?:die Geschichte (?:von|vom)\s+)?/iu,
    /^(?:beginne?|beginnt|ende|endet|schließe|schließt|start(?:e|et))\s+mit\s+/iu,
  ],
  cues: {
    announcement:
      /^\W*(?:bitte\s+)?(?:kündige?|ankündigung)(?!\p{L})|\bneueröffnung\b|\bwir (?:eröffnen|stellen vor|präsentieren)\b|\bjetzt (?:neu|erhältlich|verfügbar)\b/imu,
    how_to:
      /\b(?:rezept|anleitung|schritt für schritt|tutorial|wie man|so (?:macht|bäckt|backt|kocht|baut) man)\b/i,
    story:
      /(?<!\p{L})(?:märchen(?!haft)|es war einmal|kindergeschichte|liebesgeschichte|gutenachtgeschichte|geschichte (?:(?:von|über|mit) eine[rnms]?|eine[rs])(?!\p{L})|erzähl\p{L}* (?:mir |uns )?(?:die|eine) geschichte (?:über|von) (?!de[rmn]\s))/iu,
    explainer: /\berklär(?:e|t|video)|^\W*(?:warum|wieso|was ist)\b|\bwie [^.?!\n]{2,60} funktioniert/imu,
    lifestyle_ad: /\blifestyle[- ]?(?:spot|video|werbung)/i,
    product_showcase: /\bproduktvideo|\b(?:werbespot|werbung|anzeige|werbevideo) für\b/i,
  },
  forbids: forbidding({
    softly: 'bitte|auch|danke',
    but: 'aber',
    orders:
      '(?:zeige?n?|zeigt|verwende[nt]?|benutze?n?|nutze?n?|mache?n?|macht|füge?|nimm|schreib(?:e|t)?|filme?|spiele?|blende?)(?: (?:bitte|mir|uns|auch|dabei))* (?:keine?[nrms]?|nicht|niemals|nie)|(?:ich|wir) (?:möchten?|wollen|will|brauchen?|mag)(?: \\p{L}+)? (?:keine?[nrms]?|nicht)|(?:es|da|im (?:Video|Film|Bild)) (?:soll(?:en)?|darf|dürfen)(?: \\p{L}+)? (?:keine?[nrms]?|nicht)',
    no: 'kein(?:en?|em)?',
    avoid: 'vermeide[nt]?(?: bitte| die| das| alle)?',
    without: 'ohne(?: jede[nrms]?)?',
    things:
      '(?:sichtbaren? |echten? )?(?:Menschen|Personen|Leute|Gesichter|Texte?|Schrift(?:en|zug|züge)?|Wörter|Worte|Buchstaben|Untertitel|Titel|Logos?|Wasserzeichen|Musik|Ton|Geräusche|Stimmen?|Sprecher|Erzähler|Dialoge?|Gesang|Schlagzeug|Tiere|Kinder|Autos|Marken|Werbung|Blut|Gewalt|Waffen|Schnitte|Effekte|Emojis)',
    or: 'oder|und|noch',
    music: 'Musik|Ton',
  }),
  style: {
    looks: anyWord(
      'Aquarell(?:stil)?|als Aquarell|im Aquarellstil|Schwarz-?Wei(?:ß|ss)|schwarzwei(?:ß|ss)|Anime|Zeichentrick|Stop-?Motion|Knetanimation|Ölgemälde|Pixel ?Art|dokumentarisch\\p{L}*|handgezeichnet\\p{L}*|(?:18|19|20)\\d0er(?: Jahren?)?|mittelalterlich\\p{L}*|filmisch\\p{L}*|Neonlicht|minimalistisch\\p{L}*',
    ),
    times: anyWord(
      '(?:bei|vor|nach|zu) (?:Nacht|Sonnenuntergang|Sonnenaufgang|Mondschein|Kerzenlicht|Regen|Mitternacht)|in der (?:Abenddämmerung|Morgendämmerung|Nacht)|im (?:Regen|Schnee|Nebel|Morgengrauen)|am (?:Morgen|Abend|Mittag|nächsten Morgen)|nachts|abends|morgens|frühmorgens',
    ),
    moods: {
      gritty: anyWord('rau|raue[rsnm]?|dreckig\\p{L}*|ungeschönt\\p{L}*|kompromisslos\\p{L}*'),
      calm: anyWord(
        'ruhig\\p{L}*|friedlich\\p{L}*|sanft\\p{L}*|gemütlich\\p{L}*|behaglich\\p{L}*|leise[rsnm]?',
      ),
      playful: anyWord('verspielt\\p{L}*|lustig\\p{L}*|witzig\\p{L}*|humorvoll\\p{L}*|schelmisch\\p{L}*'),
      sad: anyWord('traurig\\p{L}*|melancholisch\\p{L}*|wehmütig\\p{L}*|nostalgisch\\p{L}*|einsam\\p{L}*'),
      epic: anyWord('episch\\p{L}*|heldenhaft\\p{L}*|majestätisch\\p{L}*|dramatisch\\p{L}*'),
      tense: anyWord('spannend\\p{L}*|unheimlich\\p{L}*|düster\\p{L}*|geheimnisvoll\\p{L}*'),
      joyful: anyWord('fröhlich\\p{L}*|heiter\\p{L}*|festlich\\p{L}*|hoffnungsvoll\\p{L}*'),
      dreamy: anyWord('verträumt\\p{L}*|traumhaft\\p{L}*|märchenhaft\\p{L}*|magisch\\p{L}*'),
    },
    fast: anyWord('schnell\\p{L}*|rasant\\p{L}*|energiegeladen\\p{L}*|treibend\\p{L}*|temporeich\\p{L}*'),
    slow: anyWord('langsam\\p{L}*|gemächlich\\p{L}*|bedächtig\\p{L}*'),
    tones: anyWord(
      'still|stille[rsnm]?|hart\\p{L}*|dunkel|dunkle[rsnm]?|warm\\p{L}*|kalt\\p{L}*|kühl\\p{L}*|weich\\p{L}*|hell\\p{L}*|klar\\p{L}*|frisch\\p{L}*|natürlich\\p{L}*|elegant\\p{L}*|schlicht\\p{L}*|modern\\p{L}*|rustikal\\p{L}*|bunt\\p{L}*|ernst\\p{L}*|freundlich\\p{L}*|ehrlich\\p{L}*',
    ),
    clause:
      /^(?:(?:(?:der |die |das )?(?:stil|look|stimmung|ton|atmosphäre|ort|zeit|licht|farben)(?:\s*[:=]|\s+(?:ist|sind))\s*)(?<what>.+)|(?<what2>(?:im|in|mit|als|gedreht|gemalt|gezeichnet)\s+.{0,50}(?:stil|look|stimmung|atmosphäre))|(?:mach|macht) es (?:bitte )?(?<what3>.+)|(?<what4>nicht (?:zu|so)\s+.+))$/iu,
    music:
      /^(?:(?:musik|soundtrack)\s*(?:[:=]|ist)\s*(?<what>.+)|(?:(?:mit|zu)\s+)?(?<what2>(?:(?!d[aei][rsen]\s|eine?\s)[\p{L}-]+\s+){1,4}(?:musik|klaviermusik)))$/iu,
    instruments: anyWord(
      '(?:Solo)?(?:Klaviere?|Piano|Gitarren?|Geigen?|Violinen?|Cello|Streicher|Flöten?|Harfe|Trommeln|Schlagzeug|Synthesizer|Saxophon|Saxofon|Trompeten?|Akkordeon|Ukulele|Mundharmonika|Orgel|Orchester|Chor|Beats?|Gesang|Jazz|Techno|Lo-?Fi)(?:musik|klänge[n]?|töne[n]?)?',
    ),
    technical:
      /^(?:(?:von |im |ca\. |etwa |dauer:? |länge:? )*(?:\d+(?:[.,]\d+)?[- ]?(?:sekunden?|sek\.?|s|minuten?)\p{L}*|sekündig\p{L}*|kurze[rsnm]?|lange[rsnm]?|kleine[rsnm]?|neue[rsnm]?|schöne[rsnm]?|vertikal\p{L}*|hochformat|querformat|quadratisch\p{L}*|HD|4K|(?:16:9|9:16|1:1|4:3|4:5)|format|im|für|instagram|tiktok|youtube|video|clip)(?:[\s,]+|$))+$/iu,
    and: /\s*(?:,|(?<!\p{L})(?:und|aber)(?!\p{L}))\s*/iu,
  },
  states: /^(?:\S+\s+){1,4}(?:trägt|tragen|ist|sind|hat|haben)\s+(?:eine?n?|keine?n?|sehr)\s/iu,
  camera: {
    shots: [
      'Totale',
      'Halbnahe',
      'Nahaufnahme',
      'Halbtotale',
      'Nahe Einstellung',
      'Weite Totale',
      'Detailaufnahme',
      'Großaufnahme',
    ],
    angles: [
      'auf Augenhöhe',
      'aus der Untersicht',
      'von oben',
      'von der Seite',
      'von hinten',
      'aus großer Entfernung',
      'mit unscharfem Vordergrund',
      'senkrecht von oben',
    ],
    movements: [
      'langsame Fahrt nach vorn',
      'ruhende Kamera',
      'langsamer Schwenk nach rechts',
      'sanfte Parallelfahrt',
      'langsame Fahrt zurück',
      'langsamer Schwenk nach oben',
      'langsamer Bogen',
      'folgende Handkamera',
    ],
    oneShot: 'eine durchgehende Einstellung',
    asInPicture: 'Genau wie auf dem Referenzbild: gleiche Form, Farben und Zeichen',
    picture: 'Bild ',
    kinds: { product: 'Produkt', person: 'Person', place: 'Ort', style: 'Stil' },
    named:
      /(?<!\p{L})(?:kamera|schwenk|zoom|nahaufnahme|großaufnahme|makro|totale|luftaufnahme|drohne|vogelperspektive|kamerafahrt)/iu,
  },
  comma: ', ',
  stop: '.',
};
