import type { Template } from '../../../domain/brief.ts';

/** Places, moods, media and props that a plan may only take from the brief. */
const inventions = [
  'wooden table|plinth|studio|backdrop|pedestal|confetti|empty space|headline|end card',
  'photorealistic|commercial photography|cinematic|bokeh|depth of field|\\d+ mm lens|film grain|8k|masterpiece',
  'refined|elegant|premium|luxur\\w+|stunning|breathtaking|inviting|radiant|vibrant|warm glow|golden[- ]hour',
  'rim light|soft light|window light|sunlit|backlight|spotlights?',
  'unbranded|alternatives|look-alikes|in the foreground|in focus:|what matters here',
  'fotorealistisch|studio|edel|hochwertig|photoréaliste|élégant|raffiné|fotorrealista|elegante|refinado',
  'スタジオ|高級|写実|木のテーブル|摄影棚|高端|写实|木桌|استوديو|فاخر|طاولة خشبية|स्टूडियो|प्रीमियम|लकड़ी की मेज़',
];

const productTalk =
  'product|hero image|hero shot|brand|customers?|features?|benefits?|in use|testimonial|produkt|produit|producto|商品|产品|منتج|उत्पाद';
const storyTalk = 'once upon a time|happily ever after|the end|es war einmal|il était une fois|érase una vez';
const lessonTalk = 'step \\d|ingredients|tutorial|schritt \\d|étape \\d|paso \\d';

const ofTemplates: Readonly<Record<Template, readonly string[]>> = {
  plain: [productTalk, storyTalk, lessonTalk],
  story: [productTalk, lessonTalk],
  how_to: [productTalk, storyTalk],
  explainer: [productTalk, storyTalk],
  product_showcase: [storyTalk, lessonTalk],
  lifestyle_ad: [storyTalk, lessonTalk],
  announcement: [storyTalk, lessonTalk],
};

/** People's requests to the maker of a video, which no picture shows. */
const instructions = [
  '(?:make|create|produce|generate|shoot)\\s+(?:me\\s+)?(?:an?|the)\\s[^.]{0,40}(?:video|clip|ad|film|tutorial)',
  'videos?|announce|announcing|explain how|how to make|please|use upbeat|seconds? ad|end with',
  'erstelle|kündige|bitte|vidéo|crée|raconte|cuenta|vídeo|crea|receta de|rezept für',
  '動画|作ってください|视频|请制作|فيديو|اصنع|वीडियो|बनाइए',
];

/** Finds words that its plan must not have, because the brief has none of them. */
export function findInventions(text: string, prompt: string, template: Template): string[] {
  return findWords(text, [...inventions, ...ofTemplates[template]]).filter(
    (word) => !prompt.toLowerCase().includes(word.toLowerCase()),
  );
}

/** Finds words of a request that were taken for content. */
export function findInstructions(text: string): string[] {
  return findWords(text, instructions);
}

function findWords(text: string, lists: readonly string[]): string[] {
  return lists.flatMap((list) => {
    // Scripts without spaces have no word boundaries.
    const pattern = new RegExp(`(?<![\\p{Script=Latin}])(?:${list})(?![\\p{Script=Latin}])`, 'giu');
    return text.match(pattern) ?? [];
  });
}
