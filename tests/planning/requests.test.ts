import { readBrief } from '../../activities/planning/read-brief.ts';

test.each([
  ['Make a short, gritty film about a lighthouse', 'a lighthouse', 'gritty'],
  ['Can you make a 15 sec reel for my nail salon?', 'my nail salon?', ''],
  ['I’d like a short birthday video for my mum', 'my mum', 'birthday'],
  ['Luxury watch ad.', 'Luxury watch', ''],
  ['My grandfather told a story about it', 'My grandfather told a story about it', ''],
  ['I want to break free', 'I want to break free', ''],
  ['Hello Kitty waves', 'Hello Kitty waves', ''],
  ['Ich brauche einen ruhigen Clip für unsere Hochzeit', 'unsere Hochzeit', 'ruhigen'],
  ['Ich möchte nach Hause', 'Ich möchte nach Hause', ''],
  ['Mein Opa erzählte eine Geschichte von früher', 'Mein Opa erzählte eine Geschichte von früher', ''],
  ['Je voudrais une belle vidéo pour mon restaurant', 'mon restaurant', ''],
  ['Je veux un café', 'Je veux un café', ''],
  ['Quiero un vídeo alegre para mi perrita', 'mi perrita', 'alegre'],
  ['Quiero un café', 'Quiero un café', ''],
  ['做一个关于老火车站的短片。', '老火车站', ''],
  ['コーヒー豆の紹介動画を作ってください。', 'コーヒー豆', ''],
  ['أريد فيديو قصير عن مقهى جدي', 'مقهى جدي', ''],
  ['मुझे अपनी दुकान के लिए 20 सेकंड का वीडियो चाहिए।', 'अपनी दुकान', ''],
])('"%s" asks for "%s", and for "%s" as its manner', (prompt, told, manner) => {
  const { units, style } = readBrief(prompt);

  expect(
    units
      .map(({ text }) => text)
      .join(' ')
      .replace(/[.。।]$/u, ''),
  ).toBe(told);
  expect(style.join()).toBe(manner);
});
