/** The page of a video in the Temporal Web UI; undefined without `TEMPORAL_UI_URL`. */
export function webUiAddress(namespace: string, videoId: string): string | undefined {
  const base = process.env['TEMPORAL_UI_URL']?.trim().replace(/\/+$/, '') ?? '';
  if (base === '') return undefined;
  return `${base}/namespaces/${encodeURIComponent(namespace)}/workflows/${encodeURIComponent(videoId)}`;
}
