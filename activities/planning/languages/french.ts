import type { Language } from './language.ts';
import { anyWord, wholeWord, wordSet } from './language.ts';

const made = 'vidéo|clip|pub|publicité|film|court[- ]métrage|reel|bande[- ]annonce|spot|recette|tutoriel';
const genre = 'histoire|conte|documentaire|dessin animé|animation';
const verbs =
  'crée[rz]?|créez|fais|faites|réalise[rz]?|produis(?:ez)?|génère[rz]?|tourne[rz]?|écris|montre[rz]?';

export const french: Language = {
  code: 'fr',
  smallWords: wordSet(
    'le la les une et avec dans pour des du au aux sur est sont qui que ce cette son sa ses un il elle ils ne pas par en à puis',
  ),
  nounPhrase: {
    determiners: wordSet(
      'le la les un une des du son sa ses leur leurs notre nos mon ma mes ce cet cette ces',
    ),
    joiners: wordSet('de d’ et ou à au aux avec en dans sur sous près chez nommé nommée appelé appelée'),
    pronouns: wholeWord('je|nous|tu|vous|il|elle|on|ils|elles|ce|ça'),
    openers: /^(?:il était une fois\s+)?(?:(?:comment|pourquoi)\s+)?/i,
    ends: wholeWord(
      'qui|que|dont|où|quand|lorsque|pendant|parce|mais|est|sont|était|ont|peut|pour|traverse|marche|court|pétrit|part|s’[\\p{L}]+|se|cherche|trouve|regarde(?:nt)?|vit|allume|ouvre|avant|après|puis|chaque|il|elle',
    ),
  },
  requests: [
    /^(?:s[’']il (?:te|vous) pla[iî]t|merci de)[,!]?\s+/iu,
    /^(?:peux-tu|pouvez-vous|pourriez-vous|je (?:veux|voudrais)|nous voulons|j[’']aimerais)\s+(?=cr|fai|r[ée]al|un)/iu,
    new RegExp(
      `^(?:(?:${verbs})(?:-moi|-nous)?\\s+)(?:une?|la|le|notre)?\\s*(?:petite?\\s+|courte?\\s+)?(?:${made}|(?<genre>${genre}))(?<manner>(?:\\s+(?:[^\\s.:;!?]|[:.](?=\\S))+){0,8}?)\\s*(?:\\s(?:sur|à propos (?:de|d[’'])|au sujet (?:de|d[’'])|pour|montrant|qui montre|où)\\s+|\\s(?:du|de la|d[’'])\\s*(?=\\p{L})|\\sde\\s+(?!\\d)|\\s*[:,–—-]\\s*|[.!]?$)`,
      'iu',
    ),
    new RegExp(
      `^(?:une?\\s+|la\\s+|le\\s+)(?:petite?\\s+|courte?\\s+)?(?:${made}|(?<genre>${genre}))(?<manner>(?:\\s+(?!de\\s|d[’'])(?:[^\\s.:;!?]|[:.](?=\\S))+){0,5}?)\\s*(?:\\s(?:sur|à propos (?:de|d[’'])|pour|:)\\s+|\\sde\\s+(?!\\d)|\\sd[’'](?=une?\\s))`,
      'iu',
    ),
    /^(?:la\s+|une\s+)?recette\s+(?:de\s+|d[’'])(?:la\s+|l[’'])?/iu,
    /^comment\s+(?:faire|préparer|cuire|construire|réussir)\s+/iu,
    /^(?:annonce[rz]?|présente[rz]?|explique[rz]?|raconte[rz]?|montre[rz]?|nous (?:lançons|ouvrons|présentons)|voici|découvrez)\s*:?\s+(?:l[’']histoire (?:de\s+|d[’']))?(?:que\s+)?/iu,
    /^(?:commence[rz]?|termine[rz]?|fini[srt]s?(?:sez)?)\s+(?:par|avec|sur)\s+/iu,
  ],
  cues: {
    announcement:
      /^\W*(?:annonce[rz]?|nous (?:lançons|ouvrons))(?!\p{L})|grande ouverture|\bdisponible dès\b/imu,
    how_to:
      /(?:^|\P{L})(?:recette|tutoriel|étape par étape|comment (?:faire|préparer|réussir|construire|cuire))/iu,
    story: /(?:^|\P{L})(?:il était une fois|conte|histoire (?:de|d[’']|pour)|racont\p{L}+ l[’']histoire)/iu,
    explainer:
      /(?:^|\P{L})expli(?:que|quer|quez|cation)(?!\p{L})|^\W*pourquoi(?!\p{L})|comment [^.?!\n]{2,60} fonctionne|qu[’']est-ce que/imu,
    product_showcase: /vidéo (?:de )?produit|(?:pub|publicité|spot) pour/iu,
  },
  style: {
    looks: anyWord(
      "aquarelle|en noir et blanc|noir et blanc|anime|dessin animé|stop[- ]motion|pâte à modeler|peinture à l[’']huile|pixel art|documentaire|dessiné à la main|années (?:19|20)?\\d0|médiéval\\p{L}*|belle époque|cinématographique|néons?|minimaliste",
    ),
    times: anyWord(
      "la nuit|(?:à|avant) l[’']aube|au (?:crépuscule|coucher du soleil|lever du soleil|clair de lune|matin)|à la bougie|sous la (?:pluie|neige)|dans la brume|le (?:matin|soir)|chaque (?:matin|soir|nuit)",
    ),
    moods: {
      gritty: anyWord('rugueu\\p{L}+|âpre|nerveu\\p{L}+'),
      calm: anyWord('calme|paisible|tranquille|serein\\p{L}*|apais\\p{L}+|intime|chaleureu\\p{L}+'),
      playful: anyWord('ludique|drôle|espiègle|amusant\\p{L}*'),
      sad: anyWord('triste|mélancolique|nostalgique'),
      epic: anyWord('épique|héroïque|majestueu\\p{L}+|dramatique'),
      tense: anyWord('tendu\\p{L}*|inquiétant\\p{L}*|mystérieu\\p{L}+|sombre'),
      joyful: anyWord('joyeu\\p{L}+|gai\\p{L}*|festi\\p{L}+|optimiste'),
      dreamy: anyWord('onirique|rêveu\\p{L}+|magique|féerique'),
    },
    fast: anyWord('rapide|vif|énergique|effréné\\p{L}*'),
    slow: anyWord('lent|lente|lentement'),
    tones: anyWord(
      'brut\\p{L}*|doux|douce|chaud\\p{L}*|froid\\p{L}*|clair\\p{L}*|naturel\\p{L}*|élégant\\p{L}*|simple|moderne|rustique|coloré\\p{L}*|sérieu\\p{L}+|frais|lumineu\\p{L}+',
    ),
    clause:
      /^(?:(?:(?:le |la |l[’'])?(?:style|ambiance|ton|atmosphère|lieu|époque|lumière|décor)(?:\s*[:=]|\s+est)\s*)(?<what>.+)|(?<what2>(?:dans un|à la|filmé|peint|dessiné|avec une)\s+.{0,40}(?:style|ambiance|atmosphère)(?:\s+.{1,30})?)|(?<what4>(?:style|ambiance)\s+.{1,40})|(?<what3>(?:sans|pas de|aucune?)\s+.+))$/iu,
    music:
      /^(?:(?:musique|bande[- ]son)\s*(?:[:=]|est)\s*(?<what>.+)|(?:avec|sur)\s+(?:une\s+)?(?<what2>musique(?:\s+\p{L}+){0,4}))$/iu,
    technical:
      /^(?:(?:de |d[’']|en |environ |durée\s*:? ?|format )*(?:\d+(?:[.,]\d+)?\s?(?:secondes?|s|minutes?)|courte?|longue?|petite?|nouve\p{L}+|belle|verticale?|horizontale?|carrée?|HD|4K|(?:16:9|9:16|1:1|4:3|4:5)|format|pour|instagram|tiktok|vidéo|clip)(?:[\s,]+|$))+$/iu,
    and: /\s*(?:,|(?<!\p{L})(?:et|mais)(?!\p{L}))\s*/iu,
  },
  states: /^(?:\S+\s+){1,4}(?:porte|portent|a|ont|est|sont)\s+(?:une?|des|très)\s/iu,
  camera: {
    shots: [
      'plan large',
      'plan moyen',
      'gros plan',
      'plan en pied',
      'plan rapproché',
      'plan très large',
      'plan de détail',
      'très gros plan',
    ],
    angles: [
      'à hauteur des yeux',
      'en contre-plongée',
      'en plongée',
      'de profil',
      'de dos',
      'de très loin',
      'avec un premier plan flou',
      'à la verticale',
    ],
    movements: [
      'lent travelling avant',
      'caméra fixe',
      'lent panoramique vers la droite',
      'travelling latéral fluide',
      'lent travelling arrière',
      'lent panoramique vers le haut',
      'lent arc de cercle',
      'caméra à l’épaule qui suit',
    ],
    oneShot: 'un seul plan continu',
    asInPicture: 'Exactement comme sur l’image de référence : même forme, mêmes couleurs, mêmes marques',
    named:
      /(?<!\p{L})(?:caméra|travelling|zoom|panoramique|gros plan|plan large|plan serré|vue aérienne|drone|macro)(?!\p{L})/iu,
  },
  comma: ', ',
  stop: '.',
};
