import { request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';

/** One webhook on its way. */
export interface WebhookMessage {
  readonly address: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const timeoutMs = 10_000;

/**
 * Posts a webhook once. Redirects are not followed.
 *
 * @returns the answer's status code
 * @throws the network's error
 */
export function postWebhook(
  { address, headers, body }: WebhookMessage,
  signal: AbortSignal,
): Promise<number> {
  const request = address.protocol === 'https:' ? requestSecure : requestPlain;
  return new Promise((resolve, reject) => {
    const sent = request(
      address,
      {
        method: 'POST',
        agent: false,
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
        headers: {
          ...headers,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
        },
      },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
