import { S3ServiceException } from '@aws-sdk/client-s3';

import { storageCall } from '../../storage/storage-failure.ts';

/** The SDK's error for an answer of the store. */
function refusal(name: string, httpStatusCode: number, message: string): S3ServiceException {
  return new S3ServiceException({ name, message, $fault: 'client', $metadata: { httpStatusCode } });
}

test.each([
  [
    refusal('AccessDenied', 403, 'Denied by the policy "p1".\nAsk for more.'),
    '403 AccessDenied, "Denied by the policy "p1". Ask for more"',
  ],
  [refusal('UnknownError', 501, 'UnknownError'), '501 UnknownError'],
  [refusal('SlowDown', 503, ''), '503 SlowDown'],
])('the failure of a call has the sentence of the store: %#', async (error, answer) => {
  await expect(storageCall({ doing: 'Reading a' }, () => Promise.reject(error))).rejects.toMatchObject({
    message: `Reading a failed: the object store answered ${answer}.`,
    cause: error,
  });
});

test.each([
  [Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }), '(ECONNRESET, "socket hang up")'],
  [
    new Error('Checksum mismatch: expected a, received b.'),
    '(Error, "Checksum mismatch: expected a, received b")',
  ],
])('the failure of a call without an answer says why: %s', async (error, why) => {
  await expect(storageCall({ doing: 'Reading a' }, () => Promise.reject(error))).rejects.toMatchObject({
    type: 'ProviderUnavailable',
    message: `Reading a failed: the object store gave no usable answer ${why}.`,
  });
});

test.each([
  ['QuotaExceeded', 403, 'The quota set for the bucket was exceeded.', 'StoreRefused'],
  ['InvalidAccessKeyId', 403, 'No such key id.', 'StoreRefused'],
  ['SlowDown', 503, 'Reduce your request rate.', 'ProviderUnavailable'],
  ['NoSuchKey', 404, 'There is none.', 'ArtifactMissing'],
])('%s (%i) keeps its own words and is %s', async (...[name, status, message, type]) => {
  const error = refusal(name, status, message);

  await expect(storageCall({ doing: 'Writing a' }, () => Promise.reject(error))).rejects.toMatchObject({
    type,
    message: expect.stringContaining(`${status} ${name}, "${message.replace(/\.$/, '')}"`) as string,
  });
});

test('a call that the store does not have is no outage', async () => {
  const error = refusal(
    'NotImplemented',
    501,
    'A header you provided implies functionality that is not implemented.',
  );

  await expect(storageCall({ doing: 'Writing a' }, () => Promise.reject(error))).rejects.toMatchObject({
    type: 'InvalidRequest',
  });
});
