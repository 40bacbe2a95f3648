// How the parts of the first run share the one-time code.

export type Access = {
  readonly code: string;
  readonly asksForCode: boolean;
  readonly typedCode: string;
  readonly onTypedCode: (code: string) => void;
  readonly codeRefused: boolean;
  readonly onCodeRefused: () => void;
};
