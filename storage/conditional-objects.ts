/** JSON objects that change only by conditional writes. Times are the store's. */
export interface ConditionalObjects {
  getJson(
    key: string,
  ): Promise<{ readonly value: unknown; readonly etag: string; readonly serverDate: Date } | undefined>;
  putJson(
    key: string,
    value: unknown,
    condition: { readonly ifNoneMatch?: '*'; readonly ifMatch?: string },
  ): Promise<{ readonly etag: string; readonly storedAt: Date } | 'conflict'>;
  list(prefix: string): AsyncIterable<{ readonly key: string }>;
}
