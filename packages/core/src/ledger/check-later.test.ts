import { expect, it } from "vitest";
import {
  aCertificate,
  aChainHead,
  aLiveCertificate,
  aStatement,
  toCertificate,
  aKeySet,
  policyOf,
  toUnlogged,
} from "../../testing/certificates.ts";
import { aSigner } from "../../testing/ledger.ts";
import {
  checkWith,
  readJwt,
  findMessageKey,
  readOutcomes,
  showOnly,
} from "../../testing/verifications.ts";
import type { Certificate } from "./certificate.ts";
import { digestOf } from "./read-statement.ts";
import type { ClaimName, Claims } from "./statement.ts";

const policy = policyOf();
const stranger = aSigner("issuer", "log", 5);

/** A certificate with a statement after its last one, that the log does not hold. */
function followedBy(certificate: Certificate, claims: Claims, by?: typeof stranger) {
  const last = certificate.later.at(-1) ?? certificate;
  const sequence = certificate.later.length + 2;
  const made = aStatement({ ...claims, sequence, previous: digestOf(readJwt(last)) }, by);
  return {
    ...certificate,
    later: [...certificate.later, toUnlogged(made)],
    chainHead: aChainHead({ jwt: made.jwt, sequence }, by),
  };
}

const withdrawal = {
  kind: "consent.withdrawn",
  consent: "one",
  at: "2026-04-01T09:00:00.000Z",
} as const;

it("says as of when nothing more was stated", () => {
  const checked = checkWith(aLiveCertificate());
  expect(checked).toMatchObject({ verdict: "holds", hasEnded: false });
  expect(checked.steps.find(({ step }) => step === "later")).toMatchObject({
    outcome: "passed",
    message: { key: "verify.later-none", values: { count: 1, at: new Date(1_780_000_000_000) } },
  });
});

it("cannot tell whether it was withdrawn where the withdrawal does not show what it is", () => {
  const it = aCertificate();
  const place: ClaimName[] = ["sequence", "previous"];
  for (const shown of [place, [...place, "kind"], [...place, "consent"]] as ClaimName[][]) {
    const later = it.later.map((one) => ({ ...one, statement: showOnly(one.statement, shown) }));
    const checked = checkWith({ ...it, later });
    expect(checked.verdict).toBe("unclear");
    expect(findMessageKey(checked, "later")).toBe("verify.later-hidden");
  }
});

it("cannot tell it either where the consent does not show which one it is", () => {
  const it = aCertificate();
  const statement = showOnly(it.statement, ["kind", "phone", "disclosure", "sequence", "previous"]);
  expect(checkWith({ ...it, statement }).verdict).toBe("unclear");
});

it("finds that what was stated later was cut away, by what the issuer stated of the last", () => {
  const it = aCertificate();
  for (const count of [0, 1]) {
    const checked = checkWith({ ...it, later: it.later.slice(0, count) });
    expect(findMessageKey(checked, "later")).toBe("verify.later-cut");
    expect(checked.verdict).toBe("broken");
  }
});

it("cannot tell whether it was withdrawn where nobody states which statement was the last", () => {
  const { chainHead, ...old } = aLiveCertificate();
  expect(chainHead).toBeDefined();
  for (const cut of [old, { ...old, later: [] }]) {
    const checked = checkWith(cut);
    expect(checked.verdict).toBe("unclear");
    expect(findMessageKey(checked, "later")).toBe("verify.later-open");
    expect(readOutcomes(checked)).toMatchObject({ later: "absent" });
  }
});

it("takes nobody's word for the last statement but the issuer's", () => {
  const { later, ...it } = aCertificate();
  const [jwt, sequence] = [readJwt(it), 1];
  const foreign = checkWith({
    ...it,
    later: [],
    chainHead: aChainHead({ jwt, sequence }, stranger),
  });
  expect(findMessageKey(foreign, "later")).toBe("verify.later-head-stranger");
  expect(foreign.verdict).toBe("unclear");

  const [head, , tail] = it.chainHead?.split(".") ?? [];
  const [, body] = aChainHead({ jwt, sequence }).split(".");
  const changed = checkWith({ ...it, later: [], chainHead: [head, body, tail].join(".") });
  expect(findMessageKey(changed, "later")).toBe("verify.later-head-broken");
  expect(later).not.toEqual([]);
});

it("cannot tell it where the place in the chain is kept back", () => {
  const { chainHead, ...it } = aCertificate();
  const statement = showOnly(it.statement, ["kind", "consent", "phone", "disclosure"]);
  for (const hidden of [it, { ...it, chainHead }]) {
    const checked = checkWith({ ...hidden, statement, later: [] });
    expect(["broken", "unclear"]).toContain(checked.verdict);
  }
});

it("does not count a withdrawal that somebody has signed for themselves", () => {
  const forged = followedBy(aLiveCertificate(), withdrawal, stranger);
  for (const trust of [{ policy }, {}]) {
    const checked = checkWith(forged, trust);
    expect(checked).toMatchObject({ verdict: "unclear", hasEnded: false });
    expect(findMessageKey(checked, "later")).toBe("verify.later-not-logged");
  }
  const named = checkWith(forged, { policy, keys: aKeySet() });
  expect(findMessageKey(named, "later")).toBe("verify.later-stranger");
});

it("is not proven in full while the log does not hold the issuer's withdrawal", () => {
  const checked = checkWith(followedBy(aLiveCertificate(), withdrawal));
  expect(checked).toMatchObject({ verdict: "promised", hasEnded: true });
  expect(readOutcomes(checked)).toMatchObject({ later: "absent" });
  expect(findMessageKey(checked, "later")).toBe("verify.later-ended-promised");
});

it("is not sure while the log does not hold a later statement of any kind", () => {
  const checked = checkWith(followedBy(aLiveCertificate(), { kind: "consent.granted" }));
  expect(checked.verdict).toBe("unclear");
  expect(findMessageKey(checked, "later")).toBe("verify.later-not-logged");
});

/** A certificate of a statement that another followed, both in the log. */
function chainOf(first: Claims, second: Claims) {
  const one = aStatement({ ...first, sequence: 1, previous: null });
  const other = aStatement({ ...second, sequence: 2, previous: digestOf(one.jwt) });
  return { ...toCertificate([one, other]), words: null };
}

it("is ended by what concerns it, and by nothing else", () => {
  const at = "2026-04-01T09:00:00.000Z";
  const consent = { kind: "consent.granted", consent: "one" };
  const refusal = { kind: "opt-out.recorded", opt_out: "one" };
  const ended = (first: Claims, second: Claims) =>
    checkWith(chainOf(first, { ...second, at })).hasEnded;
  expect(ended(consent, { kind: "consent.withdrawn", consent: "one" })).toBe(true);
  expect(ended(consent, { kind: "consent.invalidated", consent: "one" })).toBe(true);
  expect(ended(consent, { kind: "opt-out.recorded" })).toBe(true);
  expect(ended(consent, { kind: "opt-out.recorded", scope: "profiling" })).toBe(false);
  expect(ended(consent, { kind: "consent.withdrawn", consent: "two" })).toBe(false);
  expect(ended(refusal, { kind: "opt-out.lifted", opt_out: "one" })).toBe(true);
  expect(ended(refusal, { kind: "opt-out.corrected", opt_out: "one" })).toBe(true);
  expect(ended(refusal, { kind: "opt-out.corrected", opt_out: "two" })).toBe(false);
  expect(ended(refusal, { kind: "opt-out.recorded", opt_out: "two" })).toBe(false);
});

it("proves that a refusal was made, also where a receipt shows no more than that", () => {
  const it = toCertificate([aStatement({ kind: "opt-out.recorded", opt_out: "one" })]);
  const checked = checkWith({ ...it, words: null, chainHead: undefined });
  expect(checked.verdict).toBe("holds");
  expect(readOutcomes(checked)).toMatchObject({ later: "absent" });
});
