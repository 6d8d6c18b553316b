import { expect, it } from "vitest";
import { readOptions, UsageError } from "./read-options.ts";

const asked = ["https://example.com/", "--seller", "Example Ltd", "--jurisdiction", "GB,US-CA"];

it("reads the options, and assumes live calls", () => {
  const options = readOptions([...asked, "--brand", "Example", "--minimum-age", "none"], "ru");
  expect(options).toMatchObject({
    url: "https://example.com/",
    maySend: false,
    isJson: false,
    language: "ru",
    context: {
      jurisdictions: ["GB", "US-CA"],
      channels: ["voice_live"],
      seller: { legalName: "Example Ltd", brands: ["Example"] },
      minimumAge: null,
      transcript: null,
    },
  });
});

it.each([
  [[], /pnpm check-form <url>/],
  [["https://example.com/", "--jurisdiction", "GB"], /seller: This field is required/],
  [[...asked, "--channel", "pigeon"], /channels\/0: This must be one of/],
  [[...asked, "--minimum-age", "x"], /minimumAge/],
  [[...asked, "--wings"], /Unknown option '--wings'/],
  [[...asked, "--context", "/no/such/file.json"], /no such file/],
])("says what is wrong with %j", (args, sentence) => {
  expect(() => readOptions(args, "en")).toThrow(UsageError);
  expect(() => readOptions(args, "en")).toThrow(sentence);
});
