import { basename } from 'node:path';

import type { ArtifactRef } from '../../domain/artifact.ts';
import type { AddressFile } from './build-input.ts';
import type { ModelHost } from './model-host.ts';

/** Makes files of ours readable for one host. */
export type CreateHostFiles = (host: ModelHost, signal: AbortSignal) => AddressFile;

/** The parts of the object store that hand a file to a host. */
export interface FileSource {
  /** @returns undefined when no address of ours can be reached from outside */
  publicAddress(file: ArtifactRef): Promise<string> | undefined;
  read(file: ArtifactRef, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
}

/**
 * Returns a presigned address where the store can be reached from outside, else streams the file into the host's own
 * file store. Either address opens this one file.
 */
export function createHostFiles(source: FileSource): CreateHostFiles {
  return (host, signal) => async (file) => {
    const address = source.publicAddress(file);
    if (address) return address;
    const body = await source.read(file, signal);
    const { contentType, sizeBytes } = file;
    return host.uploadFile({ name: basename(file.key), contentType, sizeBytes, body });
  };
}
