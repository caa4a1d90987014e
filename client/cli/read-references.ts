import { referenceKinds } from '../../domain/references.ts';
import { InvalidBrief } from '../errors/invalid-brief.ts';

/** How `--reference` is written. */
export const referenceSyntax = 'NAME=IMAGE or NAME:KIND=IMAGE';

interface WrittenReference {
  readonly image: string;
  /** Checked with the brief. */
  readonly kind: string;
}

/**
 * The references that options name, in their order. A picture of a product where nothing else is said.
 *
 * @param toImage what a picture on the command line stands for
 * @throws InvalidBrief naming each option that cannot be read
 */
export function readReferences(
  options: readonly string[],
  toImage: (text: string) => string,
): Record<string, WrittenReference> {
  const read = options.map(readOne);
  const names = read.map((reference) => reference?.name);
  const problems = options.flatMap((value, at) => {
    const field = `--reference ${at + 1}`;
    const name = names[at];
    if (name === undefined)
      return [{ field, value: JSON.stringify(value), rule: `${referenceSyntax}, KIND one of ${kinds}` }];
    if (names.indexOf(name) !== at)
      return [
        { field, value: JSON.stringify(value), rule: `${name} was named before; each has one picture` },
      ];
    return [];
  });
  if (problems.length > 0) throw new InvalidBrief(problems);
  return Object.fromEntries(
    read.flatMap((reference) =>
      reference ? [[reference.name, { image: toImage(reference.image), kind: reference.kind }]] : [],
    ),
  );
}

const kinds = referenceKinds.join(', ');

/** An address may hold further signs of both kinds. */
function readOne(text: string): (WrittenReference & { readonly name: string }) | undefined {
  const [, name = '', kind = 'product', image = ''] = /^([^:=]*)(?::([^=]*))?=(.*)$/s.exec(text) ?? [];
  if (name.trim() === '' || image.trim() === '') return undefined;
  return { name: name.trim(), kind: kind.trim(), image: image.trim() };
}
