// How files of recordings are called, so that no name from anywhere leads out of the folder of recordings.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

/** `.new` ends what a recorder has not finished. */
const fileName = /^(?!.*\.new$)[A-Za-z0-9][A-Za-z0-9_-]{0,79}(\.[A-Za-z0-9]{1,8}){1,3}$/;
const directoryName = /^[A-Za-z0-9_-]{1,80}$/;

export const isFileName = (name: string): boolean => fileName.test(name);

export const fileIn = (directory: string, name: string): string => {
  if (!isFileName(name)) throw new RangeError('this is no name of a file of a recording');
  return join(directory, name);
};

export const directoryIn = (root: string, directory: string): string => {
  if (!directoryName.test(directory)) throw new RangeError('this is no name of a folder of a recording');
  return join(root, directory);
};

/** Begins with a dot, so it is none of the recording's files; what a dead process left of them is removed at the next start. */
export const temporaryIn = (directory: string): string => join(directory, `.new-${randomBytes(8).toString('hex')}`);
export const isTemporary = (name: string): boolean => name.startsWith('.new-');
/** Which frames lie where, of a file that will not grow: stays here when the file itself does not. */
export const mapName = (name: string): string => `.${name}.map`;
/** How far a file was carried to the remote store. */
export const uploadName = (name: string): string => `.${name}.upload`;
