import { basename, isAbsolute } from 'node:path';

/**
 * Reduces paths in a program's output to the names of the files, so that messages carry neither scratch folders
 * nor user names.
 *
 * @param args the program's arguments; their paths are found even where they hold spaces
 */
export function hideFolders(text: string, args: readonly string[]): string {
  const called = args
    .map((arg) => arg.replace(/^file:/, ''))
    .filter((arg) => isAbsolute(arg) && arg.length > 1)
    .sort((a, b) => b.length - a.length);
  const known = called.reduce((said, path) => said.replaceAll(path, basename(path)), text);
  return known.replace(/(?:\/[^\s'":/]+)+\/([^\s'":/]+)/g, '$1').replaceAll('file:', '');
}
