import { expect, it } from "vitest";
import { type Given, parseFounding } from "./founding.ts";

const given: Given = {
  name: "Acme Calls",
  region: "us",
  zone: "America/Chicago",
  locale: "en",
  seller: "Acme",
  owner: "Ada",
  email: "Ada@Example.com",
};
const readFaults = (change: Given) => {
  const read = parseFounding({ ...given, ...change }, "en");
  return "faults" in read ? read.faults.map(({ flag, sentence }) => `${flag}: ${sentence}`) : [];
};

it('reads the input for an organization, with the sector "other" by default', () => {
  expect(parseFounding(given, "en")).toEqual({
    founding: {
      name: "Acme Calls",
      homeRegion: "US",
      zone: "America/Chicago",
      locale: "en",
      seller: { name: "Acme", sector: "other" },
      owner: { name: "Ada", email: "ada@example.com" },
    },
  });
});

it.each<[Given, RegExp]>([
  [{ name: "  " }, /^name: Give it a name/],
  [{ region: "UK" }, /^region: “UK” is not a country code/],
  [{ zone: "CST6CDT+" }, /^zone: “CST6CDT\+” is not a time zone/],
  [{ locale: "de" }, /^locale: This must be one of: en, ru/],
  [{ seller: "x".repeat(101) }, /^seller: This may have at most 100 characters/],
  [{ sector: "shoes" }, /^sector: This must be one of: electricity, /],
  [{ owner: "" }, /^owner: Give it a name/],
  [{ email: "ada" }, /^email: This must be an e-mail address/],
])("explains what to do about %j", (change, sentence) => {
  expect(readFaults(change)).toEqual([expect.stringMatching(sentence)]);
});

it("has a sentence for each missing value, and requires all but the sector", () => {
  const read = parseFounding({}, "ru");
  const faults = "faults" in read ? read.faults : [];
  const missing = faults.map(({ flag }) => flag);
  expect(missing.toSorted()).toEqual(Object.keys(given).toSorted());
  expect(faults[0]?.sentence).toBe("Обязательное поле не заполнено.");
});
