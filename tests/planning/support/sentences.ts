/** Parts of briefs in a language; each entry is a sentence. A label precedes `|`. */
export interface SentenceParts {
  /** Requests, put in front of the first sentence with content. */
  readonly requests: readonly string[];
  readonly told: readonly string[];
  readonly styles: readonly string[];
  readonly music: readonly string[];
  /** Each forbids something. */
  readonly forbidden: readonly string[];
}

export const sentenceParts: Readonly<Record<string, SentenceParts>> = {
  en: {
    requests: [
      '',
      'Make a 15-second video about ',
      'Please create a short, gritty clip of ',
      'I need a reel for ',
    ],
    told: [
      'the old ferry that crosses the fjord at 6:40.',
      'my grandfather told a story about it every winter.',
      'one morning a postman found a letter, a key and 3 coins.',
      'they show it to the baker; nobody knows the handwriting.',
      'in the kitchen hung a recipe for disaster.',
      'call 555-0134 or write to ferry@fjord.example.',
    ],
    styles: [
      'In watercolour style.',
      'Black and white, grainy.',
      'Calm and cosy.',
      'Setting: |Bergen, 1962.',
    ],
    music: ['Melancholic piano.', 'Music: |one solo cello.', 'Use |upbeat music.'],
    forbidden: [
      'Do not show faces.',
      'Avoid any text.',
      'No people, please.',
      "Don't use logos, captions or maps.",
      'no music!',
    ],
  },
  de: {
    requests: [
      '',
      'Erstelle ein Video von 30 Sekunden über ',
      'Bitte mach einen kurzen Film über ',
      'Ich brauche einen Clip für ',
    ],
    told: [
      'die alte Fähre, die um 6:40 den Fjord quert.',
      'mein Großvater erzählte jeden Winter eine Geschichte davon.',
      'eines Morgens fand ein Briefträger einen Schlüssel und 3 Münzen.',
      'am 3. Mai zeigte er ihn der Bäckerin; niemand kannte die Schrift.',
      'Tel. 0664/123 45 67, täglich ab 8 Uhr.',
    ],
    styles: ['Im Aquarellstil.', 'Ruhig und warm.', 'Stimmung: |wehmütig.'],
    music: ['Ruhiges Cello.', 'Musik: |Akkordeon, langsam.'],
    forbidden: [
      'Zeige keine Gesichter.',
      'Kein Text, bitte.',
      'Ohne Menschen.',
      'Vermeide Logos und Untertitel.',
      'Keine Musik.',
    ],
  },
  fr: {
    requests: ['', 'Crée une vidéo de 15 secondes sur ', 'Je voudrais un petit film sur ', 'Montre '],
    told: [
      'le vieux bac qui traverse le fjord à 6 h 40.',
      'mon grand-père racontait une histoire chaque hiver.',
      'un matin un facteur trouva une clé, une lettre et 3 pièces.',
      'la boulangère de Nantes ne connaît pas cette écriture.',
    ],
    styles: ['Style aquarelle.', 'Ambiance : |calme et chaude.', 'En noir et blanc.'],
    music: ['Piano mélancolique.', 'Musique : |un violoncelle seul.'],
    forbidden: [
      'Ne montre pas de visages.',
      'Pas de texte.',
      'Sans personnages ni gens.',
      'Évitez les logos.',
      'Sans musique.',
    ],
  },
  es: {
    requests: ['', 'Crea un vídeo de 20 segundos sobre ', 'Quiero un clip para ', 'Muestra '],
    told: [
      'el viejo transbordador que cruza el fiordo a las 6:40.',
      'mi abuelo contaba una historia cada invierno.',
      'una mañana un cartero encontró una llave, una carta y 3 monedas.',
      'la panadera de Cádiz no conoce esa letra.',
    ],
    styles: ['Estilo acuarela.', 'Ambiente: |tranquilo.', 'En blanco y negro.'],
    music: ['Piano melancólico.', 'Música: |guitarra lenta.'],
    forbidden: [
      'No muestres caras.',
      'Sin texto, por favor.',
      'Nada de logos.',
      'Evita personas y coches.',
      'Sin música.',
    ],
  },
  ja: {
    requests: [''],
    told: [
      '古い渡し船が朝6時40分に湾を渡ります。',
      '祖父は毎年冬にその話をしました。',
      'ある朝、郵便配達員が鍵と3枚の硬貨を見つけました。',
      'パン屋の佐藤さんはその字を知りません。',
    ],
    styles: ['水彩画風で。', '静かな雰囲気で。'],
    music: ['切ないピアノの曲。', '音楽：|チェロ。'],
    forbidden: ['顔は映さないでください。', '文字なし。', '人を出さないで。', '音楽は不要です。'],
  },
  zh: {
    requests: ['', '请制作一个30秒的视频，', '做一个短片：'],
    told: [
      '老渡船早上6点40分穿过海湾。',
      '爷爷每年冬天讲起那件事。',
      '邮递员发现了一把钥匙和3枚硬币。',
      '面包师王芳不认识那些字迹。',
    ],
    styles: ['水墨画风格。', '氛围：|安静。', '黑白。'],
    music: ['忧伤的钢琴。', '音乐：|大提琴。'],
    forbidden: ['不要出现人脸。', '不要文字。', '没有人物。', '避免使用标志。', '不要音乐。'],
  },
  ar: {
    requests: ['', 'اصنع فيديو عن ', 'أريد فيديو قصير عن '],
    told: [
      'العبّارة القديمة التي تعبر الخليج في الساعة 6.',
      'جدي كان يحكي عنها كل شتاء.',
      'وجد ساعي البريد مفتاحا و3 قطع نقدية.',
      'الخبازة سلمى لا تعرف هذا الخط.',
    ],
    styles: ['بألوان مائية.', 'الجو: |هادئ.', 'بالأبيض والأسود.'],
    music: ['بيانو حزين.', 'موسيقى: |عود بطيء.'],
    forbidden: ['لا تظهر أي وجوه.', 'بدون نص.', 'تجنب الشعارات.', 'دون أشخاص.', 'بدون موسيقى من فضلك.'],
  },
  hi: {
    requests: ['', 'कृपया '],
    told: [
      'पुरानी नाव सुबह 6 बजे खाड़ी पार करती है।',
      'मेरे दादा हर सर्दी में यह किस्सा सुनाते थे।',
      'डाकिए को एक चाबी और 3 सिक्के मिले।',
      'बेकरी वाली मीरा वह लिखावट नहीं जानती।',
    ],
    styles: ['जलरंग शैली में।', 'माहौल: |शांत।'],
    music: ['उदास सितार।', 'संगीत: |बाँसुरी, धीमी।'],
    forbidden: ['चेहरे मत दिखाना।', 'बिना टेक्स्ट के।', 'कोई लोगो नहीं दिखाना।', 'बिना संगीत के।'],
  },
};
