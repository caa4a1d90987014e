/** The tag after which models that think aloud begin their answer. */
const endOfThinking = '</think>';
const fence = '```';
/** Blocks to try: a real answer is among the first. */
const mostBlocks = 20;

/**
 * Finds the JSON in a model's text: the whole text, a fenced block, or the part between the first and the last brace;
 * the first that parses counts. A list counts as the beats of a storyboard. Takes time linear in the text's length.
 *
 * @returns undefined when there is none
 */
export function findJson(text: string): object | undefined {
  const end = text.lastIndexOf(endOfThinking);
  const answer = end === -1 ? text : text.slice(end + endOfThinking.length);
  for (const candidate of candidatesOf(answer)) {
    const found = parse(candidate);
    // An empty list is a fragment of an answer that was cut off.
    if (Array.isArray(found) && found.length === 0) continue;
    if (found) return Array.isArray(found) ? { beats: found } : found;
  }
  return undefined;
}

function candidatesOf(answer: string): string[] {
  const fenced = answer
    .split(fence)
    .filter((_, at) => at % 2 === 1)
    .slice(0, mostBlocks);
  const contents = fenced.map((block) => block.replace(/^[\w-]*/, ''));
  return [answer, ...contents, between(answer, '{', '}'), between(answer, '[', ']')];
}

function between(answer: string, open: string, close: string): string {
  const start = answer.indexOf(open);
  return start === -1 ? '' : answer.slice(start, answer.lastIndexOf(close) + 1);
}

function parse(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
