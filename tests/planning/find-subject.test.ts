import { draftStoryboard } from '../../activities/planning/build-storyboard.ts';
import { createBrief } from './support/create-brief.ts';

test.each([
  ['At last the rain fell. One morning a postman found a letter. He read it.', 'A postman'],
  ['Suddenly my old radio starts to sing.', 'My old radio'],
  ['On Monday the driver finds a violin.', 'The driver'],
  [
    '“Take the long way home” – a short film in black and white about a taxi driver in Lisbon.',
    'A taxi driver in Lisbon',
  ],
  ['555-0134. Bakery Miller, tel. 030 1234567', 'Bakery Miller'],
  ['#nails #glow\nGlow Nails opens on Monday', 'Glow Nails'],
  ['Ready for summer? The Nordkapp boot keeps you dry.', 'The Nordkapp boot'],
  ['Beach cleanup THIS SATURDAY 9AM', 'Beach cleanup'],
  ['ok so basically theres this kid and he finds an egg', 'This kid'],
  ['Eines Tages findet ein Junge einen Brief.', 'Ein Junge'],
  ['Endlich kommt die alte Fähre.', 'Die alte Fähre'],
  ['WICHTIG: ab 1.9. neue Öffnungszeiten', 'Ab 1.9. neue Öffnungszeiten'],
  ['Wir suchen dich! Elektriker (m/w/d) ab sofort. Tel. 0664/123', 'Elektriker'],
  ['Un matin, le facteur trouve une lettre.', 'Le facteur'],
  ['L’histoire de la tour Eiffel : 324 mètres', 'La tour Eiffel'],
  ['Comment planter un olivier : creuser un trou', 'Un olivier'],
  ['Por fin la lluvia para. Un cartero encuentra una carta. Él la lee.', 'Un cartero'],
  ['¿Cómo funciona una vacuna? El cuerpo ve un virus.', 'Una vacuna'],
  ['Anuncio de nuestra panadería La Espiga, abierto desde las 6:30', 'Nuestra panadería La Espiga'],
  ['1. Mai in Wien: die Blasmusik zieht über den Ring.', '1. Mai in Wien'],
  ['Zutaten:\n1. 250 g Mehl\n2. 3 Eier', 'Zutaten'],
  ['没有人知道灯塔的秘密。女孩小米发现了门。', '女孩小米'],
  ['ある朝、郵便配達員は手紙を見つけました。', '郵便配達員'],
  ['周末去哪儿？我们的民宿在大理古城。', '我们的民宿'],
  ['ذات يوم خرج صياد فقير.', 'خرج صياد فقير'],
  ['एक दिन डाकिए को एक चाबी मिली।', 'डाकिए'],
])('the subject of "%s" is "%s"', (prompt, subject) => {
  expect(draftStoryboard(createBrief({ prompt })).cast.map(({ name }) => name)).toEqual([subject]);
});

test.each([
  ['L’histoire de la tour Eiffel', 'plain'],
  ['Histoire du pain', 'plain'],
  ['Racontez l’histoire d’une petite tortue', 'story'],
  ['Historia de la tortilla española', 'plain'],
  ['La historia del chocolate', 'plain'],
  ['Cuenta la historia de un viejo pescador', 'story'],
  ['Die Geschichte der Stadt Wien', 'plain'],
  ['Erzähle die Geschichte von einem kleinen Schneider', 'story'],
  ['The history of the bicycle', 'plain'],
  ['My grandfather told a story about it every winter.', 'plain'],
  ['Tell the story of Ada, a girl with a lamp', 'story'],
  ['A story about a kite that is afraid of wind', 'story'],
])('"%s" is told as %s: a history is no story', (prompt, template) => {
  expect(draftStoryboard(createBrief({ prompt })).template.name).toBe(template);
});
