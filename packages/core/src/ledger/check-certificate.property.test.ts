import fc from "fast-check";
import { expect, it } from "vitest";
import { aCertificate } from "../../testing/certificates.ts";
import { checkCertificate } from "./check-certificate.ts";

const whole = aCertificate();
const text = JSON.stringify(whole);
/** Whose signatures count, a file can only propose: whoever has a policy of their own goes by that. */
const proposed = text.indexOf('"policy"');

it("finds whatever is changed in a certificate, wherever it stands", () => {
  const place = fc.integer({ min: 0, max: proposed - 1 });
  const character = fc.string({ unit: "binary-ascii", minLength: 1, maxLength: 1 });
  fc.assert(
    fc.property(place, character, (place, character) => {
      const changed = text.slice(0, place) + character + text.slice(place + 1);
      fc.pre(changed !== text);
      expect(checkCertificate(changed).verdict).toBe("broken");
    }),
    { numRuns: 500 },
  );
});

it("finds whatever is missing", () => {
  fc.assert(
    fc.property(fc.nat({ max: text.length - 1 }), (length) => {
      expect(checkCertificate(text.slice(0, length)).verdict).toBe("broken");
    }),
    { numRuns: 300 },
  );
});

it("holds whichever claims are kept back", () => {
  const [jwt = "", ...disclosures] = whole.statement.slice(0, -1).split("~");
  const others = disclosures.slice(0, -2);
  fc.assert(
    fc.property(fc.subarray(others), (shown) => {
      const statement = `${[jwt, ...shown, ...disclosures.slice(-2)].join("~")}~`;
      const changed = { ...whole, statement, words: null };
      const { verdict, claims } = checkCertificate(JSON.stringify(changed));
      expect(verdict).toBe("holds");
      expect(Object.keys(claims ?? {})).toHaveLength(shown.length + 2);
    }),
    { numRuns: 30 },
  );
});
