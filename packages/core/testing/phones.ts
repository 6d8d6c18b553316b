import fc from "fast-check";
import { getCountries, getExampleNumber, isValidPhoneNumber } from "libphonenumber-js/max";
import examples from "libphonenumber-js/examples.mobile.json";

/** Digits of E.164, calling code first: as often valid as not, of every country. */
const digitsOfSomeNumber = fc.oneof(
  fc.nat({ max: 9_999_999_999 }).map((national) => `1${String(national).padStart(10, "0")}`),
  fc.nat({ max: 9_999_999_999 }).map((national) => `7${String(national).padStart(10, "0")}`),
  fc.nat({ max: 999_999_999 }).map((line) => `79${String(line).padStart(9, "0")}`),
  fc
    .tuple(fc.constantFrom(...getCountries()), fc.nat({ max: 9999 }), fc.nat({ max: 4 }))
    .map(([country, line, length]) => {
      const example = getExampleNumber(country, examples)?.number.slice(1) ?? "";
      const kept = example.length - length;
      return example.slice(0, kept) + String(line).padStart(4, "0").slice(0, length);
    }),
);

/** Digits of E.164 that libphonenumber holds to be a number. */
export const validDigits = digitsOfSomeNumber.filter((digits) => isValidPhoneNumber(`+${digits}`));

/** Characters that mean nothing in a number, of ASCII and beyond. */
const asciiNoise = fc.stringMatching(/^[ \t()[\]./-]{0,2}$/);
const anyNoise = fc.stringMatching(
  /^[ \u00A0\u2009\u202F\u200B\u3000()\-\u2010\u2013\u2014\u2212\u202A]{0,2}$/,
);

/** A text as it is, and with noise around and between its characters. */
export const noisy = (text: string): fc.Arbitrary<string> => {
  const mixedWith = (noise: fc.Arbitrary<string>) =>
    fc
      .array(noise, { minLength: text.length + 1, maxLength: text.length + 1 })
      .map((between) => between.map((each, at) => each + (text[at] ?? "")).join(""));
  return fc.oneof(fc.constant(text), mixedWith(asciiNoise), mixedWith(anyNoise));
};

export const someRegion = fc.constantFrom("RU", "US", "KZ", "CA", "GB", "DE", "BR", "CN", "AG", "");

/** Shorter and longer than E.164 allows, and one that libphonenumber takes for a trunk prefix. */
const oddities = [
  "+431112",
  "+4973283992001934",
  "+3758107022019",
  "+7 8 916 123 45 67",
  ...[240, 250].map((spaces) => `+7 916 ${" ".repeat(spaces)}1234567`),
];
const rubbish = ["0", "12345678", " x1", "доб. 2", ",", "a", "٣", "💥", "+"];

/** Possible content of a field that should contain a number. */
export const fieldText = fc.oneof(
  fc
    .tuple(
      fc.constantFrom("", "+", "00", "+0", "++", "000", "'", "'+", "''+"),
      digitsOfSomeNumber,
      fc.oneof({ weight: 4, arbitrary: fc.constant("") }, fc.constantFrom(...rubbish)),
    )
    .chain(([before, digits, after]) => noisy(before + digits + after)),
  // Without their calling code, and with one digit more or less.
  fc
    .tuple(fc.constantFrom("", "8", "1", "0", "7"), digitsOfSomeNumber, fc.nat({ max: 3 }))
    .chain(([trunk, digits, dropped]) => noisy(trunk + digits.slice(dropped))),
  fc.stringMatching(/^[0-9+ ()-]{0,20}$/),
  fc.constantFrom(...oddities),
  fc.string({ unit: "grapheme" }),
);
