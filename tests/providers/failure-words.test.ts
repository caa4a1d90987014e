import { refinedType, typeOfWords } from '../../activities/providers/failure-words.ts';
import { readStatus } from '../../activities/providers/replicate/read-status.ts';

const content = 'ContentRejected';
const interrupted = 'PredictionInterrupted';

test.each<[string, string | undefined]>([
  ['NSFW content detected. Try running it again, or try a different prompt.', content],
  ['All generated images contained NSFW content. Try running it again.', content],
  ['The input or output was flagged as sensitive. Please try again with different inputs.', content],
  ['Your request was flagged by our moderation system.', content],
  ["The prompt violates Google's Responsible AI practices and usage guidelines.", content],
  ['Content blocked by the safety filter.', content],
  ['Image did not pass the safety check', content],
  ['The output contains sensitive words', content],
  ['Images of real people are not allowed.', content],
  ['生成内容包含敏感信息', content],
  ['Prediction interrupted; please retry (code: PA)', interrupted],
  ['Director: unexpected error handling prediction', interrupted],
  ['Queue is full', interrupted],
  ['Service is temporarily unavailable. Please try again later.', interrupted],
  ['This model is currently unavailable due to high demand', interrupted],
  ['list index out of range', undefined],
  ['access violation reading 0x0', undefined],
  ['The header is case-sensitive content', undefined],
  ['Access to fetch was blocked by CORS policy', undefined],
  ['cannot load safetensors file', undefined],
  ['Error loading safety checker: file not found', undefined],
  ['unrecognized flag --fast', undefined],
  ['Prohibited content-type: text/html', undefined],
  ['disk is full', undefined],
  ['CUDA out of memory', undefined],
  ['Model capacity is 3 frames', undefined],
])('%j means %s', (words, type) => {
  expect(typeOfWords(words)).toBe(type);
});

test.each([
  ['Prediction failed: Async prediction failed: ModelError: high demand (E003) (uIJ6l3ruRD)', interrupted],
  ['Service is away (E004)', interrupted],
  ['The model took too long to start (E6716)', interrupted],
  ['The input was invalid. (E006)', 'InvalidRequest'],
  ['Prediction interrupted; please retry (code: PA)', interrupted],
  ['Director: unexpected error handling prediction (E9828)', interrupted],
  ['CUDA out of memory (E1001)', 'PredictionFailed'],
  ['Something new (E0815), flagged as sensitive', content],
  ['The model E005 of the camera is unknown', 'PredictionFailed'],
  ['Unknown error (E001)', 'PredictionFailed'],
])('a prediction that failed with %j is %s', (error, type) => {
  expect(readStatus({ id: 'p', status: 'failed', error } as never)).toMatchObject({ type, charged: false });
});

test.each([
  ['CredentialsRejected', 'Quota exceeded for this key.', 'BudgetExceeded'],
  ['CredentialsRejected', 'You have reached your monthly spend limit', 'BudgetExceeded'],
  ['InvalidRequest', 'Insufficient account balance', 'BudgetExceeded'],
  ['InvalidRequest', 'The prompt was flagged', content],
  ['InvalidRequest', 'seed must be an integer', 'InvalidRequest'],
  ['CredentialsRejected', 'Unauthorized', 'CredentialsRejected'],
  ['ProviderBusy', 'Quota exceeded, per minute', 'ProviderBusy'],
] as const)('%s with the words %j is %s', (byStatus, words, type) => {
  expect(refinedType(byStatus, words)).toBe(type);
});
