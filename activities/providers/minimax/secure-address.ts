/**
 * MiniMax hands out http addresses of pictures (seen in published answers, 2026-04). The same bucket serves https, and
 * what is signed leaves the scheme out, so they are read by https; unless the host itself is not, as on one machine.
 *
 * @returns a function that changes one address
 */
export function secureAddress(baseUrl: string): (address: string) => string {
  if (!baseUrl.startsWith('https:')) return (address) => address;
  return (address) => address.replace(/^http:/, 'https:');
}
