import {
  checkCertificate,
  type ClaimName,
  readStatement,
  showClaims,
  type Trust,
  type Verification,
} from "../src/ledger/index.ts";
import { policyOf } from "./certificates.ts";

/** Checks a certificate by the keys of its log, unless others are given. */
export const checkWith = (certificate: unknown, trust: Trust = { policy: policyOf() }) =>
  checkCertificate(JSON.stringify(certificate), trust);

export const readOutcomes = ({ steps }: Verification) =>
  Object.fromEntries(steps.map(({ step, outcome }) => [step, outcome]));

/** What is said of a step. */
export const findMessageKey = ({ steps }: Verification, step: string) =>
  steps.find((one) => one.step === step)?.message.key;

/** What the issuer signed of a statement, without what is shown of it. */
export const readJwt = ({ statement }: { statement: string }) => statement.split("~")[0] ?? "";

/** A statement of which only these claims are shown. */
export function showOnly(text: string, shown: readonly ClaimName[]): string {
  const { statement } = readStatement(text);
  if (!statement) throw new Error("the statement cannot be read");
  return showClaims(statement, shown);
}
