import type { Schema } from './contract.ts';

/** One place where two schemas do not match. */
export interface Finding {
  /** The call, and the path of the field in it. */
  readonly where: string;
  readonly problem: string;
  /** Whether the host may only leave a field out, which a contract may rule out by an assumption. */
  readonly isUnpromised?: boolean;
}

/** The place of a comparison. */
export interface Place {
  /** The call, and the part of it. */
  readonly call: string;
  /** The field, by its path within that part. */
  readonly field?: string;
}

/** Whether the host takes everything that we may send. References are resolved already. */
export function compareSent(place: Place, ours: Schema, theirs: Schema): Finding[] {
  const where = nameOf(place);
  const fields = Object.entries(ours.properties ?? {});
  return [
    ...compareTypes(where, typesOf(ours), typesOf(theirs)),
    ...beyond(ours.enum, theirs.enum).map((value) => ({
      where,
      problem: `sends ${value}, which is not published`,
    })),
    ...(theirs.required ?? [])
      .filter((field) => !(ours.required ?? []).includes(field))
      .map((field) => ({ where: nameOf(within(place, field)), problem: 'is required and not always sent' })),
    ...fields.flatMap(([field, schema]) => {
      const known = theirs.properties?.[field];
      if (known) return compareSent(within(place, field), schema, known);
      return theirs.properties
        ? [{ where: nameOf(within(place, field)), problem: 'is sent and not published' }]
        : [];
    }),
    ...(ours.items && theirs.items ? compareSent(itemOf(place), ours.items, theirs.items) : []),
  ];
}

/** Whether we can read everything that the host may answer. */
export function compareAnswer(place: Place, ours: Schema, theirs: Schema): Finding[] {
  const where = nameOf(place);
  return [
    ...compareTypes(where, typesOf(theirs), typesOf(ours)),
    ...(ours.enum ? beyond(theirs.enum ?? ['anything'], ours.enum) : []).map((value) => ({
      where,
      problem: `may be ${value}, which we do not read`,
    })),
    ...(ours.required ?? [])
      .filter((field) => !(theirs.required ?? []).includes(field))
      .map((field) => ({
        where: nameOf(within(place, field)),
        problem: 'is needed and not promised',
        isUnpromised: true,
      })),
    ...Object.entries(ours.properties ?? {}).flatMap(([field, schema]) => {
      const known = theirs.properties?.[field];
      if (known) return compareAnswer(within(place, field), schema, known);
      return [
        { where: nameOf(within(place, field)), problem: 'is read and not published', isUnpromised: true },
      ];
    }),
    ...(ours.items && theirs.items ? compareAnswer(itemOf(place), ours.items, theirs.items) : []),
  ];
}

/** @returns undefined where any type is allowed */
function typesOf({ type, nullable }: Schema): readonly string[] | undefined {
  if (type === undefined) return undefined;
  return [...(typeof type === 'string' ? [type] : type), ...(nullable === true ? ['null'] : [])];
}

/** Checks that every incoming type is accepted. */
function compareTypes(
  where: string,
  coming: readonly string[] | undefined,
  taken: readonly string[] | undefined,
): Finding[] {
  if (!coming || !taken) return [];
  const isTaken = (type: string) => taken.includes(type) || (type === 'integer' && taken.includes('number'));
  const strange = coming.filter((type) => !isTaken(type));
  return strange.length === 0
    ? []
    : [{ where, problem: `may be ${strange.join(' or ')} where ${taken.join(' or ')} is taken` }];
}

/** Values of one list that the other does not have; none where the other allows anything. */
function beyond(values: readonly unknown[] = [], allowed: readonly unknown[] | undefined): string[] {
  return allowed ? values.filter((value) => !allowed.includes(value)).map(String) : [];
}

function within({ call, field }: Place, name: string): Place {
  return { call, field: field === undefined ? name : `${field}.${name}` };
}

function itemOf({ call, field = '' }: Place): Place {
  return { call, field: `${field}[]` };
}

function nameOf({ call, field }: Place): string {
  return field === undefined ? call : `${call} ${field}`;
}
