/** Takes user names and passwords out of the addresses in a text: `https://…@host/v1`. */
export function hidePasswords(text: string): string {
  return text.replace(/\b([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s"'<>/?#]*@/gi, '$1…@');
}
