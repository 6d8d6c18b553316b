import { expect, it } from "vitest";
import {
  aCertificate,
  aChainHead,
  aKeySet,
  aLiveCertificate,
  aStatement,
  writePolicy,
  toCertificate,
  toUnlogged,
} from "../../../../testing/certificates.ts";
import { aSigner } from "../../../../testing/ledger.ts";
import {
  checkWith,
  findMessageKey,
  readJwt,
  readOutcomes,
  showOnly,
} from "../../../../testing/verifications.ts";
import { say } from "../../../platform/message/index.ts";
import type { Certificate } from "./certificate.ts";
import { hashToBase64url } from "../read-statement.ts";
import type { ClaimName, Claims } from "../statement.ts";

const policy = writePolicy();
const stranger = aSigner("issuer", "log", 5);

/** Adds a statement that the log does not hold to the end of a certificate. */
function followedBy(certificate: Certificate, claims: Claims, by?: typeof stranger) {
  const last = certificate.later.at(-1) ?? certificate;
  const sequence = certificate.later.length + 2;
  const made = aStatement({ ...claims, sequence, previous: hashToBase64url(readJwt(last)) }, by);
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

it("states the time at which no later statement existed", () => {
  const checked = checkWith(aLiveCertificate());
  expect(checked).toMatchObject({ verdict: "holds", hasEnded: false });
  expect(checked.steps.find(({ step }) => step === "later")).toMatchObject({
    outcome: "passed",
    message: { key: "verify.later-none", values: { count: 1, at: new Date(1_780_000_000_000) } },
  });
});

it("is unclear if a later statement hides its kind or its consent", () => {
  const it = aCertificate();
  const place: ClaimName[] = ["sequence", "previous"];
  for (const shown of [place, [...place, "kind"], [...place, "consent"]] as ClaimName[][]) {
    const later = it.later.map((one) => ({ ...one, statement: showOnly(one.statement, shown) }));
    const checked = checkWith({ ...it, later });
    expect(checked.verdict).toBe("unclear");
    expect(findMessageKey(checked, "later")).toBe("verify.later-hidden");
  }
});

it("is unclear if the consent hides its own id", () => {
  const it = aCertificate();
  const statement = showOnly(it.statement, ["kind", "phone", "disclosure", "sequence", "previous"]);
  expect(checkWith({ ...it, statement }).verdict).toBe("unclear");
});

it("detects removed later statements by the chain head that the issuer signed", () => {
  const it = aCertificate();
  for (const count of [0, 1]) {
    const checked = checkWith({ ...it, later: it.later.slice(0, count) });
    expect(findMessageKey(checked, "later")).toBe("verify.later-cut");
    expect(checked.verdict).toBe("broken");
  }
});

it("is unclear without a signed chain head", () => {
  const { chainHead, ...old } = aLiveCertificate();
  expect(chainHead).toBeDefined();
  for (const cut of [old, { ...old, later: [] }]) {
    const checked = checkWith(cut);
    expect(checked.verdict).toBe("unclear");
    expect(findMessageKey(checked, "later")).toBe("verify.later-open");
    expect(readOutcomes(checked)).toMatchObject({ later: "absent" });
  }
});

it("accepts a chain head only from the issuer", () => {
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

it("rejects a chain head whose time no date can hold", () => {
  const it = toCertificate([aStatement({ kind: "consent.granted", sequence: 1, previous: null })]);
  const chainHead = aChainHead({ jwt: readJwt(it), sequence: 1, iat: 8.64e12 + 1 });
  const checked = checkWith({ ...it, words: null, chainHead });
  expect(findMessageKey(checked, "later")).toBe("verify.later-head-broken");
  expect(checked.verdict).toBe("broken");
});

it("does not hold if its place in the chain is withheld", () => {
  const { chainHead, ...it } = aCertificate();
  const statement = showOnly(it.statement, ["kind", "consent", "phone", "disclosure"]);
  for (const hidden of [it, { ...it, chainHead }]) {
    const checked = checkWith({ ...hidden, statement, later: [] });
    expect(["broken", "unclear"]).toContain(checked.verdict);
  }
});

it("does not count a withdrawal signed by a stranger", () => {
  const forged = followedBy(aLiveCertificate(), withdrawal, stranger);
  for (const trust of [{ policy }, {}]) {
    const checked = checkWith(forged, trust);
    expect(checked).toMatchObject({ verdict: "unclear", hasEnded: false });
    expect(findMessageKey(checked, "later")).toBe("verify.later-not-logged");
  }
  const named = checkWith(forged, { policy, keys: aKeySet() });
  expect(findMessageKey(named, "later")).toBe("verify.later-stranger");
});

it("is only a promise while the log does not hold the issuer's withdrawal", () => {
  const checked = checkWith(followedBy(aLiveCertificate(), withdrawal));
  expect(checked).toMatchObject({ verdict: "promised", hasEnded: true });
  expect(readOutcomes(checked)).toMatchObject({ later: "absent" });
  expect(findMessageKey(checked, "later")).toBe("verify.later-ended-promised");
});

it("is unclear while the log does not hold some other later statement", () => {
  const checked = checkWith(followedBy(aLiveCertificate(), { kind: "consent.granted" }));
  expect(checked.verdict).toBe("unclear");
  expect(findMessageKey(checked, "later")).toBe("verify.later-not-logged");
});

/** A certificate of one statement followed by others, all in the log. */
function createChain(first: Claims, ...later: Claims[]) {
  const made = [aStatement({ ...first, sequence: 1, previous: null })];
  for (const claims of later) {
    const previous = hashToBase64url(made.at(-1)?.jwt ?? "");
    made.push(aStatement({ ...claims, sequence: made.length + 1, previous }));
  }
  return { ...toCertificate(made), words: null };
}

it("is ended only by statements that concern it", () => {
  const at = "2026-04-01T09:00:00.000Z";
  const consent = { kind: "consent.granted", consent: "one" };
  const refusal = { kind: "opt-out.recorded", opt_out: "one" };
  const ended = (first: Claims, second: Claims) =>
    checkWith(createChain(first, { ...second, at })).hasEnded;
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

it("is not ended by an opt-out that a later statement corrects", () => {
  const at = "2026-04-01T09:00:00.000Z";
  const chain = (...later: Claims[]) =>
    createChain(
      { kind: "consent.granted", consent: "one" },
      ...later.map((claims) => ({ ...claims, at })),
    );
  const optOut = { kind: "opt-out.recorded", opt_out: "two", scope: "all" };
  const correction = { kind: "opt-out.corrected", opt_out: "two" };
  expect(checkWith(chain(optOut, correction)).hasEnded).toBe(false);
  expect(checkWith(chain(optOut, { ...correction, opt_out: "three" })).hasEnded).toBe(true);
  expect(checkWith(chain(optOut, correction, { ...optOut, opt_out: "four" })).hasEnded).toBe(true);
  expect(checkWith(chain(correction, optOut)).hasEnded).toBe(true);
  expect(checkWith(followedBy(chain(optOut), correction)).hasEnded).toBe(true);
});

it("ends a suppression only by the statement of its end", () => {
  const suppression = { kind: "suppression.recorded", suppression: "one" };
  const check = (later: Claims) => checkWith(createChain(suppression, later));
  const ended = { kind: "suppression.ended", suppression: "one" };
  const until = new Date("2026-04-01T09:00:00.000Z");
  const times = { at: "2026-03-01T09:00:00.000Z", valid_until: until.toISOString() };
  const checked = check({ ...ended, ...times });
  expect(checked).toMatchObject({ verdict: "holds", hasEnded: true });
  expect(checked.steps.find(({ step }) => step === "later")?.message.values).toMatchObject({
    kind: "suppression_ended",
    at: until,
  });
  expect(check({ ...ended, suppression: "two" }).hasEnded).toBe(false);
  expect(check({ kind: "opt-out.recorded", opt_out: "one" }).hasEnded).toBe(false);
  expect(check({ kind: "suppression.ended" })).toMatchObject({
    verdict: "unclear",
    hasEnded: false,
  });
});

it.each([undefined, "yesterday"])("reports an end at a time that is not shown: %s", (at) => {
  const [first, end] = [
    { kind: "consent.granted", consent: "one" },
    { kind: "consent.withdrawn", consent: "one", ...(at && { at }) },
  ];
  const { hasEnded, steps } = checkWith(createChain(first, end));
  const message = steps.find(({ step }) => step === "later")?.message;
  expect(hasEnded).toBe(true);
  expect(message && say("en", message)).toBe(
    "Since then: the person withdrew the consent, at a time that is not shown.",
  );
});

it("is ended by an opt-out from its own calls, and by one that hides which calls it means", () => {
  const at = "2026-04-01T09:00:00.000Z";
  const [acme, other] = [{ id: "acme", name: "Acme" }, { id: "other" }];
  const consent = { kind: "consent.granted", seller: acme, purposes: ["marketing.loans"] };
  const isEndedBy = (optOut: Claims, first: Claims = consent) =>
    checkWith(createChain(first, { kind: "opt-out.recorded", at, ...optOut })).hasEnded;
  expect(isEndedBy({ scope: "all" })).toBe(true);
  expect(isEndedBy({ scope: "seller", seller: acme })).toBe(true);
  expect(isEndedBy({ scope: "seller" })).toBe(true);
  expect(isEndedBy({ scope: "purpose" })).toBe(true);
  expect(isEndedBy({ scope: "purpose", purposes: ["marketing"] })).toBe(true);
  expect(isEndedBy({ scope: "purpose", purposes: ["marketing.loans.cars"] })).toBe(true);
  expect(isEndedBy({ scope: "seller", seller: other }, { kind: "consent.granted" })).toBe(true);
  expect(isEndedBy({ scope: "seller", seller: other })).toBe(false);
  expect(isEndedBy({ scope: "purpose", purposes: ["survey"] })).toBe(false);
});

it("proves that a refusal was made, even without a chain", () => {
  const it = toCertificate([aStatement({ kind: "opt-out.recorded", opt_out: "one" })]);
  const checked = checkWith({ ...it, words: null, chainHead: undefined });
  expect(checked.verdict).toBe("holds");
  expect(readOutcomes(checked)).toMatchObject({ later: "absent" });
});
