/** The areas, the lowest first. Each may import only itself and those before it. */
export const areas: readonly string[] = [
  "platform",
  "account",
  "proof",
  "people",
  "do-not-call",
  "consents",
  "calling",
  "audience",
  "desk",
];
