import fc from "fast-check";
import { expect, it } from "vitest";
import { aLiveCertificate } from "../../../../testing/certificates.ts";
import { checkCertificate } from "./check-certificate.ts";

const whole = aLiveCertificate();
const text = JSON.stringify(whole);
/** A file can only propose whose signatures count. A verifier with a policy of its own uses that instead. */
const proposed = text.indexOf('"policy"');

/** `unclear` where the change names a key that nothing in the file ties to the issuer. */
const refused = expect.stringMatching(/^(?:broken|unclear|unrecognized)$/);

it("finds whatever is changed in a certificate, wherever it stands", () => {
  const place = fc.integer({ min: 0, max: proposed - 1 });
  const character = fc.string({ unit: "binary-ascii", minLength: 1, maxLength: 1 });
  fc.assert(
    fc.property(place, character, (place, character) => {
      const changed = text.slice(0, place) + character + text.slice(place + 1);
      fc.pre(changed !== text);
      expect(checkCertificate(changed).verdict).toEqual(refused);
    }),
    { numRuns: 500 },
  );
});

const FIRST_WORDS = '{"format":"ringfence/certificate'.length;

it("finds whatever is missing", () => {
  fc.assert(
    fc.property(fc.nat({ max: text.length - 1 }), (length) => {
      const { verdict } = checkCertificate(text.slice(0, length));
      // A few characters are too little to recognize a certificate.
      expect(verdict).toBe(length < FIRST_WORDS ? "unrecognized" : "broken");
    }),
    { numRuns: 300 },
  );
});

it("holds whichever claims are withheld, except its kind and its consent", () => {
  const [jwt = "", ...disclosures] = whole.statement.slice(0, -1).split("~");
  const [kind = "", consent = "", ...more] = disclosures;
  const others = more.slice(0, -2);
  fc.assert(
    fc.property(fc.subarray(others), (shown) => {
      const statement = `${[jwt, kind, consent, ...shown, ...more.slice(-2)].join("~")}~`;
      const changed = { ...whole, statement, words: null };
      const { verdict, claims } = checkCertificate(JSON.stringify(changed));
      expect(verdict).toBe("holds");
      expect(Object.keys(claims ?? {})).toHaveLength(shown.length + 4);
    }),
    { numRuns: 30 },
  );
});
