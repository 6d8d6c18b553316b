import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { findEarliestDayStart, readAttestedAnswer, toQuestionFile } from "./attested-answer.ts";

const digits = [390655501001, 390655501002, 390655501003];
const sha256 = createHash("sha256").update(toQuestionFile(digits)).digest("hex");
const question = { digits, numbers: 3, sha256, askedOn: "2026-03-02" };
const now = { latestDay: "2026-03-10", region: "IT" };
const answer = {
  day: "2026-03-05",
  numbers: 3,
  sha256,
  listed: 1,
  listedNumbers: "06 5550 1002\n",
};

const read = (more: Partial<typeof answer>) => {
  const result = readAttestedAnswer(question, { ...answer, ...more }, now);
  return "fault" in result ? result.fault.key : result.listed;
};

it("reads which of the numbers are listed, however they are written", () => {
  expect(read({})).toEqual([390655501002]);
  expect(read({ listed: 2, listedNumbers: "+390655501001\r\n\n0039 06 5550-1003" })).toEqual([
    390655501001, 390655501003,
  ]);
  expect(read({ listed: 0, listedNumbers: "" })).toEqual([]);
});

it("writes one number per line, in the form that is hashed", () => {
  expect(toQuestionFile(digits)).toBe("+390655501001\n+390655501002\n+390655501003\n");
});

it.each<[string, Partial<typeof answer>, string]>([
  ["another hash", { sha256: sha256.replace(/^./, "0").replace(/.$/, "0") }, "other-numbers"],
  ["fewer numbers", { numbers: 2 }, "other-numbers"],
  ["a day before the question", { day: "2026-03-01" }, "day"],
  ["a day to come", { day: "2026-03-11" }, "day"],
  ["a number that nobody asked about", { listedNumbers: "0655501009" }, "line"],
  ["a line that is no number", { listedNumbers: "none" }, "line"],
  ["fewer listed numbers than it says", { listed: 2 }, "count"],
  ["a number twice", { listed: 2, listedNumbers: "0655501002\n0655501002" }, "count"],
  ["none, although it says one", { listedNumbers: "" }, "count"],
])("rejects an answer with %s", (_, more, key) => {
  expect(read(more)).toBe(`registry.answer.${key}`);
});

it("counts the age of an answer from the start of its day in the earliest time zone", () => {
  expect(findEarliestDayStart("2026-03-05").toISOString()).toBe("2026-03-04T10:00:00.000Z");
});
