import fc from "fast-check";
import { expect, it } from "vitest";
import { noisy, someRegion, validDigits } from "../../../testing/phones.ts";
import { phoneFromDigits, toDigits } from "./phone.ts";
import { formatPhone } from "./format-phone.ts";
import { readPhone } from "./read-phone.ts";

it("reads its own answer as itself, in every region and however it is grouped", () => {
  fc.assert(
    fc.property(validDigits, someRegion, (digits, region) => {
      const read = readPhone(`+${digits}`, "");
      if ("fault" in read) throw new Error(digits);
      expect(readPhone(read.phone, region)).toEqual(read);
      expect(readPhone(formatPhone(read.phone), region)).toEqual(read);
      expect(phoneFromDigits(toDigits(read.phone))).toBe(read.phone);
    }),
  );
});

/** A number as it is written in full, with what each region lets people leave out. */
const spellings = validDigits.chain((digits) => {
  const national = digits.slice(1);
  const own: [text: string, region: string][] =
    digits.length === 11 && digits.startsWith("7")
      ? [
          [digits, ""],
          [`8${national}`, "RU"],
          [`8${national}`, "KZ"],
          [national, "RU"],
        ]
      : digits.length === 11 && digits.startsWith("1")
        ? [
            [digits, ""],
            [digits, "RU"],
            [national, "US"],
            [national, "CA"],
          ]
        : [];
  const all: [text: string, region: string][] = [
    [`+${digits}`, "US"],
    [`00${digits}`, "RU"],
    ...own,
  ];
  return fc.tuple(
    fc.constant(`+${digits}`),
    fc.tuple(...all.map(([text, region]) => fc.tuple(noisy(text), fc.constant(region)))),
  );
});

it("reads every spelling of a number as that number", () => {
  fc.assert(
    fc.property(spellings, ([phone, texts]) => {
      const read = readPhone(phone, "");
      for (const [text, region] of texts) expect(readPhone(text, region)).toEqual(read);
    }),
  );
});
