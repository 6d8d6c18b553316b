import { expect, it } from "vitest";
import {
  aCertificate,
  aKeySet,
  aLiveCertificate,
  aStatement,
  writePolicy,
  toCertificate,
} from "../../../../testing/certificates.ts";
import { aSigner } from "../../../../testing/ledger.ts";
import {
  checkWith,
  findMessageKey,
  readJwt,
  readOutcomes,
  showOnly,
} from "../../../../testing/verifications.ts";
import { checkCertificate } from "./check-certificate.ts";
import { writeNoteKey } from "../../../platform/note-key.ts";
import type { ClaimName } from "../statement.ts";

const policy = writePolicy();
const stranger = aSigner("issuer", "log", 5);

it("is genuine by the reader's keys, and lists later statements", () => {
  const checked = checkWith(aCertificate());
  expect(checked).toMatchObject({ verdict: "holds", anchor: "reader", hasEnded: true });
  expect(readOutcomes(checked)).toEqual({
    form: "passed",
    signature: "passed",
    words: "passed",
    inclusion: "passed",
    witnesses: "passed",
    later: "passed",
    keys: "passed",
  });
  expect(checked.claims).toMatchObject({ kind: "consent.granted", phone: "+12015550123" });
  expect(checked.steps.find(({ step }) => step === "later")?.message).toMatchObject({
    key: "verify.later-ended",
    values: { kind: "consent_withdrawn" },
  });
});

it("proves nothing by keys from the file itself", () => {
  const checked = checkWith(aLiveCertificate(), {});
  expect(checked).toMatchObject({ verdict: "holds", anchor: "file" });
  expect(readOutcomes(checked)).toEqual({
    form: "consistent",
    signature: "consistent",
    words: "consistent",
    inclusion: "consistent",
    witnesses: "consistent",
    later: "consistent",
    keys: "absent",
  });
});

it("is only a promise until the log holds it, whoever signed it", () => {
  const promise = { ...toCertificate([aStatement({ kind: "consent.granted" })]), proof: null };
  const checked = checkWith({ ...promise, words: null });
  expect(checked.verdict).toBe("promised");
  expect(readOutcomes(checked)).toMatchObject({ signature: "consistent", keys: "absent" });

  const receipt = checkCertificate(aCertificate().statement);
  expect(receipt).toMatchObject({ verdict: "promised", claims: { name: "Ada Example" } });
  expect(readOutcomes(receipt)).toMatchObject({ signature: "consistent", keys: "absent" });
  const known = checkCertificate(aCertificate().statement, { keys: aKeySet() });
  expect(readOutcomes(known)).toMatchObject({ signature: "passed", keys: "passed" });
});

it("is not proven by a log that another operator runs, to whoever has the keys", () => {
  const other = aSigner("ledger.test/ringfence", "log", 9);
  const theirs = writePolicy([]).replace(/^log .*$/m, `log ${writeNoteKey(other.key)}`);
  expect(readOutcomes(checkWith(aCertificate(), { policy: theirs }))).toMatchObject({
    inclusion: "failed",
  });
});

it("is not valid for a reader who has the keys of another issuer", () => {
  expect(checkWith(aCertificate(), { policy, keys: aKeySet() }).verdict).toBe("holds");
  const others = checkWith(aCertificate(), { policy, keys: aKeySet([stranger]) });
  expect(others.verdict).toBe("broken");
  expect(findMessageKey(others, "signature")).toBe("verify.signature-stranger");
});

it("reports keys to check with that cannot be read", () => {
  for (const trust of [{ policy: "log x" }, { keys: "no keys" }, { keys: "{}" }]) {
    expect(findMessageKey(checkWith(aCertificate(), trust), "keys")).toBe("verify.trust-broken");
  }
});

it("counts on no statement that names a key which did not sign it", () => {
  const { jwt } = aStatement({ kind: "consent.granted" }, stranger);
  const [head] = jwt.split(".");
  const [, body, tail] = readJwt(aCertificate()).split(".");
  const { steps } = checkCertificate(`${[head, body, tail].join(".")}~`);
  expect(steps).toMatchObject([{ step: "signature", message: { key: "verify.signature-wrong" } }]);
});

it("counts withheld claims, and is unclear if its kind is withheld", () => {
  const it = aLiveCertificate();
  const all: ClaimName[] = ["kind", "consent", "phone", "disclosure", "sequence", "previous"];
  const kept = checkWith({ ...it, statement: showOnly(it.statement, all) });
  expect(kept.steps.find(({ step }) => step === "kept")).toMatchObject({
    outcome: "absent",
    message: { key: "verify.kept", values: { count: 2 } },
  });
  const nameless = checkWith({ ...it, statement: showOnly(it.statement, all.slice(1)) });
  expect(nameless.verdict).toBe("unclear");
  expect(findMessageKey(nameless, "kept")).toBe("verify.kept-kind");
});

function firstFinding(text: string) {
  const { verdict, steps } = checkCertificate(text);
  return [verdict, steps[0]?.message.key];
}

it("distinguishes a damaged certificate from a file of another kind", () => {
  const whole = JSON.stringify(aCertificate());
  const none = ["unrecognized", "verify.no-certificate"];
  for (const text of ["", "Hello.", "{}", "[1]", '{"name":"Ada"}', "null"]) {
    expect(firstFinding(text)).toEqual(none);
  }
  const damaged = ["broken", "verify.damaged"];
  expect(firstFinding(whole.slice(0, 500))).toEqual(damaged);
  expect(firstFinding(whole.slice(1))).toEqual(damaged);
  expect(firstFinding(whole.replace('"leaf"', '"leaves"'))).toEqual(damaged);
  expect(firstFinding(whole.replace("certificate@v1", "certificate@v2"))).toEqual([
    "unrecognized",
    "verify.form-newer",
  ]);
  expect(firstFinding(aCertificate().statement.slice(0, -1))).toEqual([
    "broken",
    "verify.statement-broken",
  ]);
});

it("refuses a file in which a name appears twice", () => {
  const twice = JSON.stringify(aCertificate()).replace('"words":', '"words":null,"words":');
  const checked = checkCertificate(twice, { policy });
  expect(checked.verdict).toBe("broken");
  expect(findMessageKey(checked, "form")).toBe("verify.name-twice");
});
