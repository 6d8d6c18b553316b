import { writeFileSync } from "node:fs";
import { generateSigningKey, parseSigningKey } from "@ringfence/services/platform/keys";

/** Writes a new signing key that only the owner of the file can read, and returns its public part. */
export function writeSigningKey(file: string): string {
  const pem = generateSigningKey();
  writeFileSync(file, pem, { mode: 0o600, flag: "wx" });
  return parseSigningKey(pem).x;
}
