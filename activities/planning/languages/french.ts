import type { Language } from './language.ts';
import { anyWord, forbidding, mannerWord, wholeWord, wordSet } from './patterns.ts';

const made = 'vidéo|clip|pub|publicité|film|court[- ]métrage|reel|bande[- ]annonce|spot|recette|tutoriel';
const genre = 'histoire|conte|documentaire|dessin animé|animation';
const verbs =
  'crée[rz]?|créez|fais|faites|réalise[rz]?|produis(?:ez)?|génère[rz]?|tourne[rz]?|écris|faire|montre[rz]?';
const word = mannerWord(
  'le|la|les|des|du|ce|cette|ces|son|sa|ses|mon|ma|mes|je|tu|il|elle|on|nous|vous|ils|elles|qui|que|ne|pas|est|sont|était|ont',
);
const wanted = `une?\\s+(?:${word}\\s+){0,3}?(?:${made}|${genre})(?!\\p{L})`;

export const french: Language = {
  code: 'fr',
  smallWords: wordSet(
    'le la les une et avec dans pour des du au aux sur est sont qui que ce cette son sa ses un il elle ils ne pas par en à puis nous vous je mon notre de l’ d’ qu’ n’ s’ j’ c’',
  ),
  nounPhrase: {
    determiners: wordSet(
      'le la les un une des du son sa ses leur leurs notre nos mon ma mes ce cet cette ces tout toute tous toutes',
    ),
    joiners: wordSet('de d’ et ou à au aux avec en dans sur sous près chez nommé nommée appelé appelée'),
    asides:
      /^(?:(?:et|mais|puis|ensuite|enfin|soudain|d[’']abord|après|plus tard|aujourd[’']hui|demain|hier|maintenant|bientôt|parfois|juste|finalement|un (?:jour|matin|soir)|une nuit|chaque (?:jour|matin|soir|nuit|année|été|hiver)|à la fin|à l[’']aube|(?:au|le) (?:matin|soir|petit matin|printemps)|la nuit|en (?:été|hiver|automne|\d{4}))(?:,\s*|\s+))+/iu,
    indefinite: wholeWord('une?'),
    pronouns: wholeWord('je|nous|tu|vous|il|elle|on|ils|elles|ce|ça|personne|rien|non'),
    openers:
      /^(?:(?:l[’'])?histoire (?:de\s+|du\s+|d[’']))?(?:il était une fois\s+)?(?:(?:comment|pourquoi)\s+(?:\p{L}+(?:er|ir|re)\s+)?)?/iu,
    ends: wholeWord(
      'qui|que|dont|où|quand|lorsque|pendant|parce|mais|est|sont|était|ont|peut|pour|traverse|marche|court|pétrit|part|s’[\\p{L}]+|se|cherche|trouve|regarde(?:nt)?|vit|allume|ouvre|avant|après|puis|chaque|il|elle',
    ),
  },
  requests: [
    /^(?:bonjour|salut|bonsoir)(?: à tous)?(?:\s?[,!.]+\s*|$)/iu,
    /^(?:merci|merci (?:beaucoup|d[’']avance))\s*[!.]*$/iu,
    /^(?:s[’']il (?:te|vous) pla[iî]t|stp|svp|merci de)(?:[,!]?\s+|[,!.]*$)/iu,
    /[,;]?\s+(?:s[’']il (?:te|vous) pla[iî]t|stp|svp|merci)(?=\s?[!.]*$)/iu,
    new RegExp(
      `^(?:peux-tu|pouvez-vous|pourriez-vous|je (?:veux|voudrais)|nous (?:voulons|voudrions)|j[’']aimerais)(?: me| nous)?\\s+(?=(?:${verbs}|créer|faire|réaliser)\\s|${wanted})`,
      'iu',
    ),
    new RegExp(
      `^(?:(?:${verbs})(?:-moi|-nous)?\\s+)(?:une?|la|le|notre)?\\s*(?<late>(?:${word}\\s+){0,3}?)(?:${made}|(?<genre>${genre}))(?<manner>(?:\\s+${word}){0,8}?)\\s*(?:\\s(?:sur|à propos (?:de|d[’'])|au sujet (?:de|d[’'])|pour|montrant|qui montre|où)\\s+|\\s(?:du|de la|d[’'])\\s*(?=\\p{L})|\\sde\\s+(?!\\d)|\\s*[:,–—-]\\s*|[.!]?$)`,
      'iu',
    ),
    new RegExp(
      `^(?:une?\\s+|la\\s+|le\\s+|(?=(?:${made})\\s))(?<late>(?:${word}\\s+){0,3}?)(?:${made}|(?<genre>${genre}))(?<manner>(?:\\s+(?!de\\s+(?!\\d)|d[’'])${word}){0,5}?)\\s*(?:\\s(?:sur|à propos (?:de|d[’'])|pour|:)\\s+|\\sde\\s+(?!\\d)|\\sd[’'](?=une?\\s))`,
      'iu',
    ),
    /^(?:la\s+|une\s+)?recette\s+(?:de\s+|d[’'])(?:la\s+|l[’'])?/iu,
    /\s+en\s+\d+\s*(?:secondes?|minutes?)(?=[.:!]|$)/iu,
    /^comment\s+(?:faire|préparer|cuire|construire|réussir)\s+/iu,
    /^(?:annonce[rz]?|présente[rz]?|explique[rz]?|raconte[rz]?|montre[rz]?|nous (?:lançons|ouvrons|présentons)|voici|découvrez)\s*:?\s+(?:l[’']histoire (?:de\s+|d[’']))?(?:que\s+)?/iu,
    /^(?:commence[rz]?|termine[rz]?|fini[srt]s?(?:sez)?)\s+(?:par|avec|sur)\s+/iu,
  ],
  cues: {
    announcement:
      /^\W*(?:annonce[rz]?|nous (?:lançons|ouvrons))(?!\p{L})|grande ouverture|\bdisponible dès\b/imu,
    how_to: /(?:^|\P{L})(?:recette|tutoriel|étape par étape|comment (?!expli)\p{L}+(?:er|ir|re)(?!\p{L}))/iu,
    story:
      /(?:^|\P{L})(?:il était une fois|conte(?!\p{L})|histoire (?:d[’']une? |d[’']amour|pour enfants)|racont\p{L}+ l[’']histoire (?:d[’']|de )(?!l[aeu’']))/iu,
    explainer:
      /(?:^|\P{L})expli(?:que|quer|quez|cation)(?!\p{L})|^\W*pourquoi(?!\p{L})|comment [^.?!\n]{2,60} fonctionne|qu[’']est-ce que/imu,
    product_showcase: /vidéo (?:de )?produit|(?:pub|publicité|spot) pour/iu,
  },
  forbids: forbidding({
    softly: "s[’']il (?:te|vous) pla[iî]t|merci|surtout|stp|svp",
    but: 'mais',
    orders:
      "(?:merci de )?n(?:e |[’'])(?:pas )?(?:montre[rz]?|utilise[rz]?|mets|mett(?:re|ez)|ajoute[rz]?|fai(?:s|tes|re)|inclu\\p{L}+|affiche[rz]?|filme[rz]?|écri\\p{L}+)|(?:je|nous) ne (?:veux|voudrais|voulons|souhaite) (?:pas|aucune?)|il ne (?:faut|doit)(?: \\p{L}+)? (?:pas|aucune?)",
    no: "pas d(?:e|u|es)|pas d[’'](?=\\p{L})|aucune?|ni",
    avoid: 'évite[rz]?(?: les?| la| tous? les?)?',
    without: 'sans(?: aucune?)?',
    things:
      '(?:personnes?|personnages?|gens|humains?|visages?|textes?|mots?|écritures?|lettres|sous-titres?|titres?|logos?|filigrane|musique|son|voix(?:[- ]off)?|narrat\\p{L}+|dialogues?|paroles|chant|animaux|enfants|voitures|marques?|publicité|pub|sang|violence|armes|effets|coupes|emojis?)',
    or: 'ou|et|ni',
    music: 'musique|son',
  }),
  style: {
    looks: anyWord(
      "aquarelle|en noir et blanc|noir et blanc|anime|dessin animé|stop[- ]motion|pâte à modeler|peinture à l[’']huile|pixel art|documentaire|dessiné à la main|années (?:19|20)?\\d0|médiéval\\p{L}*|belle époque|cinématographique|néons?|minimaliste",
    ),
    times: anyWord(
      "la nuit|(?:à|avant) l[’']aube|au (?:crépuscule|coucher du soleil|lever du soleil|clair de lune|matin)|à la bougie|sous la (?:pluie|neige)|dans la brume|le (?:matin|soir)",
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
      /^(?:(?:(?:le |la |l[’'])?(?:style|ambiance|ton|atmosphère|lieu|époque|lumière|décor)(?:\s*[:=]|\s+est)\s*)(?<what>.+)|(?<what2>(?:dans un|à la|filmé|peint|dessiné|avec une)\s+.{0,40}(?:style|ambiance|atmosphère)(?:\s+.{1,30})?)|(?<what4>(?:style|ambiance)\s+[^,]{1,40})|(?:rends-l[ae]|que ce soit|fais-l[ae]) (?<what3>.+)|(?<what5>pas (?:trop|si)\s+.+))$/iu,
    music:
      /^(?:(?:musique|bande[- ]son)\s*(?:[:=]|est)\s*(?<what>.+)|(?:(?:avec|sur)\s+(?:une\s+)?)?(?<what2>musique(?:\s+\p{L}+){0,4}))$/iu,
    instruments: anyWord(
      '(?:piano|guitares?|violons?|violoncelle|cordes|flûtes?|harpe|batterie|percussions?|synthés?|synthétiseurs?|saxophone|saxo|trompettes?|accordéon|ukulélé|banjo|harmonica|orgue|orchestre|chœur|chœurs|chants?|jazz|techno|lo-?fi)(?: (?:acoustique|électrique|solo))?',
    ),
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
    picture: 'Image ',
    kinds: { product: 'produit', person: 'personne', place: 'lieu', style: 'style' },
    named:
      /(?<!\p{L})(?:caméra|travelling|zoom|panoramique|gros plan|plan large|plan serré|vue aérienne|drone|macro)(?!\p{L})/iu,
  },
  comma: ', ',
  stop: '.',
};
