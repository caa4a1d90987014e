import type { Language } from './language.ts';
import { anyWord, forbidding, mannerWord, wholeWord, wordSet } from './patterns.ts';

const made = 'v[ií]deo|clip|anuncio|spot|cortometraje|corto|película|reel|tráiler|receta|tutorial|comercial';
const genre = 'historia|cuento|documental|animación|dibujos animados';
const verbs = 'crea|cree|haz|haga|hacer|crear|produce|produzca|graba|genera|genere|realiza|escribe|muestra';
const word = mannerWord(
  'el|los|las|su|sus|mi|mis|tu|este|esta|ese|yo|él|ella|nosotros|ellos|que|quien|no|es|son|era|ha|se|le',
);
const wanted = `una?\\s+(?:${word}\\s+){0,3}?(?:${made}|${genre})(?!\\p{L})`;

export const spanish: Language = {
  code: 'es',
  smallWords: wordSet(
    'el los las una y con para del al es son que en un por su sus se no como más cuando la de hasta luego lo mi quiero nos le q muy',
  ),
  nounPhrase: {
    determiners: wordSet(
      'el la los las un una unos unas su sus nuestro nuestra nuestros mi mis este esta estos estas cada',
    ),
    joiners: wordSet('de del y e o a al con en sobre bajo junto entre llamado llamada'),
    asides:
      /^(?:(?:y|pero|luego|después|entonces|primero|por fin|al fin|finalmente|de repente|más tarde|hoy|mañana|ayer|ahora|pronto|a veces|solo|un (?:día|buen día)|una (?:mañana|noche|tarde)|cada (?:día|mañana|noche|tarde|año|verano|invierno)|al final|al (?:amanecer|atardecer|anochecer)|por la (?:mañana|noche|tarde)|de noche|en (?:verano|invierno|otoño|primavera|\d{4}))(?:,\s*|\s+))+/iu,
    indefinite: wholeWord('una?'),
    pronouns: wholeWord('yo|nosotros|tú|usted|él|ella|ellos|ellas|esto|eso|nadie|alguien|nada'),
    openers:
      /^(?:(?:la )?historia del?\s+)?(?:(?:érase|había) una vez\s+)?(?:¿?(?:cómo|por qué)\s+(?:\p{L}+(?:ar|er|ir)\s+|funcionan?\s+)?)?/iu,
    ends: wholeWord(
      'que|q|le|les|lo|nos|quien|donde|cuando|mientras|porque|pero|es|son|está|están|era|ha|han|puede|para|cruza|camina|corre|busca|encuentra|sale|vive|enciende|abre|mira|miran|observan|amasa|se|antes|después|luego|él|ella|por',
    ),
  },
  requests: [
    /^¡?(?:hola|buenos días|buenas)(?: a todos)?(?:[,!.]+\s*|$)/iu,
    /^¡?(?:muchas )?gracias(?: de antemano)?[!.]*$/iu,
    /^(?:por favor|porfa)[,!]?\s+/iu,
    /[,;]?\s+(?:por favor|porfa|gracias)(?=[!.]*$)/iu,
    new RegExp(
      `^¿?(?:me |nos )?(?:puedes|podrías|quiero|quisiera|queremos|necesito|necesitamos)\\s+(?=(?:${verbs})(?:me|nos)?\\s|${wanted})`,
      'iu',
    ),
    new RegExp(
      `^(?:(?:${verbs})(?:me|nos)?\\s+)(?:una?|el|la|nuestro)?\\s*(?<late>(?:${word}\\s+){0,3}?)(?:${made}|(?<genre>${genre}))(?<manner>(?:\\s+${word}){0,8}?)\\s*(?:\\s(?:sobre|acerca de|para|mostrando|que muestre|que muestra|donde)\\s+|\\sdel?\\s+(?!\\d)|\\s*[:,–—-]\\s*|[.!]?$)`,
      'iu',
    ),
    new RegExp(
      `^(?:una?\\s+|el\\s+|la\\s+|(?=(?:${made})\\s))(?<late>(?:${word}\\s+){0,3}?)(?:${made}|(?<genre>${genre}))(?<manner>(?:\\s+(?!del?\\s)${word}){0,5}?)\\s*(?:\\s(?:sobre|acerca de|para|:)\\s+|\\sde\\s+(?!\\d))`,
      'iu',
    ),
    /^(?:la\s+|una\s+)?receta\s+(?:de|para)\s+/iu,
    /(?:^|\s+)en\s+\d+\s*(?:segundos?|minutos?)(?=[.:!\s]|$)/iu,
    /^cómo\s+(?:hacer|preparar|cocinar|construir)\s+/iu,
    /^¡?(?:anuncia|anuncie|presenta|presente|explica|explique|cuenta|cuente|muestra|muestre|presentamos|lanzamos|inauguramos|conoce|descubre)\s*:?\s+(?:la historia de\s+)?(?:que\s+)?/iu,
    /^(?:empieza|comienza|termina|acaba|cierra|inicia)\s+con\s+/iu,
  ],
  cues: {
    announcement:
      /^\P{L}*(?:anuncia|anuncie|presentamos|lanzamos|inauguramos)(?!\p{L})|gran (?:apertura|inauguración)|ya disponible/imu,
    how_to: /(?:^|\P{L})(?:receta|tutorial|paso a paso|cómo \p{L}+(?:ar|er|ir))(?!\p{L})/iu,
    story:
      /(?:^|\P{L})(?:érase una vez|había una vez|cuento|historia (?:de|sobre) una?|historia (?:de amor|para niños|infantil)|c(?:ue|o)nt\p{L}+ la historia de (?!la |el |los |las ))(?!\p{L})/iu,
    explainer:
      /(?:^|\P{L})expli(?:ca|que|car)(?!\p{L})|^\P{L}*por qué|cómo funciona|cómo [^.?!\n]{2,60} funciona|^\P{L}*qué es(?!\p{L})/imu,
    product_showcase: /v[ií]deo de producto|(?:anuncio|comercial|spot) (?:para|de)(?!\p{L})/iu,
  },
  forbids: forbidding({
    softly: 'por favor|gracias|porfa',
    but: 'pero',
    orders:
      'no (?:se )?(?:muestr|mostr|enseñ|us|utili[cz]|pon|pong|añad|inclu|hag|hac|film|grab|escrib|agregu)\\p{L}*|no (?:quiero|queremos|necesito)|no (?:debe|puede)\\p{L}*|que no (?:haya|se vean|aparezca\\p{L}*|salga\\p{L}*)',
    no: 'nada de|ning[uú]na?|ni',
    avoid: 'evit(?:a|e|en|ar)(?: l[oa]s?| el)?',
    without: 'sin(?: ning[uú]na?)?',
    things:
      '(?:personas|gente|humanos|caras|rostros|textos?|palabras|letras|letreros|subtítulos|títulos?|logos?|logotipos?|marcas? de agua|música|sonidos?|voz(?: en off)?|voces|narra\\p{L}+|diálogos?|animales|niños|coches|marcas|publicidad|sangre|violencia|armas|efectos|cortes|emojis)',
    or: 'o|u|ni|y',
    music: 'música|sonidos?',
  }),
  style: {
    looks: anyWord(
      'acuarela|en blanco y negro|blanco y negro|anime|dibujos animados|stop[- ]motion|plastilina|óleo|pixel art|documental|dibujado a mano|años (?:19|20)?\\d0|medieval|cinematográfic\\p{L}+|neón|minimalista',
    ),
    times: anyWord(
      'de noche|al (?:amanecer|atardecer|anochecer)|a la luz de (?:la luna|las velas)|bajo la (?:lluvia|nieve)|en la niebla|por la (?:mañana|noche|tarde)|de madrugada',
    ),
    moods: {
      gritty: anyWord('áspero?a?s?|descarnad\\p{L}+'),
      calm: anyWord('tranquil\\p{L}+|seren\\p{L}+|apacible|acogedor\\p{L}*|íntim\\p{L}+|sosegad\\p{L}+'),
      playful: anyWord('juguet\\p{L}+|divertid\\p{L}+|traviés\\p{L}+|graciós\\p{L}+'),
      sad: anyWord('triste|melancólic\\p{L}+|nostálgic\\p{L}+'),
      epic: anyWord('épic\\p{L}+|heroic\\p{L}+|majestuos\\p{L}+|dramátic\\p{L}+'),
      tense: anyWord('tens[oa]s?|inquietante|misterios\\p{L}+|sombrí\\p{L}+'),
      joyful: anyWord('alegre|alegres|festiv\\p{L}+|optimista|feliz'),
      dreamy: anyWord('onírico|onírica|soñador\\p{L}*|mágic\\p{L}+'),
    },
    fast: anyWord('rápid\\p{L}+|enérgic\\p{L}+|frenétic\\p{L}+|vertiginos\\p{L}+'),
    slow: anyWord('lent[oa]s?|lentamente|pausad\\p{L}+'),
    tones: anyWord(
      'suave|crud[oa]s?|salvaje|dur[oa]|cálid\\p{L}+|frí[oa]s?|clar[oa]s?|natural|naturales|elegante|sencill\\p{L}+|modern\\p{L}+|rústic\\p{L}+|colorid\\p{L}+|seri[oa]|fresc\\p{L}+|luminos\\p{L}+|suci[oa]',
    ),
    clause:
      /^(?:(?:(?:el |la )?(?:estilo|ambiente|tono|atmósfera|lugar|época|luz|aspecto)(?:\s*[:=]|\s+es)\s*)(?<what>.+)|(?<what2>(?:con|en|filmad[oa]|pintad[oa]|dibujad[oa])\s+.{0,40}(?:estilo|ambiente|atmósfera|tono)(?:\s+.{1,30})?)|(?<what4>(?:estilo|ambiente)\s+[^,]{1,40})|(?:(?:que|q) sea|hazl[oa]) (?<what3>.+)|(?<what5>no (?:demasiado|muy|tan)\s+.+))$/iu,
    music:
      /^(?:(?:música|banda sonora)\s*(?:[:=]|es)\s*(?<what>.+)|(?:con\s+)?(?<what2>música(?:\s+\p{L}+){0,4}))$/iu,
    instruments: anyWord(
      '(?:pianos?|guitarras?|violín|violines|violonchelo|chelo|cuerdas|flautas?|arpa|tambores|batería|percusión|sintetizador(?:es)?|saxofón|saxo|trompetas?|acordeón|ukelele|banjo|armónica|órgano|orquesta|coro|voces|jazz|flamenco|techno|lo-?fi)(?: (?:acústic[oa]s?|eléctric[oa]s?|solo))?',
    ),
    technical:
      /^(?:(?:de |en |unos |duración\s*:? ?|formato )*(?:\d+(?:[.,]\d+)?\s?(?:segundos?|s|minutos?)|cort[oa]|breve|larg[oa]|pequeñ[oa]|nuev[oa]|bonit[oa]|vertical|horizontal|cuadrado|HD|4K|(?:16:9|9:16|1:1|4:3|4:5)|formato|para|instagram|tiktok|v[ií]deo|clip)(?:[\s,]+|$))+$/iu,
    and: /\s*(?:,|(?<!\p{L})(?:y|e|pero)(?!\p{L}))\s*/iu,
  },
  states: /^(?:\S+\s+){1,4}(?:es|son|tiene|tienen|lleva|llevan)\s+(?:una?|unos|unas|muy)\s/iu,
  camera: {
    shots: [
      'plano general',
      'plano medio',
      'primer plano',
      'plano entero',
      'plano medio corto',
      'gran plano general',
      'plano detalle',
      'primerísimo primer plano',
    ],
    angles: [
      'a la altura de los ojos',
      'en contrapicado',
      'en picado',
      'de perfil',
      'de espaldas',
      'desde muy lejos',
      'con el primer término desenfocado',
      'en vista cenital',
    ],
    movements: [
      'lento acercamiento',
      'cámara fija',
      'lenta panorámica a la derecha',
      'suave travelling lateral',
      'lento alejamiento',
      'lenta panorámica hacia arriba',
      'lento arco',
      'cámara en mano que sigue',
    ],
    oneShot: 'una sola toma continua',
    asInPicture: 'Exactamente como en la imagen de referencia: misma forma, colores y marcas',
    picture: 'Imagen ',
    kinds: { product: 'producto', person: 'persona', place: 'lugar', style: 'estilo' },
    named:
      /(?<!\p{L})(?:cámara|travelling|zoom|panorámica|primer plano|plano general|plano detalle|vista aérea|dron|macro)(?!\p{L})/iu,
  },
  comma: ', ',
  stop: '.',
};
