// Still pictures of screens, for those whose lines carry no moving ones: whose are wanted, the last of each, and who is sent it when.
import type { ParsedInput } from '../contract/index.ts';

export type Still = ParsedInput<'media:still'>;
