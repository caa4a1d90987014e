import type { FailureType } from '../../domain/failure-types.ts';
import { failureTypes } from '../../domain/failure-types.ts';

/** The meaning of sentences that hosts and the models behind them write. */
interface WordRule {
  readonly type: FailureType;
  readonly words: readonly RegExp[];
}

/**
 * The first that fits counts: a filter that asks to "try running it again" has refused all the same.
 * Sources: failed predictions and refusals that people have published, 2025-01 to 2026-11. Each form names what it is
 * about, because many errors of programs look alike: "list index out of range", "access violation", "case-sensitive".
 */
const rules: readonly WordRule[] = [
  {
    type: failureTypes.contentRejected,
    words: [
      /\bnsfw (?:content|images?|material)|(?:contains?|detected|potential(?:ly)?) nsfw|\bnsfw (?:was |has been )?detected/i,
      /\b(?:was|were|been|is|are|got) flagged\b|\bflagged (?:as|by|for) (?:\w+ )?(?:sensitive|unsafe|inappropriate|harmful|moderation|safety|content|policy)/i,
      /(?<!case[- ]|in|time[- ])\b(?:sensitive|prohibited|inappropriate|unsafe|harmful|disallowed|explicit|objectionable|offensive) (?:content|words?|material|prompts?|imagery|images?)\b(?![- ]?types?)/i,
      /\bviolat\w+ .{0,60}\b(?:polic(?:y|ies)|guidelines?|terms of (?:service|use)|usage rules)\b/i,
      /\b(?:rejected|blocked|refused|filtered|stopped|declined)\b.{0,30}\b(?:safety|moderation|content (?:filters?|policy|policies|safety)|responsible ai)\b/i,
      /\b(?:safety|moderation|content)[ -](?:filters?|system|checks?|policy|policies|moderation)\b.{0,40}\b(?:rejected|blocked|refused|triggered|violat\w+|failed to pass|declined)\b/i,
      /\b(?:did not|didn't|does not|failed to) pass (?:the |our )?(?:safety|moderation|content|risk)/i,
      /\b(?:public figures?|celebrit(?:y|ies)|real (?:person|people)|copyrighted|minors?|likeness)\b.{0,60}\b(?:not (?:allowed|permitted|supported)|cannot|can't|refused|rejected|blocked|prohibited)\b/i,
      /敏感|违规|审核(?:未|不)通过/,
    ],
  },
  {
    type: failureTypes.predictionInterrupted,
    words: [
      /\bprediction (?:was )?interrupted\b/i,
      /\bunexpected error handling prediction\b/i,
      /\bqueue is full\b(?!-)/i,
      /\b(?:service|model|server) (?:is |was )?(?:currently |temporarily )+unavailable\b|\btemporarily unavailable\b/i,
      /\bhigh demand\b|\b(?:is|are|currently) overloaded\b|\bat (?:full |maximum )?capacity\b/i,
    ],
  },
];

/** The failure type of a failed prediction's words; undefined for words that no rule knows. */
export function typeOfWords(words: string): FailureType | undefined {
  return rules.find((rule) => rule.words.some((form) => form.test(words)))?.type;
}

/** Words for missing money, from hosts that answer it with another status than 402. */
const moneyWords =
  /\binsufficient (?:\w+ )?(?:credits?|balance|funds|quota)\b|\b(?:spend(?:ing)?|billing|budget)(?: hard)? limit\b|\bquota (?:has been |was |is )?(?:exceeded|exhausted)\b|\bexceeded (?:your |the )?(?:\w+ )?quota\b|\bQuotaExceeded\b|\bpayment (?:is )?required\b/i;

/** Refines the type of a refusal whose words say more than its status. */
export function refinedType(type: FailureType, words: string): FailureType {
  const isCoarse = type === failureTypes.invalidRequest || type === failureTypes.credentialsRejected;
  if (!isCoarse) return type;
  if (moneyWords.test(words)) return failureTypes.budgetExceeded;
  return typeOfWords(words) === failureTypes.contentRejected ? failureTypes.contentRejected : type;
}
