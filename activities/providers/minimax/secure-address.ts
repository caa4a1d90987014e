/**
 * MiniMax hands out http addresses of pictures (seen in published answers, 2026-04). The same bucket serves https, and
 * the signature does not cover the scheme, so they are read by https; except where the host itself uses http, as on one
 * machine.
 *
 * @returns a function that changes one address
 */
export function secureAddress(baseUrl: string): (address: string) => string {
  if (!baseUrl.startsWith('https:')) return (address) => address;
  return (address) => address.replace(/^http:/, 'https:');
}
