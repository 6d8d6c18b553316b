import { expect, it } from "vitest";
import { readOptions, UsageError } from "./read-options.ts";

const required = ["https://example.com/", "--seller", "Example Ltd", "--jurisdiction", "GB,US-CA"];

it("reads the options, and assumes live calls", () => {
  const options = readOptions([...required, "--brand", "Example", "--minimum-age", "none"], "ru");
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
  [[...required, "--channel", "pigeon"], /channels\/0: This must be one of/],
  [[...required, "--minimum-age", "x"], /minimumAge/],
  [[...required, "--wings"], /Unknown option '--wings'/],
  [[...required, "--context", "/no/such/file.json"], /no such file/],
])("says what is wrong with %j", (args, sentence) => {
  expect(() => readOptions(args, "en")).toThrow(UsageError);
  expect(() => readOptions(args, "en")).toThrow(sentence);
});
