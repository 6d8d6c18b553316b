import { describe, expect, it } from "vitest";
import {
  type LetterFacts,
  LetterKind,
  hasGap,
  listLetters,
  suggestLetter,
  writeLetter,
} from "./answer-letter.ts";

const call = {
  at: new Date("2026-03-04T09:15:00Z"),
  seller: "Acme",
  consentOn: "2026-01-02",
  isAllowed: true,
  isViolation: false,
};
const unscreened = { isAllowed: false, isViolation: false };
const wrong = { isAllowed: true, isViolation: true };
const facts: LetterFacts = {
  organization: "Acme Calls",
  zone: "UTC",
  phone: "+12015550100",
  receivedOn: "2026-03-05",
  reference: null,
  calls: [call],
  searched: { from: new Date("2026-02-03T00:00:00Z"), until: new Date("2026-03-05T00:00:00Z") },
  optOut: { reference: "ABCD1234", at: new Date("2026-03-05T10:00:00Z") },
};

it.each([
  [[], "no-call"],
  [[call], "allowed"],
  [[call, wrong], "mistake"],
  [[call, unscreened], "unchecked"],
  [[unscreened, wrong], "mistake"],
])("suggests for calls %j the letter %s", (calls, kind) => {
  expect(suggestLetter(calls)).toBe(kind);
});

it("offers templates about calls only if there are calls", () => {
  expect(listLetters([])).toEqual(["no-call", "wrong-number"]);
  expect(listLetters([call])).toEqual(["allowed", "mistake", "wrong-number"]);
});

it("never offers to say that calls were checked and allowed if one was not", () => {
  expect(listLetters([call, wrong])).toEqual(["mistake", "wrong-number"]);
  expect(listLetters([call, unscreened])).toEqual(["unchecked", "mistake", "wrong-number"]);
});

describe.each(["en", "ru"] as const)("a letter in %s", (locale) => {
  it("names number, call, consent, opt-out and organization", () => {
    const letter = writeLetter(locale, "allowed", facts);
    for (const part of ["+12015550100", "Acme", "9:15", "ABCD1234", "Acme Calls"]) {
      expect(letter).toContain(part);
    }
    expect(letter).toContain(locale === "en" ? "2 Jan 2026" : "2 янв. 2026");
    expect(hasGap(letter)).toBe(false);
  });

  it("names the period that was searched and the regulator's case number", () => {
    const letter = writeLetter(locale, "no-call", { ...facts, calls: [], reference: "ICO-77" });
    expect(letter).toContain("ICO-77");
    expect(letter).toContain(
      locale === "en" ? "We have no record of calling this number" : "Наших звонков",
    );
  });

  it("leaves no empty part in a letter about a wrong number that was never called", () => {
    const letter = writeLetter(locale, "wrong-number", { ...facts, calls: [] });
    expect(letter).not.toContain("\n\n\n");
  });

  it("admits nothing about calls that were merely not screened", () => {
    const letter = writeLetter(locale, "unchecked", {
      ...facts,
      calls: [{ ...call, ...unscreened }],
    });
    expect(letter).not.toMatch(/sorry|should not|нельзя|извин/i);
    expect(letter).not.toMatch(/allowed|checked|проверили/i);
  });

  it.each(["unchecked", "mistake", "wrong-number"] as const)(
    "leaves a gap in %s for what was done",
    (kind) => {
      expect(hasGap(writeLetter(locale, kind, facts))).toBe(true);
    },
  );

  it.each(LetterKind.options)("is written in %s without a number that was erased", (kind) => {
    const letter = writeLetter(locale, kind, { ...facts, phone: null, optOut: null });
    expect(letter).not.toMatch(/null|undefined|none|ABCD1234/);
  });
});
