import { expect, it } from "vitest";
import { aCertificate, aStatement, policyOf } from "../../testing/certificates.ts";
import { aSigner } from "../../testing/ledger.ts";
import { checkCertificate } from "./check-certificate.ts";
import { writeNoteKey } from "./note-key.ts";

const check = (more: object = {}, trust = {}) =>
  checkCertificate(JSON.stringify({ ...aCertificate(), ...more }), trust);

const outcomes = ({ steps }: ReturnType<typeof check>) =>
  Object.fromEntries(steps.map(({ step, outcome }) => [step, outcome]));

it("holds, and says what was stated since", () => {
  const checked = check();
  expect(checked.verdict).toBe("holds");
  expect(outcomes(checked)).toEqual({
    form: "passed",
    signature: "passed",
    words: "passed",
    inclusion: "passed",
    witnesses: "passed",
    later: "passed",
    keys: "absent",
  });
  expect(checked.claims).toMatchObject({ kind: "consent.granted", phone: "+12015550123" });
  expect(checked.steps.find(({ step }) => step === "later")?.message).toMatchObject({
    key: "verify.later-ended",
    values: { kind: "consent_withdrawn" },
  });
});

it("is a promise until the log holds it", () => {
  expect(check({ proof: null, later: [] }).verdict).toBe("promised");
  expect(checkCertificate(aCertificate().statement)).toMatchObject({
    verdict: "promised",
    claims: { name: "Ada Example" },
  });
});

it("is not proven by a log that another operator runs, to whoever has the keys", () => {
  const other = aSigner("ledger.test/ringfence", "log", 9);
  const policy = policyOf([]).replace(/^log .*$/m, `log ${writeNoteKey(other.key)}`);
  expect(outcomes(check({}, { policy }))).toMatchObject({ inclusion: "failed" });
  expect(check({}, { policy: policyOf() }).verdict).toBe("holds");
});

it("counts on no statement that names a key which did not sign it", () => {
  const stranger = aStatement({ kind: "consent.granted" }, aSigner("issuer", "log", 5));
  const [head] = stranger.jwt.split(".");
  const [, body, tail] = aCertificate().statement.split("~")[0]?.split(".") ?? [];
  const { steps } = checkCertificate(`${[head, body, tail].join(".")}~`);
  expect(steps).toMatchObject([{ step: "signature", message: { key: "verify.signature-wrong" } }]);
});
