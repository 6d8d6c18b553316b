import {
  checkCertificate,
  type ClaimName,
  readStatement,
  showClaims,
  type Trust,
  type Verification,
} from "../src/proof/ledger/index.ts";
import { writePolicy } from "./certificates.ts";

/** Checks a certificate with the keys of its log, unless others are given. */
export const checkWith = (certificate: unknown, trust: Trust = { policy: writePolicy() }) =>
  checkCertificate(JSON.stringify(certificate), trust);

export const readOutcomes = ({ steps }: Verification) =>
  Object.fromEntries(steps.map(({ step, outcome }) => [step, outcome]));

/** Finds the message of a step. */
export const findMessageKey = ({ steps }: Verification, step: string) =>
  steps.find((one) => one.step === step)?.message.key;

/** Returns the signed part of a statement, without its disclosures. */
export const readJwt = ({ statement }: { statement: string }) => statement.split("~")[0] ?? "";

/** Returns the statement with only these claims shown. */
export function showOnly(text: string, shown: readonly ClaimName[]): string {
  const { statement } = readStatement(text);
  if (!statement) throw new Error("the statement cannot be read");
  return showClaims(statement, shown);
}
