/** The areas, from the ground to the roof: each uses itself and those before it. */
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
