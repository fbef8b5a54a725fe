import { createContext } from 'react';

/**
 * Gives the present version of a picture an address of its own: under the same one, a browser goes on showing what it has.
 * Undefined while the version is not known yet.
 */
export type PictureVersion = (source: string) => string | undefined;

/** For the pictures of texts below; without it, addresses are as they are. */
export const PictureVersions = createContext<PictureVersion>((source) => source);
